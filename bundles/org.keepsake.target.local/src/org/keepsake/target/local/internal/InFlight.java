// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.target.local.internal;

import java.io.Closeable;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

import org.keepsake.core.target.TreePath;

/**
 * Remembers which file is being received, so that the half of it that a killed process leaves can be told from a whole
 * file. The name is in memory that is mapped from a file: setting it costs no call of the system, and it outlives the
 * process. One file at a time; a second one at the same time is received under another name.
 */
final class InFlight implements Closeable {

	private static final int SIZE = 8192;

	private final Arena arena = Arena.ofShared();
	private final MemorySegment memory;

	/** Makes the file. It was looked at and removed before. */
	InFlight(Path file) throws IOException {
		boolean mapped = false;
		try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ,
				StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)) {
			memory = channel.map(MapMode.READ_WRITE, 0, SIZE, arena);
			clear();
			mapped = true;
		} finally {
			if (!mapped) {
				arena.close();
			}
		}
	}

	/** Whether no file is being received. */
	boolean isFree() {
		return memory.get(ValueLayout.JAVA_INT, 0) == 0;
	}

	/** A file of this name is about to be made. The length comes last: without it the name does not count. */
	void set(TreePath path) {
		byte[] name = path.value().getBytes(StandardCharsets.UTF_8);
		MemorySegment.copy(name, 0, memory, ValueLayout.JAVA_BYTE, Integer.BYTES, name.length);
		memory.set(ValueLayout.JAVA_INT, 0, name.length);
	}

	/** The file is whole, or gone. */
	void clear() {
		memory.set(ValueLayout.JAVA_INT, 0, 0);
	}

	/** The file that a killed process was receiving, if it was. */
	static Optional<TreePath> left(Path file) throws IOException {
		Optional<byte[]> bytes = SmallFile.read(file, SIZE);
		if (bytes.isEmpty() || bytes.get().length != SIZE) {
			return Optional.empty();
		}
		MemorySegment memory = MemorySegment.ofArray(bytes.get());
		int length = memory.get(ValueLayout.JAVA_INT_UNALIGNED, 0);
		if (length <= 0 || length > SIZE - Integer.BYTES) {
			return Optional.empty();
		}
		String name = new String(bytes.get(), Integer.BYTES, length, StandardCharsets.UTF_8);
		return TreePath.isAllowed(name) && !name.isEmpty() ? Optional.of(new TreePath(name)) : Optional.empty();
	}

	/** Removes the half file that a killed process left below the root. */
	static void removeLeft(Path file, Path root) throws IOException {
		Optional<TreePath> left = left(file);
		if (left.isPresent()) {
			Path half = Entries.resolve(root, left.get());
			if (Files.isRegularFile(half, LinkOption.NOFOLLOW_LINKS) && isInside(half, root)) {
				Files.delete(half);
			}
		}
		Files.deleteIfExists(file);
	}

	private static boolean isInside(Path file, Path root) {
		for (Path above = file.getParent(); above != null && !above.equals(root); above = above.getParent()) {
			if (Files.isSymbolicLink(above)) {
				return false;
			}
		}
		return true;
	}

	@Override
	public void close() {
		if (arena.scope().isAlive()) {
			arena.close();
		}
	}
}
