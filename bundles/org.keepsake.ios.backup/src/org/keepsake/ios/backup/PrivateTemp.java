// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ios.backup;

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
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A folder for files that must not stay, such as a decrypted database: only this user may enter it, and closing it
 * deletes all that is in it. A lock in it is held as long as it is open, so that the next one that is made in the same
 * place deletes what a crash left, and never what a living process uses. The methods may be called from any thread;
 * the files belong to the caller.
 *
 * <pre>
 * try (PrivateTemp temp = PrivateTemp.create()) {
 * 	decrypt(file, temp.file("sms.db"));
 * 	…
 * }
 * </pre>
 */
public final class PrivateTemp implements Closeable {

	private static final System.Logger LOG = System.getLogger(PrivateTemp.class.getName());
	private static final String PREFIX = ".keepsake-temp-";
	private static final String LOCK = ".lock";
	private static final String NEW_LOCK = ".lock.new";
	private static final Duration UNLOCKED_GRACE = Duration.ofHours(1);
	/* Of this process. They must not be opened again: closing any channel to a file drops its POSIX locks. */
	private static final Set<Path> ALIVE = ConcurrentHashMap.newKeySet();

	private final Path folder;
	private final FileChannel lock;

	private PrivateTemp(Path folder, FileChannel lock) {
		this.folder = folder;
		this.lock = lock;
	}

	/**
	 * Makes one in the system's place for temporary files, {@link #base()}.
	 *
	 * @throws IOException if nothing can be made there
	 */
	public static PrivateTemp create() throws IOException {
		return create(base());
	}

	/**
	 * Makes one, after deleting those that processes of this user left there when they died. Reads the directory once.
	 *
	 * @param base an existing folder, such as that on whose disk the files shall end
	 * @throws IOException if nothing can be made there
	 */
	public static PrivateTemp create(Path base) throws IOException {
		Path folder = Files.createTempDirectory(base, PREFIX).toAbsolutePath();
		ALIVE.add(folder);
		try {
			FileChannel lock = lock(folder);
			sweep(base, Files.getOwner(folder));
			return new PrivateTemp(folder, lock);
		} catch (IOException e) {
			discard(folder);
			throw e;
		}
	}

	/** The system's place for temporary files. */
	public static Path base() {
		return Path.of(System.getProperty("java.io.tmpdir", "."));
	}

	/* It gets its name when it is locked: another process must not take it for one that a crash left. */
	private static FileChannel lock(Path folder) throws IOException {
		Path made = folder.resolve(NEW_LOCK);
		FileChannel channel = FileChannel.open(made, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
		try {
			channel.lock();
		} catch (IOException e) {
			// A disk without locks: what a crash leaves there, nobody can tell from what is in use, and it stays.
			LOG.log(System.Logger.Level.DEBUG, "There are no locks here", e);
			return channel;
		}
		try {
			Files.move(made, folder.resolve(LOCK), StandardCopyOption.ATOMIC_MOVE);
			return channel;
		} catch (IOException e) {
			channel.close();
			throw e;
		}
	}

	/** Where it is: exists until {@link #close()}. What is made in it has the permissions its maker gives. */
	public Path folder() {
		return folder;
	}

	/**
	 * Makes an empty file that only this user may read and write.
	 *
	 * @param name of a file in the folder, without directories
	 * @throws java.nio.file.FileAlreadyExistsException if there is one of that name
	 */
	public Path file(String name) throws IOException {
		Path file = folder.resolve(name);
		if (!folder.equals(file.getParent())) {
			throw new IllegalArgumentException("Not the name of a file: " + name);
		}
		if (Files.getFileStore(folder).supportsFileAttributeView(PosixFileAttributeView.class)) {
			return Files.createFile(file,
					PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
		}
		return Files.createFile(file);
	}

	/** Deletes the folder and all that is in it. What can not be deleted now is left to the next one made here. */
	@Override
	public void close() throws IOException {
		// The content goes first: it must not outlive the lock that marks it as in use.
		empty(folder);
		lock.close();
		discard(folder);
	}

	/** Deletes what processes of this user that are gone left behind; passes over what it may not. */
	private static void sweep(Path base, UserPrincipal owner) {
		try (DirectoryStream<Path> folders = Files.newDirectoryStream(base, PREFIX + "*")) {
			for (Path found : folders) {
				Path folder = found.toAbsolutePath();
				if (!ALIVE.contains(folder) && isLeft(folder, owner)) {
					empty(folder);
					delete(folder);
				}
			}
		} catch (IOException | DirectoryIteratorException e) {
			LOG.log(System.Logger.Level.DEBUG, "Could not look for temporary files", e);
		}
	}

	private static boolean isLeft(Path folder, UserPrincipal owner) {
		try {
			if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)
					|| !Files.getOwner(folder, LinkOption.NOFOLLOW_LINKS).equals(owner)) {
				return false;
			}
			Path lock = folder.resolve(LOCK);
			if (Files.isRegularFile(lock, LinkOption.NOFOLLOW_LINKS)) {
				return isFree(lock);
			}
			Instant made = Files.getLastModifiedTime(folder, LinkOption.NOFOLLOW_LINKS).toInstant();
			return made.isBefore(Instant.now().minus(UNLOCKED_GRACE)) && holdsNothing(folder);
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

	/** Whether its process died before it could lock it. */
	private static boolean holdsNothing(Path folder) throws IOException {
		try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
			for (Path file : files) {
				if (!file.endsWith(NEW_LOCK)) {
					return false;
				}
			}
			return true;
		}
	}

	/** Deletes all but the lock. */
	private static void empty(Path folder) {
		try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
			for (Path file : files) {
				if (!isLock(file)) {
					deleteAll(file);
				}
			}
		} catch (IOException | DirectoryIteratorException e) {
			warn(e);
		}
	}

	/** Deletes a file, or a folder and what is in it; of a link the link alone. */
	private static void deleteAll(Path file) throws IOException {
		if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
			try (DirectoryStream<Path> files = Files.newDirectoryStream(file)) {
				for (Path inside : files) {
					deleteAll(inside);
				}
			}
		}
		Files.deleteIfExists(file);
	}

	private static boolean isLock(Path file) {
		return file.endsWith(LOCK) || file.endsWith(NEW_LOCK);
	}

	/** Deletes the lock and the folder, if nothing else is left in it. */
	private static void delete(Path folder) {
		try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
			for (Path file : files) {
				if (!isLock(file)) {
					return;
				}
			}
			for (String name : List.of(NEW_LOCK, LOCK)) {
				Files.deleteIfExists(folder.resolve(name));
			}
			Files.deleteIfExists(folder);
		} catch (IOException | DirectoryIteratorException e) {
			warn(e);
		}
	}

	private static void warn(Exception e) {
		LOG.log(System.Logger.Level.WARNING, "Could not delete a temporary file; the next run tries again", e);
	}

	private static void discard(Path folder) {
		delete(folder);
		ALIVE.remove(folder);
	}
}
