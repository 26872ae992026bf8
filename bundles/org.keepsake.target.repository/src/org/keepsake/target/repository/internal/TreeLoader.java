// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.target.repository.internal;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.core.target.TreeException;
import org.keepsake.core.target.TreeException.Reason;
import org.keepsake.core.target.TreePath;
import org.keepsake.repository.BlobId;
import org.keepsake.repository.Node;
import org.keepsake.repository.Repository;
import org.keepsake.repository.TreeReader;

/** Reads folders and files of a repository. Thread-safe. */
final class TreeLoader {

	private final Repository repository;

	TreeLoader(Repository repository) {
		this.repository = repository;
	}

	/** The entries of a tree. */
	EntryTable read(BlobId tree) throws IOException {
		EntryTable table = new EntryTable(0);
		TreeReader reader = repository.tree(tree);
		for (@Nullable
		Node node = reader.next(); node != null; node = reader.next()) {
			// A name that no device and no system would take is passed over: it could only lead astray.
			if (!node.name().isEmpty() && node.name().indexOf('/') < 0 && TreePath.isAllowed(node.name())) {
				table.put(entry(node));
			}
		}
		return table;
	}

	private static Entry entry(Node node) {
		BlobId subtree = node.subtree();
		java.util.List<BlobId> content = node.content();
		long modified = Entry.millis(node.modified());
		return switch (node.type()) {
			case DIR -> subtree == null ? new OtherEntry(node.name())
					: FolderEntry.stored(node.name(), modified, subtree);
			case FILE -> content == null ? new OtherEntry(node.name())
					: FileEntry.stored(node.name(), modified, node.sizeBytes(), content, true);
			default -> new OtherEntry(node.name());
		};
	}

	/** What is at a path below a folder, or null. */
	@Nullable
	Entry find(FolderEntry root, TreePath path) throws IOException {
		Entry at = root;
		String text = path.value();
		for (int from = 0; from < text.length();) {
			if (!(at instanceof FolderEntry folder)) {
				return null;
			}
			int slash = text.indexOf('/', from);
			int to = slash < 0 ? text.length() : slash;
			at = folder.children(this::read).get(text.substring(from, to));
			from = to + 1;
		}
		return at;
	}

	/** The entries of the folder at a path. */
	EntryTable list(FolderEntry root, TreePath path) throws IOException {
		Entry found = find(root, path);
		return switch (found) {
			case null -> throw missing(path);
			case FolderEntry folder -> folder.children(this::read);
			case FileEntry _ -> throw new TreeException(Reason.NOT_A_DIRECTORY, path + ": not a directory", null);
			case OtherEntry _ -> throw link(path);
		};
	}

	/** The file at a path. */
	FileEntry file(FolderEntry root, TreePath path) throws IOException {
		Entry found = find(root, path);
		return switch (found) {
			case null -> throw missing(path);
			case FileEntry file -> file;
			case FolderEntry _ -> throw new TreeException(Reason.IS_A_DIRECTORY, path + ": is a directory", null);
			case OtherEntry _ -> throw link(path);
		};
	}

	/** Opens a file's content for reading. */
	SeekableByteChannel open(FileEntry file) throws IOException {
		byte[] held = file.heldBytes();
		return held != null ? PieceChannel.of(held) : repository.open(file.blobs());
	}

	static TreeException missing(TreePath path) {
		return new TreeException(Reason.NOT_FOUND, path + ": not found", null);
	}

	static TreeException link(TreePath path) {
		return new TreeException(Reason.LINK, path + ": a symbolic link stands in the way", null);
	}
}
