// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ios.backup.internal;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Path;
import java.util.Optional;

import org.keepsake.core.target.BackupTree;
import org.keepsake.core.target.TreeEntry;
import org.keepsake.core.target.TreeException;
import org.keepsake.core.target.TreePath;
import org.keepsake.ios.backup.LocalFiles;

/** Where the content of files lies: {@code 00/00ab…} since iOS 10, {@code 00ab…} before. Decided by what is there. */
final class Payloads {

	private final BackupTree tree;
	private final boolean flatFirst;

	Payloads(BackupTree tree, boolean flatFirst) {
		this.tree = tree;
		this.flatFirst = flatFirst;
	}

	/** The path in the newer layout. @param fileId valid */
	static TreePath sharded(String fileId) {
		return new TreePath(fileId.substring(0, 2) + '/' + fileId);
	}

	/**
	 * Opens the content of a file.
	 *
	 * @param fileId valid
	 * @throws TreeException {@code NOT_FOUND} if it is in neither place
	 */
	SeekableByteChannel open(String fileId) throws IOException {
		TreePath first = flatFirst ? new TreePath(fileId) : sharded(fileId);
		try {
			return tree.open(first);
		} catch (TreeException e) {
			if (e.reason() != TreeException.Reason.NOT_FOUND && e.reason() != TreeException.Reason.NOT_A_DIRECTORY) {
				throw e;
			}
		}
		return tree.open(flatFirst ? sharded(fileId) : new TreePath(fileId));
	}

	/** Where the content of a file lies on this computer, if the tree tells. @param fileId valid */
	Optional<Path> local(String fileId) {
		if (!(tree instanceof LocalFiles files)) {
			return Optional.empty();
		}
		Optional<Path> found = files.localFile(flatFirst ? new TreePath(fileId) : sharded(fileId));
		return found.isPresent() ? found : files.localFile(flatFirst ? sharded(fileId) : new TreePath(fileId));
	}

	/** Length of the content of a file as it is stored; 0 if it is in neither place. @param fileId valid */
	long size(String fileId) throws IOException {
		Optional<TreeEntry> found = tree.stat(flatFirst ? new TreePath(fileId) : sharded(fileId));
		if (found.isEmpty()) {
			found = tree.stat(flatFirst ? sharded(fileId) : new TreePath(fileId));
		}
		return found.map(TreeEntry::sizeBytes).orElse(0L);
	}
}
