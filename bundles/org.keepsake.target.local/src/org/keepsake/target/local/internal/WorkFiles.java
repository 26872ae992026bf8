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
import java.util.List;
import java.util.Optional;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.core.JobMonitor;
import org.keepsake.core.target.HostFiles;
import org.keepsake.core.target.TreeEntry;
import org.keepsake.core.target.TreeException;
import org.keepsake.core.target.TreeException.Reason;
import org.keepsake.core.target.TreePath;

/**
 * The files below a work folder, served to a device that is not trusted. No link is followed, nothing above the work
 * folder can be named, and no file is changed in place, so that kept backups that share its bytes do not change.
 */
final class WorkFiles implements HostFiles {

	private final Path root;
	private final Path parts;
	private final Path trash;
	private final Medium medium;
	private final FileStore store;
	private final KnownFolders folders;
	private final InFlight inFlight;
	private long serial;
	private volatile boolean closed;

	/**
	 * @param root  the folder that the device sees; exists
	 * @param parts where files are received that replace others; exists, is empty, on the same file system
	 * @param trash where folders go that are being deleted; exists, on the same file system
	 * @param inFlight remembers the file that is being received; is not there yet
	 */
	WorkFiles(Path root, Path parts, Path trash, Path inFlight, Medium medium) throws IOException {
		this.root = root;
		this.parts = parts;
		this.trash = trash;
		this.medium = medium;
		this.store = Files.getFileStore(root);
		this.inFlight = new InFlight(inFlight);
		this.folders = new KnownFolders(root);
	}

	/** Ends the use of these files; every later call fails. */
	void close() {
		closed = true;
		inFlight.close();
	}

	boolean isClosed() {
		return closed;
	}

	@Override
	public Optional<TreeEntry> stat(TreePath path) throws IOException {
		Path file = resolve(path);
		return folders.hasAbove(path) ? Entries.stat(file, path.name()) : Optional.empty();
	}

	@Override
	public List<TreeEntry> list(TreePath directory) throws IOException {
		Path folder = resolve(directory);
		folders.requireAbove(directory);
		return Entries.list(folder, directory.value());
	}

	@Override
	public SeekableByteChannel read(TreePath file) throws IOException {
		Path path = resolve(file);
		folders.requireAbove(file);
		return Entries.open(path, file.value());
	}

	@Override
	public OutputStream write(TreePath file) throws IOException {
		Path target = resolve(file);
		try {
			folders.make(file.parent());
			if (inFlight.isFree()) {
				Optional<OutputStream> fresh = writeNew(file, target);
				if (fresh.isPresent()) {
					return fresh.get();
				}
			}
			refuseFolder(target, file);
			Path part = parts.resolve(Long.toString(serial++));
			return new Incoming(file, target, part, create(part));
		} catch (IOException e) {
			throw writing(e, file);
		}
	}

	/** Most files of a backup: new, and received one after the other. Empty if something has this name already. */
	private Optional<OutputStream> writeNew(TreePath file, Path target) throws IOException {
		boolean created = false;
		inFlight.set(file);
		try {
			FileChannel channel = createInFolder(file, target);
			created = true;
			return Optional.of(new Incoming(file, target, null, channel));
		} catch (FileAlreadyExistsException _) {
			return Optional.empty();
		} finally {
			if (!created) {
				inFlight.clear();
			}
		}
	}

	private FileChannel createInFolder(TreePath file, Path target) throws IOException {
		try {
			return create(target);
		} catch (NoSuchFileException _) {
			folders.forget(); // its folder went meanwhile, possibly under another spelling of its name
			folders.make(file.parent());
			return create(target);
		}
	}

	private static FileChannel create(Path file) throws IOException {
		return FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
	}

	@Override
	public void createDirectory(TreePath directory) throws IOException {
		resolve(directory);
		try {
			folders.forget(); // it may have been moved under another spelling of its name
			folders.make(directory);
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
			folders.requireAbove(from);
			if (folders.mayHave(from)) {
				folders.forget();
			}
			folders.make(to.parent());
			if (!renameAtOnce(source, target)) {
				requireThere(source, from);
				folders.make(to.parent());
				replace(source, target);
			}
		} catch (IOException e) {
			throw writing(e, from);
		}
	}

	/**
	 * What nearly all moves are: one call of the system, without a look at what is moved. False if there is more to it
	 * than that.
	 */
	private boolean renameAtOnce(Path source, Path target) {
		try {
			rename(source, target);
			return true;
		} catch (IOException _) {
			folders.forget();
			return false;
		}
	}

	private void replace(Path source, Path target) throws IOException {
		boolean there = Files.exists(target, LinkOption.NOFOLLOW_LINKS);
		boolean folder = Files.isDirectory(source, LinkOption.NOFOLLOW_LINKS)
				|| Files.isDirectory(target, LinkOption.NOFOLLOW_LINKS);
		if (there && folder && !Files.isSameFile(source, target)) {
			swapIn(source, target);
		} else {
			rename(source, target); // to a free name, over a file, or to another case of its own
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
			folders.forget();
		}
		Eraser.erase(old, JobMonitor.NONE);
	}

	@Override
	public void copy(TreePath from, TreePath to) throws IOException {
		Path source = resolve(from);
		Path target = resolve(to);
		folders.forget();
		folders.requireAbove(from);
		requireThere(source, from);
		if (from.equals(to)) {
			return;
		}
		refuseNesting(from, to);
		Path fresh = aside();
		try {
			folders.make(to.parent());
			Cloner cloner = new Cloner(medium, JobMonitor.NONE);
			if (Files.isDirectory(source, LinkOption.NOFOLLOW_LINKS)) {
				cloner.cloneFolder(source, fresh);
			} else if (Files.isRegularFile(source, LinkOption.NOFOLLOW_LINKS)) {
				cloner.cloneFile(source, fresh);
			} else {
				throw Entries.link(from.value());
			}
			replace(fresh, target);
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
		if (!folders.hasAbove(path)) {
			return;
		}
		try {
			Files.deleteIfExists(file);
			folders.forget(path);
		} catch (DirectoryNotEmptyException _) {
			folders.forget();
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

	private TreeException writing(IOException failure, TreePath path) {
		long usable = -1;
		try {
			usable = medium.usableBytes(store);
		} catch (IOException _) {
			// then the failure itself must tell
		}
		return Trouble.treeWriting(failure, path.value(), usable);
	}

	/**
	 * A file on its way in. A new file grows under its own name, noted as being in flight; one that replaces another
	 * grows in the parts folder and takes its name when it is whole, because nobody could get the old one back.
	 */
	private final class Incoming extends OutputStream {

		private final TreePath shown;
		private final Path target;
		private final @Nullable Path part;
		private final FileChannel channel;
		private boolean failed;
		private boolean done;

		Incoming(TreePath shown, Path target, @Nullable Path part, FileChannel channel) {
			this.shown = shown;
			this.target = target;
			this.part = part;
			this.channel = channel;
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
			Path received = part != null ? part : target;
			try {
				channel.close();
				if (failed || closed) {
					Files.deleteIfExists(received);
				} else if (part != null) {
					takeName(part);
				}
			} catch (IOException e) {
				Files.deleteIfExists(received);
				throw writing(e, shown);
			} finally {
				if (part == null && !closed) {
					inFlight.clear();
				}
			}
		}

		private void takeName(Path whole) throws IOException {
			try {
				rename(whole, target);
			} catch (NoSuchFileException _) {
				// its folder went meanwhile, possibly under another spelling of its name
				folders.forget();
				folders.make(shown.parent());
				rename(whole, target);
			} catch (IOException e) {
				refuseFolder(target, shown);
				throw e;
			}
		}
	}
}
