// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ios.backup.internal;

import java.util.Arrays;
import java.util.HexFormat;

/**
 * Where in {@code Manifest.mbdb} the record of a file begins, by the name under which it is stored: 16 bytes each and no
 * objects. A name may lead to several records, of which at most one is the file's. Filled by one thread, then sorted,
 * then read by any.
 */
final class MbdbTable {

	private static final int FIRST_CAPACITY = 1 << 10;

	private long[] names = new long[FIRST_CAPACITY];
	private long[] offsets = new long[FIRST_CAPACITY];
	private int count;

	/** Adds a record. */
	void add(String fileId, long offset) {
		if (count == names.length) {
			names = Arrays.copyOf(names, count * 2);
			offsets = Arrays.copyOf(offsets, count * 2);
		}
		names[count] = name(fileId);
		offsets[count++] = offset;
	}

	private static long name(String fileId) {
		return HexFormat.fromHexDigitsToLong(fileId, 0, 16);
	}

	/** Once all were added. */
	void sort() {
		names = Arrays.copyOf(names, count);
		offsets = Arrays.copyOf(offsets, count);
		// By heap sort: in place, and no order of the names makes it slow.
		for (int i = count / 2 - 1; i >= 0; i--) {
			sink(i, count);
		}
		for (int end = count - 1; end > 0; end--) {
			swap(0, end);
			sink(0, end);
		}
	}

	private void sink(int root, int end) {
		int parent = root;
		for (int child = 2 * parent + 1; child < end; child = 2 * parent + 1) {
			if (child + 1 < end && isLess(child, child + 1)) {
				child++;
			}
			if (!isLess(parent, child)) {
				return;
			}
			swap(parent, child);
			parent = child;
		}
	}

	private boolean isLess(int a, int b) {
		return names[a] < names[b] || names[a] == names[b] && offsets[a] < offsets[b];
	}

	private void swap(int a, int b) {
		long name = names[a];
		names[a] = names[b];
		names[b] = name;
		long offset = offsets[a];
		offsets[a] = offsets[b];
		offsets[b] = offset;
	}

	/** Where records that may be the file's begin, in their order; mostly one, or none. */
	long[] offsets(String fileId) {
		long name = name(fileId);
		int from = Arrays.binarySearch(names, name);
		if (from < 0) {
			return new long[0];
		}
		int to = from + 1;
		while (from > 0 && names[from - 1] == name) {
			from--;
		}
		while (to < count && names[to] == name) {
			to++;
		}
		return Arrays.copyOfRange(offsets, from, to);
	}
}
