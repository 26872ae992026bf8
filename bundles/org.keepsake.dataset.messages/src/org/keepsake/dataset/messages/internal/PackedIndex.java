// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.dataset.messages.internal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Row numbers by a key of 32 bits, in eight bytes each: which messages have attachments and reactions, for a million of
 * them, without asking the database for every one.
 */
final class PackedIndex {

	/** 80 MiB at most; who has more is not asked about the rest. */
	private static final int MOST = 10_000_000;

	private long[] packed = new long[64];
	private int size;
	private boolean sorted;

	/** Adds a row; one whose number no device ever reaches is left out. */
	void add(int key, long row) {
		if (row < 0 || row > Integer.MAX_VALUE || size >= MOST) {
			return;
		}
		if (size == packed.length) {
			packed = Arrays.copyOf(packed, 2 * size);
		}
		packed[size++] = (long) key << 32 | row;
		sorted = false;
	}

	/** The rows under the key, ascending. */
	List<Long> rows(int key) {
		if (size == 0) {
			return List.of();
		}
		if (!sorted) {
			Arrays.sort(packed, 0, size);
			sorted = true;
		}
		int found = Arrays.binarySearch(packed, 0, size, (long) key << 32);
		int at = found < 0 ? -found - 1 : found;
		if (at >= size || packed[at] >> 32 != key) {
			return List.of();
		}
		List<Long> rows = new ArrayList<>();
		while (at < size && packed[at] >> 32 == key) {
			rows.add(packed[at++] & 0xFFFF_FFFFL);
		}
		return rows;
	}
}
