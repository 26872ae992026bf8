// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.repository.internal;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.System.Logger.Level;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.function.Predicate;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.repository.BlobId;

/**
 * Files of a repository on this computer, as they are stored, by kind and id. What goes wrong with them is no failure:
 * they are there to be quick, so a folder that cannot be written to, or is full, is one that keeps nothing. Several
 * processes may share it. Thread-safe.
 */
final class CacheFolder {

	/** A file that is being written, and that nobody finished within this many seconds, is of a process that died. */
	private static final long ABANDONED = 24 * 3600;
	private static final String PART = "part-";
	private static final System.Logger LOG = System.getLogger(CacheFolder.class.getName());

	private final Path root;

	/** Makes the folder of one repository, for this user only. */
	CacheFolder(Path all, BlobId repository) throws IOException {
		makePrivate(all);
		root = all.resolve(repository.toString());
		makePrivate(root);
	}

	private static void makePrivate(Path folder) throws IOException {
		if (Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
			return;
		}
		if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
			Path parent = folder.getParent();
			if (parent != null) {
				Files.createDirectories(parent);
			}
			Files.createDirectories(folder,
					PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
		} else {
			Files.createDirectories(folder);
		}
	}

	/** Where a file lies, if it does. */
	Path file(String kind, BlobId id) {
		return root.resolve(kind).resolve(id.toString());
	}

	/** All of a file; null if it is not there. Nothing proves it yet. */
	byte @Nullable [] read(String kind, BlobId id, int most) {
		try (InputStream in = Files.newInputStream(file(kind, id), LinkOption.NOFOLLOW_LINKS)) {
			byte[] bytes = in.readNBytes(most + 1);
			return bytes.length > most ? null : bytes;
		} catch (IOException e) {
			return null;
		}
	}

	/** Writes the content of a file that is to be kept. */
	@FunctionalInterface
	interface Content {
		/** @return whether it is to be kept */
		boolean writeTo(OutputStream out) throws IOException;
	}

	/** The cache's own folder failed, not where the content comes from. */
	static final class NotKeptException extends IOException {
		private static final long serialVersionUID = 1L;

		NotKeptException(IOException cause) {
			super(cause);
		}
	}

	/** An output whose failures can be told from those of the input. */
	private static final class Output extends OutputStream {
		private final OutputStream out;

		Output(OutputStream out) {
			this.out = out;
		}

		@Override
		public void write(int b) throws IOException {
			write(new byte[] { (byte) b }, 0, 1);
		}

		@Override
		public void write(byte[] bytes, int offset, int length) throws IOException {
			try {
				out.write(bytes, offset, length);
			} catch (IOException e) {
				throw new NotKeptException(e);
			}
		}

		@Override
		public void close() throws IOException {
			out.close();
		}
	}

	/**
	 * Keeps a file: nobody sees a half of it.
	 *
	 * @return whether it is there
	 * @throws NotKeptException if the folder cannot take it
	 * @throws IOException      what the content throws
	 */
	boolean keep(String kind, BlobId id, Content content) throws IOException {
		Path file = file(kind, id);
		Path part = root.resolve(kind).resolve(PART + UUID.randomUUID());
		boolean wanted = false;
		try {
			try (OutputStream out = begin(part)) {
				wanted = content.writeTo(out);
			}
			if (wanted) {
				move(part, file);
			}
			return wanted;
		} finally {
			if (!wanted) {
				delete(part);
			}
		}
	}

	private OutputStream begin(Path part) throws NotKeptException {
		try {
			Path folder = part.getParent();
			if (folder != null) {
				makePrivate(folder);
			}
			return new Output(Files.newOutputStream(part, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE));
		} catch (IOException e) {
			throw new NotKeptException(e);
		}
	}

	private static void move(Path part, Path file) throws NotKeptException {
		try {
			Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
		} catch (IOException e) {
			delete(part);
			throw new NotKeptException(e);
		}
	}

	/** Keeps bytes, if it can. */
	void keep(String kind, BlobId id, byte[] bytes) {
		try {
			keep(kind, id, out -> {
				out.write(bytes);
				return true;
			});
		} catch (IOException e) {
			LOG.log(Level.DEBUG, "Not cached", e);
		}
	}

	void drop(String kind, BlobId id) {
		delete(file(kind, id));
	}

	private static void delete(Path file) {
		try {
			Files.deleteIfExists(file);
		} catch (IOException e) {
			LOG.log(Level.DEBUG, "Left in the cache", e);
		}
	}

	/** Drops all of a kind but those that are wanted, and what processes that died have begun. */
	void retain(String kind, Predicate<BlobId> wanted) {
		for (Kept kept : list(kind)) {
			BlobId id = kept.id();
			if (id == null ? kept.used().isBefore(Instant.now().minusSeconds(ABANDONED)) : !wanted.test(id)) {
				delete(kept.file());
			}
		}
	}

	/**
	 * A file that is kept.
	 *
	 * @param id null for one that is being written
	 */
	private record Kept(Path file, @Nullable BlobId id, long size, Instant used) {
	}

	private List<Kept> list(String kind) {
		List<Kept> found = new ArrayList<>();
		try (DirectoryStream<Path> files = Files.newDirectoryStream(root.resolve(kind))) {
			for (Path file : files) {
				String name = String.valueOf(file.getFileName());
				try {
					BasicFileAttributes facts = Files.readAttributes(file, BasicFileAttributes.class,
							LinkOption.NOFOLLOW_LINKS);
					found.add(new Kept(file, name.startsWith(PART) ? null : BlobId.parse(name), facts.size(),
							facts.lastModifiedTime().toInstant()));
				} catch (NoSuchFileException | IllegalArgumentException e) {
					LOG.log(Level.TRACE, "Gone, or not of the cache", e);
				}
			}
		} catch (IOException e) {
			LOG.log(Level.TRACE, "Nothing is cached of that kind", e);
		}
		return found;
	}

	/** Says that a file is used. */
	void touch(String kind, BlobId id) {
		try {
			Files.setLastModifiedTime(file(kind, id), FileTime.from(Instant.now()));
		} catch (IOException e) {
			LOG.log(Level.TRACE, "Gone meanwhile", e);
		}
	}

	/**
	 * Drops those that were not used for longest, if there are too many bytes.
	 *
	 * @return the bytes that stay
	 */
	long shrink(String kind, long most, long target) {
		List<Kept> all = list(kind);
		long total = all.stream().mapToLong(Kept::size).sum();
		if (total <= most) {
			return total;
		}
		all.sort(Comparator.comparing(Kept::used));
		for (Kept kept : all) {
			if (total <= target) {
				break;
			}
			if (kept.id() != null) {
				delete(kept.file());
				total -= kept.size();
			}
		}
		return total;
	}
}
