// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.target.local.internal;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Optional;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.core.target.BackupTree;
import org.keepsake.core.target.TreeEntry;
import org.keepsake.core.target.TreeException;
import org.keepsake.core.target.TreeException.Reason;
import org.keepsake.core.target.TreePath;
import org.keepsake.ios.backup.LocalFiles;

/**
 * A backup in a folder on disk, for reading. While it is open a commit may rename the folder to an archived version and
 * put another in its place; it follows the folder, so that a reader never sees parts of two backups.
 */
final class FolderTree implements BackupTree, LocalFiles {

	private final String name;
	private final @Nullable Object key;
	private volatile Path root;

	/** @param root the backup's folder */
	FolderTree(Path root) throws IOException {
		this.root = root;
		this.name = root.getFileName().toString();
		this.key = key(root);
	}

	@Override
	public String name() {
		return name;
	}

	@Override
	public Optional<TreeEntry> stat(TreePath path) throws IOException {
		return isBehindLink(path) ? Optional.empty() : Entries.stat(resolve(path), path.name());
	}

	@Override
	public List<TreeEntry> list(TreePath directory) throws IOException {
		refuseLinks(directory);
		return Entries.list(resolve(directory), directory.value());
	}

	@Override
	public SeekableByteChannel open(TreePath file) throws IOException {
		refuseLinks(file);
		return Entries.open(resolve(file), file.value());
	}

	@Override
	public Optional<Path> localFile(TreePath file) {
		try {
			Path path = resolve(file);
			return !isBehindLink(file) && Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS) ? Optional.of(path)
					: Optional.empty();
		} catch (IOException _) {
			return Optional.empty();
		}
	}

	/** Where the backup's folder is now. */
	Path root() throws IOException {
		Path at = root;
		Object known = key;
		if (known == null || known.equals(key(at))) {
			return at;
		}
		for (Path sibling : Layout.children(at.resolveSibling(".").normalize())) {
			if (known.equals(key(sibling))) {
				root = sibling;
				return sibling;
			}
		}
		throw new TreeException(Reason.NOT_FOUND, "The backup was deleted", null);
	}

	private Path resolve(TreePath path) throws IOException {
		return Entries.resolve(root(), path);
	}

	private void refuseLinks(TreePath path) throws IOException {
		if (isBehindLink(path)) {
			throw Entries.link(path.value());
		}
	}

	private boolean isBehindLink(TreePath path) throws IOException {
		for (TreePath above = path.parent(); !above.isRoot(); above = above.parent()) {
			if (Files.isSymbolicLink(resolve(above))) {
				return true;
			}
		}
		return false;
	}

	/** The same object for the same folder, whatever its name; null where the system (Windows) has no such thing. */
	private static @Nullable Object key(Path folder) throws IOException {
		try {
			return Files.readAttributes(folder, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS).fileKey();
		} catch (java.nio.file.NoSuchFileException _) {
			return null;
		}
	}

	@Override
	public void close() {
		// nothing is held
	}
}
