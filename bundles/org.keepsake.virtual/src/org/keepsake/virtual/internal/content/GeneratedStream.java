// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.virtual.internal.content;

import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Objects;

/**
 * Bytes made from a seed: the same seed gives the same bytes, any offset is reached at once, and nothing is stored. Word
 * {@code i} (little endian) is the {@code i}-th output of SplitMix64 (Steele, Lea, Flood: "Fast splittable pseudorandom
 * number generators", 2014) started from the seed. One thread.
 */
public final class GeneratedStream extends InputStream {

	private static final long GAMMA = 0x9E3779B97F4A7C15L;
	private static final VarHandle WORD = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

	private final long seed;
	private final long size;
	private long position;

	/** The first {@code sizeBytes} bytes of the seed. */
	public GeneratedStream(long seed, long sizeBytes) {
		this.seed = seed;
		this.size = sizeBytes;
	}

	/** The {@code index}-th number of the seed, counted from 0. */
	static long number(long seed, long index) {
		long z = seed + (index + 1) * GAMMA;
		z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
		z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
		return z ^ (z >>> 31);
	}

	@Override
	public int read() {
		if (position >= size) {
			return -1;
		}
		return byteAt(position++);
	}

	private int byteAt(long offset) {
		return (int) (number(seed, offset >>> 3) >>> ((offset & 7) << 3)) & 0xFF;
	}

	@Override
	public int read(byte[] buffer, int offset, int length) {
		Objects.checkFromIndexSize(offset, length, buffer.length);
		if (length == 0) {
			return 0;
		}
		int count = (int) Math.min(length, size - position);
		if (count <= 0) {
			return -1;
		}
		int at = offset;
		int end = offset + count;
		while (at < end && (position & 7) != 0) {
			buffer[at++] = (byte) byteAt(position++);
		}
		int words = (end - at) >>> 3;
		fill(buffer, at, words, position >>> 3);
		at += words << 3;
		position += (long) words << 3;
		while (at < end) {
			buffer[at++] = (byte) byteAt(position++);
		}
		return count;
	}

	private void fill(byte[] buffer, int at, int words, long index) {
		long state = seed + (index + 1) * GAMMA;
		for (int i = 0; i < words; i++) {
			long z = state;
			z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
			z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
			WORD.set(buffer, at + (i << 3), z ^ (z >>> 31));
			state += GAMMA;
		}
	}

	@Override
	public long skip(long count) {
		long skipped = Math.max(0, Math.min(count, size - position));
		position += skipped;
		return skipped;
	}

	@Override
	public int available() {
		return (int) Math.min(Integer.MAX_VALUE, size - position);
	}
}
