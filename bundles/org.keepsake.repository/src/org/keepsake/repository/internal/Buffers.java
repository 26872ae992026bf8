// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.repository.internal;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

import org.eclipse.jdt.annotation.Nullable;

/** Large buffers that are used again, of 1, 2, 4 and 8 MiB and a little. Thread-safe. */
final class Buffers {

	/** Room behind a chunk of the largest size, so that one read beyond it needs no other buffer. */
	static final int ROOM = 1 << 18;

	private static final int SMALLEST = 1 << 20;
	private static final long KEPT = 16 << 20;

	private final List<Deque<byte[]>> free = List.of(new ArrayDeque<>(), new ArrayDeque<>(), new ArrayDeque<>(),
			new ArrayDeque<>());
	private long freeBytes;

	/** A buffer of at least so many bytes; smaller ones are made each time. */
	synchronized byte[] take(int size) {
		if (size < SMALLEST) {
			return new byte[size];
		}
		int kind = kind(size);
		byte @Nullable [] buffer = free.get(kind).pollFirst();
		if (buffer == null) {
			return new byte[(SMALLEST << kind) + ROOM];
		}
		freeBytes -= buffer.length;
		return buffer;
	}

	private static int kind(int size) {
		int kind = 0;
		while ((SMALLEST << kind) + ROOM < size) {
			kind++;
		}
		return kind;
	}

	synchronized void release(byte[] buffer) {
		if (buffer.length >= SMALLEST + ROOM && freeBytes + buffer.length <= KEPT) {
			free.get(kind(buffer.length)).addFirst(buffer);
			freeBytes += buffer.length;
		}
	}
}
