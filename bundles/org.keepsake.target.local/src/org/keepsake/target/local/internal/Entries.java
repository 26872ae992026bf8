// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.target.local.internal;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.keepsake.core.target.TreeEntry;
import org.keepsake.core.target.TreeException;
import org.keepsake.core.target.TreeException.Reason;
import org.keepsake.core.target.TreePath;

/** Reading below a root folder without ever following a link. */
final class Entries {

	private Entries() {
	}

	/** The path on disk; looks at the text only. */
	static Path resolve(Path root, TreePath path) throws TreeException {
		try {
			return root.resolve(path.value());
		} catch (InvalidPathException e) { // a name this system or its locale cannot spell
			throw new TreeException(Reason.OTHER, "This system cannot have a file of this name", e);
		}
	}

	/** What is there, or empty. A link is {@code OTHER}. */
	static Optional<TreeEntry> stat(Path path, String name) throws IOException {
		try {
			return Optional.of(entry(name, attributes(path)));
		} catch (NoSuchFileException | NotDirectoryException _) {
			return Optional.empty();
		} catch (IOException e) {
			TreeException mapped = Trouble.tree(e, name);
			if (mapped.reason() == Reason.NOT_A_DIRECTORY) { // a file where the path has a folder: nothing is below
				return Optional.empty();
			}
			throw mapped;
		}
	}

	/** The children of a folder. */
	static List<TreeEntry> list(Path directory, String shown) throws IOException {
		BasicFileAttributes attributes = existing(directory, shown);
		if (!attributes.isDirectory()) {
			throw attributes.isSymbolicLink() ? link(shown)
					: new TreeException(Reason.NOT_A_DIRECTORY, shown + ": not a directory", null);
		}
		List<TreeEntry> entries = new ArrayList<>();
		try (DirectoryStream<Path> children = Files.newDirectoryStream(directory)) {
			for (Path child : children) {
				stat(child, child.getFileName().toString()).ifPresent(entries::add);
			}
		} catch (DirectoryIteratorException e) {
			throw Trouble.tree(e.getCause(), shown);
		} catch (IOException e) {
			throw Trouble.tree(e, shown);
		}
		return entries;
	}

	/** Opens a regular file for reading. */
	static SeekableByteChannel open(Path file, String shown) throws IOException {
		BasicFileAttributes attributes = existing(file, shown);
		if (attributes.isDirectory()) {
			throw new TreeException(Reason.IS_A_DIRECTORY, shown + ": is a directory", null);
		}
		if (attributes.isSymbolicLink()) {
			throw link(shown);
		}
		if (!attributes.isRegularFile()) { // opening a pipe would wait for ever
			throw new TreeException(Reason.OTHER, shown + ": not a regular file", null);
		}
		try {
			return FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
		} catch (IOException e) {
			throw Trouble.tree(e, shown);
		}
	}

	/** A link was met at the path. */
	static TreeException link(String shown) {
		return new TreeException(Reason.LINK, shown + ": a symbolic link stands in the way", null);
	}

	private static BasicFileAttributes existing(Path path, String shown) throws IOException {
		try {
			return attributes(path);
		} catch (IOException e) {
			TreeException mapped = Trouble.tree(e, shown);
			if (mapped.reason() == Reason.NOT_A_DIRECTORY) {
				throw new TreeException(Reason.NOT_FOUND, shown + ": not found", e);
			}
			throw mapped;
		}
	}

	private static BasicFileAttributes attributes(Path path) throws IOException {
		return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
	}

	private static TreeEntry entry(String name, BasicFileAttributes attributes) {
		TreeEntry.Kind kind = attributes.isRegularFile() ? TreeEntry.Kind.FILE
				: attributes.isDirectory() ? TreeEntry.Kind.DIRECTORY : TreeEntry.Kind.OTHER;
		return new TreeEntry(name, kind, attributes.isRegularFile() ? attributes.size() : 0,
				attributes.lastModifiedTime().toInstant());
	}
}
