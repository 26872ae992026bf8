// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ios.backup.internal;

import java.util.Arrays;
import java.util.HexFormat;

/**
 * The stored files that were found, by name: 28 bytes each and no objects, since there may be more than a million. Open
 * addressing; names are hashes already, but hostile ones may collide, so that probes are spread. Not thread-safe.
 */
final class PayloadTable {

	/** There is no such file. */
	static final long ABSENT = -1;
	/** There is something, but it is no regular file. */
	static final long NO_FILE = -2;

	private static final int FIRST_CAPACITY = 1 << 12;
	private static final long FREE = Long.MIN_VALUE;
	private static final long SEEN = 1L << 62;

	private final long seed;
	private long[] high = new long[FIRST_CAPACITY];
	private long[] middle = new long[FIRST_CAPACITY];
	private int[] low = new int[FIRST_CAPACITY];
	private long[] sizes = free(FIRST_CAPACITY);
	private int count;

	/** @param seed spreads the names; any number that whoever made the backup did not know */
	PayloadTable(long seed) {
		this.seed = seed | 1;
	}

	private static long[] free(int capacity) {
		long[] sizes = new long[capacity];
		Arrays.fill(sizes, FREE);
		return sizes;
	}

	/** How many files there are. */
	int count() {
		return count;
	}

	/** Puts a file. @param fileId valid @param size {@link #NO_FILE} or at least 0 */
	void put(String fileId, long size) {
		if (count >= sizes.length / 3 * 2) {
			grow();
		}
		int slot = slot(part(fileId, 0), part(fileId, 16), (int) part(fileId, 32));
		if (sizes[slot] == FREE) {
			count++;
		}
		high[slot] = part(fileId, 0);
		middle[slot] = part(fileId, 16);
		low[slot] = (int) part(fileId, 32);
		sizes[slot] = size < 0 ? size : Math.min(size, SEEN - 1);
	}

	/** The size of a file, or one of the constants; from now on it counts as seen. @param fileId valid */
	long see(String fileId) {
		int slot = slot(part(fileId, 0), part(fileId, 16), (int) part(fileId, 32));
		long size = sizes[slot];
		if (size == FREE) {
			return ABSENT;
		}
		if (size >= 0) {
			sizes[slot] = size | SEEN;
		}
		return size < 0 ? size : size & ~SEEN;
	}

	/** How many files nobody asked for. */
	int unseen() {
		int unseen = 0;
		for (long size : sizes) {
			if (size >= 0 && (size & SEEN) == 0) {
				unseen++;
			}
		}
		return unseen;
	}

	private static long part(String fileId, int from) {
		return from == 32 ? HexFormat.fromHexDigits(fileId, 32, 40)
				: HexFormat.fromHexDigitsToLong(fileId, from, from + 16);
	}

	private int slot(long first, long second, int third) {
		int mask = sizes.length - 1;
		int slot = (int) ((first ^ second * 31 ^ third) * seed >>> 33) & mask;
		while (sizes[slot] != FREE && (high[slot] != first || middle[slot] != second || low[slot] != third)) {
			slot = slot + 1 & mask;
		}
		return slot;
	}

	private void grow() {
		long[] oldHigh = high;
		long[] oldMiddle = middle;
		int[] oldLow = low;
		long[] oldSizes = sizes;
		int capacity = oldSizes.length * 2;
		high = new long[capacity];
		middle = new long[capacity];
		low = new int[capacity];
		sizes = free(capacity);
		for (int i = 0; i < oldSizes.length; i++) {
			if (oldSizes[i] != FREE) {
				int slot = slot(oldHigh[i], oldMiddle[i], oldLow[i]);
				high[slot] = oldHigh[i];
				middle[slot] = oldMiddle[i];
				low[slot] = oldLow[i];
				sizes[slot] = oldSizes[i];
			}
		}
	}
}
