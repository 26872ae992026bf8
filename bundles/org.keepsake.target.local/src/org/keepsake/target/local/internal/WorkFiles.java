// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.target.local.internal;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.keepsake.core.JobMonitor;
import org.keepsake.core.target.HostFiles;
import org.keepsake.core.target.TreeEntry;
import org.keepsake.core.target.TreeException;
import org.keepsake.core.target.TreeException.Reason;
import org.keepsake.core.target.TreePath;

/**
 * The files below a work folder, served to a device that is not trusted. No link is followed, nothing above the work
 * folder can be named, and no file is changed in place: a file is received under another name and then renamed, so that
 * kept backups that share its bytes do not change, and a killed run leaves no half file behind.
 */
final class WorkFiles implements HostFiles {

	private static final int MAX_REMEMBERED = 20_000;

	private final Path root;
	private final Path parts;
	private final Path trash;
	private final Medium medium;
	private final FileStore store;
	/** Folders that were seen or made, so that a file costs no look at its parents. Dropped when one may be gone. */
	private final Set<String> folders = new HashSet<>();
	private long serial;
	private volatile boolean closed;

	/**
	 * @param root  the folder that the device sees; exists
	 * @param parts where files are received; exists, is empty, on the same file system
	 * @param trash where folders go that are being deleted; exists, on the same file system
	 */
	WorkFiles(Path root, Path parts, Path trash, Medium medium) throws IOException {
		this.root = root;
		this.parts = parts;
		this.trash = trash;
		this.medium = medium;
		this.store = Files.getFileStore(root);
	}

	/** Ends the use of these files; every later call fails. */
	void close() {
		closed = true;
	}

	boolean isClosed() {
		return closed;
	}

	@Override
	public Optional<TreeEntry> stat(TreePath path) throws IOException {
		Path file = resolve(path);
		return hasParents(path) ? Entries.stat(file, path.name()) : Optional.empty();
	}

	@Override
	public List<TreeEntry> list(TreePath directory) throws IOException {
		Path folder = resolve(directory);
		requireParents(directory);
		return Entries.list(folder, directory.value());
	}

	@Override
	public SeekableByteChannel read(TreePath file) throws IOException {
		Path path = resolve(file);
		requireParents(file);
		return Entries.open(path, file.value());
	}

	@Override
	public OutputStream write(TreePath file) throws IOException {
		Path target = resolve(file);
		try {
			makeParents(file);
			refuseFolder(target, file);
			return new Incoming(parts.resolve(Long.toString(serial++)), target, file);
		} catch (IOException e) {
			throw writing(e, file);
		}
	}

	@Override
	public void createDirectory(TreePath directory) throws IOException {
		resolve(directory);
		try {
			makeFolders(directory);
		} catch (IOException e) {
			throw writing(e, directory);
		}
	}

	@Override
	public void move(TreePath from, TreePath to) throws IOException {
		Path source = resolve(from);
		Path target = resolve(to);
		if (from.equals(to)) {
			requireThere(source, from);
			return;
		}
		refuseNesting(from, to);
		try {
			requireParents(from);
			if (Files.isDirectory(source, LinkOption.NOFOLLOW_LINKS)) {
				folders.clear();
			}
			makeParents(to);
			replace(source, target, from);
		} catch (IOException e) {
			throw writing(e, from);
		}
	}

	private void replace(Path source, Path target, TreePath from) throws IOException {
		boolean overFolder = Files.isDirectory(target, LinkOption.NOFOLLOW_LINKS);
		if (!overFolder && !Files.isDirectory(source, LinkOption.NOFOLLOW_LINKS)) {
			rename(source, target);
			return;
		}
		requireThere(source, from);
		if (Files.exists(target, LinkOption.NOFOLLOW_LINKS) && !Files.isSameFile(source, target)) {
			swapIn(source, target);
		} else {
			rename(source, target); // to a free name, or to another case of its own
		}
	}

	/** Replaces a folder, or a file by a folder: the old one is deleted only when the new one is in its place. */
	private void swapIn(Path source, Path target) throws IOException {
		Path old = aside();
		rename(target, old);
		try {
			rename(source, target);
		} catch (IOException e) {
			rename(old, target);
			throw e;
		} finally {
			folders.clear();
		}
		Eraser.erase(old, JobMonitor.NONE);
	}

	@Override
	public void copy(TreePath from, TreePath to) throws IOException {
		Path source = resolve(from);
		Path target = resolve(to);
		requireParents(from);
		requireThere(source, from);
		if (from.equals(to)) {
			return;
		}
		refuseNesting(from, to);
		Path fresh = aside();
		try {
			makeParents(to);
			Cloner cloner = new Cloner(medium, JobMonitor.NONE);
			if (Files.isDirectory(source, LinkOption.NOFOLLOW_LINKS)) {
				cloner.cloneFolder(source, fresh);
			} else if (Files.isRegularFile(source, LinkOption.NOFOLLOW_LINKS)) {
				cloner.cloneFile(source, fresh);
			} else {
				throw Entries.link(from.value());
			}
			replace(fresh, target, from);
		} catch (IOException e) {
			throw writing(e, from);
		} finally {
			Eraser.erase(fresh, JobMonitor.NONE);
		}
	}

	@Override
	public void remove(TreePath path) throws IOException {
		Path file = resolve(path);
		if (path.isRoot()) {
			throw refusedRoot();
		}
		if (!hasParents(path)) {
			return;
		}
		try {
			Files.deleteIfExists(file);
			folders.remove(path.value());
		} catch (DirectoryNotEmptyException _) {
			folders.clear();
			try {
				Path old = aside();
				rename(file, old);
				Eraser.erase(old, JobMonitor.NONE);
			} catch (IOException e) {
				throw Trouble.tree(e, path.value());
			}
		} catch (IOException e) {
			throw Trouble.tree(e, path.value());
		}
	}

	@Override
	public long freeBytes() throws IOException {
		requireOpen();
		try {
			return medium.usableBytes(store);
		} catch (IOException e) {
			throw Trouble.tree(e, "");
		}
	}

	private Path aside() {
		return trash.resolve("aside-" + Long.toHexString(System.nanoTime()) + '-' + serial++);
	}

	private static void rename(Path from, Path to) throws IOException {
		Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
	}

	private Path resolve(TreePath path) throws TreeException {
		requireOpen();
		return Entries.resolve(root, path);
	}

	private void requireOpen() throws TreeException {
		if (closed) {
			throw new TreeException(Reason.OTHER, "The working tree is closed", null);
		}
	}

	private static void requireThere(Path path, TreePath shown) throws TreeException {
		if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
			throw new TreeException(Reason.NOT_FOUND, shown + ": not found", null);
		}
	}

	private static void refuseFolder(Path target, TreePath shown) throws TreeException {
		if (shown.isRoot() || Files.isDirectory(target, LinkOption.NOFOLLOW_LINKS)) {
			throw new TreeException(Reason.IS_A_DIRECTORY, shown + ": is a directory", null);
		}
	}

	private static void refuseNesting(TreePath from, TreePath to) throws TreeException {
		if (from.isRoot() || to.isRoot()) {
			throw refusedRoot();
		}
		if (to.startsWith(from) || from.startsWith(to)) {
			throw new TreeException(Reason.OTHER, from + ": not into itself", null);
		}
	}

	private static TreeException refusedRoot() {
		return new TreeException(Reason.OTHER, "The root itself cannot be changed", null);
	}

	/** Whether all folders above the path are there. @throws TreeException {@code LINK} */
	private boolean hasParents(TreePath path) throws IOException {
		try {
			requireParents(path);
			return true;
		} catch (TreeException e) {
			if (e.reason() == Reason.NOT_FOUND) {
				return false;
			}
			throw e;
		}
	}

	private void requireParents(TreePath path) throws IOException {
		TreePath parent = path.parent();
		if (parent.isRoot() || folders.contains(parent.value())) {
			return;
		}
		requireParents(parent);
		Path folder = resolve(parent);
		if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
			throw Files.isSymbolicLink(folder) ? Entries.link(parent.value())
					: new TreeException(Reason.NOT_FOUND, parent + ": not found", null);
		}
		remember(parent);
	}

	private void makeParents(TreePath path) throws IOException {
		makeFolders(path.parent());
	}

	private void makeFolders(TreePath directory) throws IOException {
		if (directory.isRoot() || folders.contains(directory.value())) {
			return;
		}
		makeFolders(directory.parent());
		Path folder = resolve(directory);
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
		if (folders.size() >= MAX_REMEMBERED) {
			folders.clear();
		}
		folders.add(directory.value());
	}

	private TreeException writing(IOException failure, TreePath path) {
		long usable = -1;
		try {
			usable = medium.usableBytes(store);
		} catch (IOException _) {
			// then the failure itself must tell
		}
		return Trouble.treeWriting(failure, path.value(), usable);
	}

	/** A file on its way in. Takes its name when it is closed after all writes have succeeded. */
	private final class Incoming extends OutputStream {

		private final Path part;
		private final Path target;
		private final TreePath shown;
		private final FileChannel channel;
		private boolean failed;
		private boolean done;

		Incoming(Path part, Path target, TreePath shown) throws IOException {
			this.part = part;
			this.target = target;
			this.shown = shown;
			this.channel = FileChannel.open(part, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
		}

		@Override
		public void write(int b) throws IOException {
			write(new byte[] { (byte) b }, 0, 1);
		}

		@Override
		public void write(byte[] bytes, int offset, int length) throws IOException {
			try {
				medium.claim(length);
				ByteBuffer buffer = ByteBuffer.wrap(bytes, offset, length);
				while (buffer.hasRemaining()) {
					channel.write(buffer);
				}
			} catch (IOException e) {
				failed = true;
				throw writing(e, shown);
			}
		}

		@Override
		public void close() throws IOException {
			if (done) {
				return;
			}
			done = true;
			try {
				channel.close();
				if (!failed && !closed) {
					takeName();
				} else {
					Files.deleteIfExists(part);
				}
			} catch (IOException e) {
				Files.deleteIfExists(part);
				throw writing(e, shown);
			}
		}

		private void takeName() throws IOException {
			try {
				rename(part, target);
			} catch (NoSuchFileException _) {
				// its folder went meanwhile, possibly under another spelling of its name
				folders.clear();
				makeParents(shown);
				rename(part, target);
			} catch (IOException e) {
				refuseFolder(target, shown);
				throw e;
			}
		}
	}
}
