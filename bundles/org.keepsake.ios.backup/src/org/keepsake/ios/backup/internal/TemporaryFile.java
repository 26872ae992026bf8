// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ios.backup.internal;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A file for a secret such as a decrypted index: in a folder of its own that only this user may enter, deleted when it
 * is closed. A lock beside it is held as long as the process lives, so that {@link #create} can tell what a crash left.
 */
final class TemporaryFile implements Closeable {

	private static final System.Logger LOG = System.getLogger(TemporaryFile.class.getName());
	private static final String PREFIX = "keepsake-index-";
	private static final String LOCK = "lock";
	private static final Duration UNLOCKED_GRACE = Duration.ofHours(1);
	/* Of this process. They must not be opened again: closing any channel to a file drops its POSIX locks. */
	private static final Set<Path> ALIVE = ConcurrentHashMap.newKeySet();

	private final Path folder;
	private final Path file;
	private final FileChannel lock;

	private TemporaryFile(Path folder, Path file, FileChannel lock) {
		this.folder = folder;
		this.file = file;
		this.lock = lock;
	}

	/** A new, empty file of the given name, after sweeping what a crash left. */
	static TemporaryFile create(Path base, String name) throws IOException {
		Path folder = Files.createTempDirectory(base, PREFIX);
		ALIVE.add(folder.toAbsolutePath());
		try {
			FileChannel lock = FileChannel.open(folder.resolve(LOCK), StandardOpenOption.CREATE_NEW,
					StandardOpenOption.WRITE);
			try {
				lock.lock();
				sweep(base, Files.getOwner(folder));
				return new TemporaryFile(folder, create(folder.resolve(name)), lock);
			} catch (IOException e) {
				lock.close();
				throw e;
			}
		} catch (IOException e) {
			discard(folder);
			throw e;
		}
	}

	private static Path create(Path file) throws IOException {
		if (Files.getFileStore(file.getParent()).supportsFileAttributeView(PosixFileAttributeView.class)) {
			return Files.createFile(file,
					PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
		}
		return Files.createFile(file);
	}

	/** Where such files are made. */
	static Path base() {
		return Path.of(System.getProperty("java.io.tmpdir", "."));
	}

	/** Deletes what processes of this user that are gone left behind; passes over what it may not. */
	private static void sweep(Path base, UserPrincipal owner) {
		try (DirectoryStream<Path> folders = Files.newDirectoryStream(base, PREFIX + "*")) {
			for (Path folder : folders) {
				if (!ALIVE.contains(folder.toAbsolutePath()) && isLeft(folder, owner)) {
					delete(folder);
				}
			}
		} catch (IOException | DirectoryIteratorException e) {
			LOG.log(System.Logger.Level.DEBUG, "Could not sweep temporary files", e);
		}
	}

	private static boolean isLeft(Path folder, UserPrincipal owner) {
		try {
			if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)
					|| !Files.getOwner(folder, LinkOption.NOFOLLOW_LINKS).equals(owner)) {
				return false;
			}
			Path lock = folder.resolve(LOCK);
			if (!Files.isRegularFile(lock, LinkOption.NOFOLLOW_LINKS)) {
				Instant made = Files.getLastModifiedTime(folder, LinkOption.NOFOLLOW_LINKS).toInstant();
				return made.isBefore(Instant.now().minus(UNLOCKED_GRACE));
			}
			return isFree(lock);
		} catch (IOException e) {
			LOG.log(System.Logger.Level.DEBUG, "Could not look at a temporary folder", e);
			return false;
		}
	}

	private static boolean isFree(Path lock) throws IOException {
		try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
				FileLock held = channel.tryLock()) {
			return held != null;
		} catch (OverlappingFileLockException e) {
			return false;
		}
	}

	private static void delete(Path folder) {
		try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
			for (Path file : files) {
				Files.deleteIfExists(file);
			}
			Files.deleteIfExists(folder);
		} catch (IOException | DirectoryIteratorException e) {
			LOG.log(System.Logger.Level.WARNING, "Could not delete a temporary file; the next run tries again", e);
		}
	}

	private static void discard(Path folder) {
		delete(folder);
		ALIVE.remove(folder.toAbsolutePath());
	}

	/** Where it is. */
	Path path() {
		return file;
	}

	@Override
	public void close() throws IOException {
		// The content goes first: it must not outlive the lock that marks it as in use.
		try {
			Files.deleteIfExists(file);
		} finally {
			lock.close();
			discard(folder);
		}
	}
}
