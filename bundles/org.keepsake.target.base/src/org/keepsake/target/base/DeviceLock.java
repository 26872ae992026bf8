// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.target.base;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.eclipse.jdt.annotation.Nullable;

/**
 * Held by the one who changes a device's backup in a folder, against threads of this process and against other
 * processes; the system releases it when the process ends, however that happens.
 *
 * <p>
 * The process' own locks are looked up first and the file is not even opened then: on Unix, closing any channel of a
 * file releases all locks the process has on it.
 */
public final class DeviceLock implements Closeable {

	private static final System.Logger LOG = System.getLogger(DeviceLock.class.getName());
	private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

	private final Path key;
	private final FileChannel channel;

	private DeviceLock(Path key, FileChannel channel) {
		this.key = key;
		this.channel = channel;
	}

	/** Takes the lock, or gives empty if somebody has it. Makes the file and its folder. */
	public static Optional<DeviceLock> take(Path file) throws IOException {
		Files.createDirectories(file.toAbsolutePath().normalize().getParent());
		Path key = file.toAbsolutePath().normalize().getParent().toRealPath().resolve(file.getFileName());
		if (!HELD.add(key)) {
			return Optional.empty();
		}
		FileChannel channel = null;
		boolean taken = false;
		try {
			channel = FileChannel.open(key, StandardOpenOption.CREATE, StandardOpenOption.WRITE,
					LinkOption.NOFOLLOW_LINKS);
			taken = lock(channel);
			return taken ? Optional.of(new DeviceLock(key, channel)) : Optional.empty();
		} finally {
			if (!taken) {
				HELD.remove(key);
				close(channel);
			}
		}
	}

	private static boolean lock(FileChannel channel) throws IOException {
		try {
			@Nullable
			FileLock lock = channel.tryLock();
			return lock != null;
		} catch (IOException e) {
			// a server without locks: then this process can only keep its own jobs apart
			LOG.log(System.Logger.Level.WARNING, "The folder's file system has no file locks", e);
			return true;
		}
	}

	private static void close(@Nullable FileChannel channel) throws IOException {
		if (channel != null) {
			channel.close();
		}
	}

	/** Gives the lock back; again is without effect. */
	@Override
	public void close() throws IOException {
		if (channel.isOpen()) {
			try {
				channel.close();
			} finally {
				HELD.remove(key);
			}
		}
	}
}
