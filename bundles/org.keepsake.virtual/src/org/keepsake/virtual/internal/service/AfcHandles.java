// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.virtual.internal.service;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

import org.keepsake.virtual.fault.Faults;
import org.keepsake.virtual.internal.phone.FileLocks;
import org.keepsake.virtual.internal.phone.MediaFolder;

/** The files that one AFC connection has open, and its locks, which end with it. */
final class AfcHandles implements Closeable {

	private static final int MOST_OPEN = 1000;
	private static final int MOST_READ_BYTES = 16 * 1024 * 1024;
	private static final int SHARED = 5;
	private static final int EXCLUSIVE = 6;
	private static final int UNLOCK = 12;

	private record Open(String name, FileChannel channel, boolean appends) {
	}

	private final MediaFolder media;
	private final FileLocks locks;
	private final Map<Long, Open> files = new HashMap<>();
	private long next = 1;
	private long refusedLocks;

	AfcHandles(MediaFolder media, FileLocks locks) {
		this.media = media;
		this.locks = locks;
	}

	long open(long mode, String name) throws IOException {
		Path path = media.resolve(name, true);
		if (Files.isDirectory(path)) {
			throw new AfcError(AfcError.IS_DIRECTORY);
		}
		if (files.size() >= MOST_OPEN) {
			throw new AfcError(AfcError.INVALID_ARGUMENT);
		}
		FileChannel channel = FileChannel.open(path, options(mode));
		String key = "/" + media.root().relativize(path).toString().replace('\\', '/');
		files.put(next, new Open(key, channel, mode == 5 || mode == 6));
		return next++;
	}

	/** As {@code fopen} calls them: r, r+ (which also makes the file), w, w+, a, a+. */
	private static Set<OpenOption> options(long mode) throws AfcError {
		return switch ((int) mode) {
			case 1 -> Set.of(StandardOpenOption.READ);
			case 2, 5, 6 -> Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.CREATE);
			case 3, 4 -> Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.CREATE,
					StandardOpenOption.TRUNCATE_EXISTING);
			default -> throw new AfcError(AfcError.INVALID_ARGUMENT);
		};
	}

	private Open get(long handle) throws AfcError {
		Open open = files.get(handle);
		if (open == null) {
			throw new AfcError(AfcError.INVALID_ARGUMENT);
		}
		return open;
	}

	byte[] read(long handle, long length) throws IOException {
		FileChannel channel = get(handle).channel();
		long left = Math.max(0, channel.size() - channel.position());
		long wanted = Math.min(AfcPaths.checked(length), MOST_READ_BYTES);
		ByteBuffer bytes = ByteBuffer.allocate((int) Math.min(wanted, left));
		while (bytes.hasRemaining() && channel.read(bytes) >= 0) {
			// goes on until full or at the end
		}
		return Arrays.copyOf(bytes.array(), bytes.position());
	}

	void write(long handle, ByteBuffer data) throws IOException {
		Open open = get(handle);
		if (open.appends()) {
			open.channel().position(open.channel().size());
		}
		while (data.hasRemaining()) {
			open.channel().write(data);
		}
	}

	void seek(long handle, long whence, long offset) throws IOException {
		FileChannel channel = get(handle).channel();
		long base = switch ((int) whence) {
			case 0 -> 0;
			case 1 -> channel.position();
			case 2 -> channel.size();
			default -> throw new AfcError(AfcError.INVALID_ARGUMENT);
		};
		channel.position(AfcPaths.checked(base + offset));
	}

	long tell(long handle) throws IOException {
		return get(handle).channel().position();
	}

	void resize(long handle, long size) throws IOException {
		FileChannel channel = get(handle).channel();
		long position = channel.position();
		if (AfcPaths.checked(size) < channel.size()) {
			channel.truncate(size);
		} else if (size > channel.size()) {
			channel.write(ByteBuffer.allocate(1), size - 1);
		}
		channel.position(Math.min(position, size));
	}

	/** With the fault {@code sync-busy} another host has the lock: for so many tries, or for ever. */
	void lock(long handle, long operation, Faults faults) throws AfcError {
		Open open = get(handle);
		switch ((int) operation) {
			case SHARED, EXCLUSIVE -> {
				boolean busy = faults.has("sync-busy") && refusedLocks++ < faults.number("sync-busy", Long.MAX_VALUE);
				if (busy || !locks.lock(open.name(), this, operation == EXCLUSIVE)) {
					throw new AfcError(AfcError.WOULD_BLOCK);
				}
			}
			case UNLOCK -> locks.unlock(open.name(), this);
			default -> throw new AfcError(AfcError.INVALID_ARGUMENT);
		}
	}

	void close(long handle) throws IOException {
		Open open = get(handle);
		files.remove(handle);
		locks.unlock(open.name(), this);
		open.channel().close();
	}

	@Override
	public void close() throws IOException {
		for (long handle : java.util.List.copyOf(files.keySet())) {
			close(handle);
		}
	}
}
