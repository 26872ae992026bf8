// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.repository;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.repository.internal.TreeText;

/** Reads the entries of a folder one by one, in the order of their names. For one thread at a time. */
public final class TreeReader {

	private final TreeText.Entries entries;
	private final String location;
	private final BlobId tree;

	TreeReader(byte[] json, String location, BlobId tree) throws IOException {
		this.location = location;
		this.tree = tree;
		try {
			entries = new TreeText.Entries(json);
		} catch (IOException e) {
			throw damaged(e);
		}
	}

	/**
	 * The next entry, or null behind the last.
	 *
	 * @throws org.keepsake.core.ProblemException {@link RepositoryProblems#DAMAGED} if the folder is no valid one
	 */
	public @Nullable Node next() throws IOException {
		try {
			return entries.next();
		} catch (IOException e) {
			throw damaged(e);
		}
	}

	private IOException damaged(IOException cause) {
		return RepositoryProblems.DAMAGED.exceptionBecause(cause, location, "tree " + tree);
	}

	/** All that follow; for folders that are known to be small. */
	public List<Node> rest() throws IOException {
		List<Node> nodes = new ArrayList<>();
		for (@Nullable
		Node node = next(); node != null; node = next()) {
			nodes.add(node);
		}
		return nodes;
	}
}
