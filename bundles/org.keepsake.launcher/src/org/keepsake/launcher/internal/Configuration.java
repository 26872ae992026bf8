// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0

package org.keepsake.launcher.internal;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;

import org.eclipse.jdt.annotation.Nullable;

/**
 * The folder in which the framework keeps what it resolved. Any number of processes run at once, and the installation
 * may be read-only, so:
 *
 * <ul>
 * <li>a prepared installation is read and never written, unless it was moved or copied since: what the framework
 * resolved names the bundles by where they lay;</li>
 * <li>otherwise the folder lies in the person's own cache: the first process prepares it under a lock, a process that
 * comes meanwhile takes a folder of its own and removes it, and all later ones only read;</li>
 * <li>the window, of which there is one at a time, has a folder that it may write.</li>
 * </ul>
 *
 * @param folder   where the framework's configuration is
 * @param readOnly whether the framework must not write there
 * @param lock     held while the folder is being prepared, or while the window is open
 * @param passing  whether the folder goes when the process ends
 */
record Configuration(Path folder, boolean readOnly, @Nullable FileLock lock, boolean passing) implements AutoCloseable {

	private static final String INI = "config.ini";
	private static final String READY = ".ready";
	private static final int NAME_BYTES = 8;

	/** @param prepare whether the installation itself is being made ready */
	static Configuration choose(Path install, Path home, boolean window, boolean prepare) throws IOException {
		Path installed = install.resolve("configuration");
		if (prepare) {
			Files.deleteIfExists(installed.resolve(READY));
			return new Configuration(installed, false, null, false);
		}
		if (!window && isPrepared(install)) {
			return new Configuration(installed, true, null, false);
		}
		String ini = Files.readString(installed.resolve(INI));
		Path cache = home.resolve("cache").resolve("framework");
		String kind = window ? "window-" : "line-";
		Path own = cache.resolve(kind + digest(install.toString()) + "-" + digest(ini));
		if (!window && Files.exists(own.resolve(READY))) {
			return new Configuration(own, true, null, false);
		}
		Files.createDirectories(own);
		if (window) {
			FileLock lock = tryLock(cache.resolve("window.lock"));
			if (lock == null) {
				throw new WindowIsOpenException();
			}
			removeOlder(cache, own);
			writeIni(own, ini);
			return new Configuration(own, false, lock, false);
		}
		return prepareOrPass(cache, own, ini);
	}

	/** Whether the installation was prepared where it lies now, which its marker tells. */
	private static boolean isPrepared(Path install) throws IOException {
		Path ready = install.resolve("configuration").resolve(READY);
		return Files.exists(ready) && Files.readString(ready).equals(install.toRealPath().toString());
	}

	private static Configuration prepareOrPass(Path cache, Path own, String ini) throws IOException {
		FileLock lock = tryLock(own.resolveSibling(own.getFileName() + ".lock"));
		if (lock == null) {
			Path passing = Files.createTempDirectory(cache, "passing-");
			writeIni(passing, ini);
			return new Configuration(passing, false, null, true);
		}
		if (Files.exists(own.resolve(READY))) {
			release(lock);
			return new Configuration(own, true, null, false);
		}
		removeOlder(cache, own);
		writeIni(own, ini);
		return new Configuration(own, false, lock, false);
	}

	/** The framework has ended in good order: what it wrote may be used from now on. */
	void complete() throws IOException {
		if (lock != null) {
			Files.writeString(folder.resolve(READY), "");
		}
	}

	@Override
	public void close() throws IOException {
		if (lock != null) {
			release(lock);
		}
		if (passing) {
			removeTree(folder);
		}
	}

	private static @Nullable FileLock tryLock(Path file) throws IOException {
		FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
		FileLock lock = null;
		try {
			lock = channel.tryLock();
		} catch (OverlappingFileLockException e) {
			// Another thread of this process prepares; to the caller it is the same as another process.
			lock = null;
		}
		if (lock == null) {
			channel.close();
		}
		return lock;
	}

	private static void release(FileLock lock) throws IOException {
		lock.acquiredBy().close();
	}

	private static void writeIni(Path folder, String ini) throws IOException {
		Path file = folder.resolve(INI);
		if (Files.exists(file) && Files.readString(file).equals(ini)) {
			return;
		}
		Path fresh = Files.createTempFile(folder, INI, ".new");
		Files.writeString(fresh, ini);
		Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING);
	}

	/** Removes what earlier builds of the same installation left in the cache. */
	private static void removeOlder(Path cache, Path own) throws IOException {
		String name = own.getFileName().toString();
		String prefix = name.substring(0, name.lastIndexOf('-') + 1);
		try (var entries = Files.newDirectoryStream(cache, prefix + "*")) {
			for (Path entry : entries) {
				if (!entry.getFileName().toString().startsWith(name)) {
					removeTree(entry);
				}
			}
		}
	}

	private static void removeTree(Path tree) throws IOException {
		List<Path> paths;
		try (var walk = Files.walk(tree)) {
			paths = walk.sorted(Comparator.reverseOrder()).toList();
		}
		for (Path path : paths) {
			Files.deleteIfExists(path);
		}
	}

	private static String digest(String text) {
		try {
			byte[] sha = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
			return HexFormat.of().formatHex(sha, 0, NAME_BYTES);
		} catch (NoSuchAlgorithmException e) {
			throw new IllegalStateException("every Java platform has SHA-256", e);
		}
	}
}
