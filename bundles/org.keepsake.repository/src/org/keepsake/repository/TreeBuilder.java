// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.repository;

import java.io.IOException;
import java.time.ZoneId;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.repository.internal.TreeText;

/**
 * Makes a folder of entries, which come in the order of their names' UTF-8 bytes. Holds them as text, about 400 bytes
 * each. For one thread at a time.
 */
public final class TreeBuilder {

	private final Saver saver;
	private final TreeText text = new TreeText(ZoneId.systemDefault());
	private @Nullable String last;

	TreeBuilder(Saver saver) {
		this.saver = saver;
	}

	/** @throws IllegalArgumentException if the name does not come behind the one before */
	public TreeBuilder add(Node node) {
		String before = last;
		if (before != null && TreeText.compare(before, node.name()) >= 0) {
			throw new IllegalArgumentException("Entries come in the order of their names");
		}
		last = node.name();
		text.add(node);
		return this;
	}

	/** Stores the folder. */
	public BlobId finish() throws IOException {
		byte[] json = text.finish();
		return saver.saveBlob(BlobType.TREE, json, 0, json.length);
	}

	/** Orders names as folders have them. */
	public static int compareNames(String a, String b) {
		return TreeText.compare(a, b);
	}
}
