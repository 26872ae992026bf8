// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.repository.internal;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.stream.IntStream;

import org.eclipse.jdt.annotation.Nullable;

/**
 * Buffers that are used again, of 64 KiB to 8 MiB in powers of two and a little: what is thrown away stays in memory
 * until it is collected. Thread-safe.
 */
final class Buffers {

	/** Room behind a chunk of the largest size, so that one read beyond it needs no other buffer. */
	static final int ROOM = 1 << 18;

	private static final int SMALLEST = 1 << 16;
	private static final int KINDS = 8;
	private static final int LARGE = 1 << 20;
	private static final long KEPT = 40 << 20;

	private final List<Deque<byte[]>> free = IntStream.range(0, KINDS).<Deque<byte[]>>mapToObj(_ -> new ArrayDeque<>())
			.toList();
	private long freeBytes;

	/** A buffer of at least so many bytes. */
	synchronized byte[] take(int size) {
		int kind = 0;
		while (length(kind) < size) {
			kind++;
		}
		byte @Nullable [] buffer = free.get(kind).pollFirst();
		if (buffer == null) {
			return new byte[length(kind)];
		}
		freeBytes -= buffer.length;
		return buffer;
	}

	private static int length(int kind) {
		int length = SMALLEST << kind;
		return length < LARGE ? length : length + ROOM;
	}

	/** Gives a buffer back; one that came from elsewhere is left alone. */
	synchronized void release(byte[] buffer) {
		for (int kind = 0; kind < KINDS; kind++) {
			if (buffer.length == length(kind) && freeBytes + buffer.length <= KEPT) {
				free.get(kind).addFirst(buffer);
				freeBytes += buffer.length;
			}
		}
	}
}
