// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ios.backup.internal;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.disk.FullDisk;
import org.keepsake.disk.NewFile;
import org.keepsake.disk.PastCache;
import org.keepsake.disk.WriteBuffer;
import org.keepsake.ios.backup.BackupProblems;
import org.keepsake.ios.backup.PrivateTemp;

/**
 * The folder that files are extracted to. Nothing is ever written outside it: folders are made one by one, and none of
 * them may be a link. A file gets its name only when it is whole; until then it lies in a folder that the next run deletes
 * if this one dies. Thread-safe.
 */
final class OutputFolder implements Closeable {

	private static final int MAX_REMEMBERED = 20_000;
	/** As much as one file is written at a time. */
	private static final int BUFFER = 1 << 20;
	/** What is smaller goes through the system's cache faster. */
	private static final int LEAST_PAST_CACHE = 1 << 16;

	private final Path root;
	private final PrivateTemp parts;
	private final int block;
	private final AtomicLong partNumber = new AtomicLong();
	/* Folders that are known to be real ones; we make no link before all files are written. */
	private final Set<Path> real = ConcurrentHashMap.newKeySet();

	private OutputFolder(Path root, PrivateTemp parts) {
		this.root = root;
		this.parts = parts;
		block = PastCache.blockSizeForManyFiles(root);
	}

	/** Makes the folder if need be. @throws org.keepsake.core.ProblemException {@code NOT_WRITABLE} */
	static OutputFolder open(Path folder) throws IOException {
		try {
			Files.createDirectories(folder);
			Path root = folder.toRealPath();
			return new OutputFolder(root, PrivateTemp.create(root));
		} catch (IOException e) {
			throw FullDisk.isToldBy(e)
					? BackupProblems.NO_SPACE.exceptionBecause(e, folder, Texts.text("space.output"))
					: BackupProblems.NOT_WRITABLE.exceptionBecause(e, folder, Texts.text("output.folder"));
		}
	}

	/** Where it really is. */
	Path root() {
		return root;
	}

	/** Bytes that this user may still write; a very large number where the system does not say. */
	long usableBytes() throws IOException {
		FileStore store = Files.getFileStore(root);
		long usable = store.getUsableSpace();
		return store.getTotalSpace() <= 0 || usable < 0 ? Long.MAX_VALUE : usable;
	}

	/** Makes the folder of that name, with those above it. @throws IOException if something else is in its place */
	Path folder(List<String> names) throws IOException {
		Path folder = root;
		for (String name : names) {
			folder = folder.resolve(name);
			if (!real.contains(folder)) {
				makeFolder(folder);
			}
		}
		return folder;
	}

	private void makeFolder(Path folder) throws IOException {
		try {
			Files.createDirectory(folder);
		} catch (FileAlreadyExistsException e) {
			if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
				throw e;
			}
		}
		if (real.size() > MAX_REMEMBERED) {
			real.clear();
		}
		real.add(folder);
	}

	/** From now on each folder is looked at anew: links are about to be made. */
	void forgetFolders() {
		real.clear();
	}

	/** Whether whoever writes large files waits for the disk. */
	boolean isPastCache() {
		return block > 0;
	}

	/** Memory through which one thread writes files. */
	WriteBuffer newBuffer() {
		return new WriteBuffer(BUFFER, block, LEAST_PAST_CACHE);
	}

	/** Begins a file of that name, which is written in pieces as they come. */
	Output create(List<String> names) throws IOException {
		Path folder = folder(names.subList(0, names.size() - 1));
		Path part = part();
		return new Output(part, folder.resolve(names.getLast()), new Pieces(part));
	}

	/** Begins a file of that name. @param buffer of this thread, for this file alone until it is closed */
	Output create(List<String> names, WriteBuffer buffer) throws IOException {
		Path folder = folder(names.subList(0, names.size() - 1));
		Path part = part();
		return new Output(part, folder.resolve(names.getLast()), new Buffered(new NewFile(part, buffer)));
	}

	private Path part() {
		return parts.folder().resolve(Long.toString(partNumber.incrementAndGet()));
	}

	/** Deletes what was begun and not finished. */
	@Override
	public void close() throws IOException {
		parts.close();
	}

	/**
	 * Makes a link, in place of a file or link that may be there.
	 *
	 * @return false if it would lead outside, or this system makes no links
	 */
	boolean link(List<String> names, @Nullable String target) throws IOException {
		if (target == null || !staysInside(names, target)) {
			return false;
		}
		Path folder = folder(names.subList(0, names.size() - 1));
		Path part = part();
		try {
			Files.createSymbolicLink(part, Path.of(target));
		} catch (UnsupportedOperationException | IOException e) {
			return false;
		}
		try {
			Files.move(part, folder.resolve(names.getLast()), StandardCopyOption.ATOMIC_MOVE);
		} finally {
			Files.deleteIfExists(part);
		}
		return true;
	}

	/**
	 * Whether a link's target lies inside. It may climb only at its beginning, where what it climbs are real folders;
	 * after a name a {@code ..} might climb from wherever another link leads.
	 */
	private static boolean staysInside(List<String> names, String target) {
		if (target.isEmpty() || target.startsWith("/") || target.indexOf('\\') >= 0 || target.indexOf(':') >= 0
				|| target.indexOf('\0') >= 0) {
			return false;
		}
		int depth = names.size() - 1;
		boolean named = false;
		for (String component : target.split("/")) {
			if (component.equals("..")) {
				if (named || --depth < 1) {
					return false;
				}
			} else if (!component.isEmpty() && !component.equals(".")) {
				named = true;
			}
		}
		return true;
	}

	/** Takes the content of a file. */
	private interface Content extends Closeable {
		void write(byte[] bytes, int offset, int length) throws IOException;

		/** All was given. */
		void finish() throws IOException;
	}

	private record Pieces(FileChannel channel) implements Content {
		Pieces(Path part) throws IOException {
			this(FileChannel.open(part, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE));
		}

		@Override
		public void write(byte[] bytes, int offset, int length) throws IOException {
			ByteBuffer buffer = ByteBuffer.wrap(bytes, offset, length);
			while (buffer.hasRemaining()) {
				channel.write(buffer);
			}
		}

		@Override
		public void finish() throws IOException {
			close();
		}

		@Override
		public void close() throws IOException {
			channel.close();
		}
	}

	private record Buffered(NewFile file) implements Content {
		@Override
		public void write(byte[] bytes, int offset, int length) throws IOException {
			file.write(bytes, offset, length);
		}

		@Override
		public void finish() throws IOException {
			file.finish(false);
			close();
		}

		@Override
		public void close() throws IOException {
			file.close();
		}
	}

	/** A file that is being written. Unless it is finished, closing it leaves nothing behind. */
	static final class Output implements AutoCloseable {

		private final Path part;
		private final Path file;
		private final Content content;
		private boolean finished;

		private Output(Path part, Path file, Content content) {
			this.part = part;
			this.file = file;
			this.content = content;
		}

		void write(byte[] bytes, int offset, int length) throws IOException {
			content.write(bytes, offset, length);
		}

		/** Gives it its time and its name. */
		void finish(Instant modified) throws IOException {
			content.finish();
			// Both times at once: for one alone the JDK reads the other before.
			FileTime time = FileTime.from(modified);
			Files.getFileAttributeView(part, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS).setTimes(time,
					time,
					null);
			Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
			finished = true;
		}

		@Override
		public void close() throws IOException {
			try {
				content.close();
			} finally {
				if (!finished) {
					Files.deleteIfExists(part);
				}
			}
		}
	}
}
