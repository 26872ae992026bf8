// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.target.local.internal;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

import org.keepsake.core.target.TreeException;
import org.keepsake.core.target.TreeException.Reason;
import org.keepsake.core.target.TreePath;

/**
 * The folders below a root, none of them a link. It remembers those that it saw or made, so that a file costs no look at
 * its parents; whoever may have made one disappear tells it to forget. What it remembers may still be out of date where
 * a folder was moved under another spelling of its name: what is then tried in it fails with "not found", and is tried
 * again after forgetting.
 */
final class KnownFolders {

	private static final int MAX_REMEMBERED = 20_000;

	private final Path root;
	private final Set<String> known = new HashSet<>();

	KnownFolders(Path root) {
		this.root = root;
	}

	/** A folder may have gone that is not known by name. */
	void forget() {
		known.clear();
	}

	/** This folder is gone, and was empty. */
	void forget(TreePath folder) {
		known.remove(folder.value());
	}

	/** Whether a folder of this name, or one below it, may be remembered. */
	boolean mayHave(TreePath folder) {
		return known.contains(folder.value());
	}

	/** Whether all folders above the path are there. @throws TreeException {@code LINK} */
	boolean hasAbove(TreePath path) throws IOException {
		try {
			requireAbove(path);
			return true;
		} catch (TreeException e) {
			if (e.reason() == Reason.NOT_FOUND) {
				return false;
			}
			throw e;
		}
	}

	/** Looks for all folders above the path. @throws TreeException {@code NOT_FOUND}, {@code LINK} */
	void requireAbove(TreePath path) throws IOException {
		TreePath parent = path.parent();
		if (parent.isRoot() || known.contains(parent.value())) {
			return;
		}
		requireAbove(parent);
		Path folder = Entries.resolve(root, parent);
		if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
			throw Files.isSymbolicLink(folder) ? Entries.link(parent.value())
					: new TreeException(Reason.NOT_FOUND, parent + ": not found", null);
		}
		remember(parent);
	}

	/** Makes the folder and those above it as far as they are missing. */
	void make(TreePath directory) throws IOException {
		if (directory.isRoot() || known.contains(directory.value())) {
			return;
		}
		make(directory.parent());
		Path folder = Entries.resolve(root, directory);
		try {
			Files.createDirectory(folder);
		} catch (FileAlreadyExistsException _) {
			if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
				throw Files.isSymbolicLink(folder) ? Entries.link(directory.value())
						: new TreeException(Reason.NOT_A_DIRECTORY, directory + ": not a directory", null);
			}
		}
		remember(directory);
	}

	private void remember(TreePath directory) {
		if (known.size() >= MAX_REMEMBERED) {
			known.clear();
		}
		// With its parents, so that who asks for one of them also learns of what is below.
		for (TreePath at = directory; !at.isRoot() && known.add(at.value()); at = at.parent()) {
			// until one is there already
		}
	}
}
