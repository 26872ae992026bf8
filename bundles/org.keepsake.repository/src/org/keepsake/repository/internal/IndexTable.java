// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.repository.internal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.keepsake.repository.BlobId;
import org.keepsake.repository.BlobType;

/**
 * Where every blob lies, in primitive arrays: 48 bytes a blob, and 5 to 11 for finding it. A blob may lie in several
 * packs. Entries have numbers from 0 on, which stay. Thread-safe.
 */
final class IndexTable {

	/** No such entry. */
	static final int NONE = -1;

	private static final int SEGMENT_BITS = 14;
	private static final int SEGMENT = 1 << SEGMENT_BITS;
	private static final int PACK = 0;
	private static final int OFFSET = 1;
	private static final int LENGTH = 2;
	private static final int UNCOMPRESSED = 3;

	private final List<long[]> ids = new ArrayList<>();
	private final List<int[]> places = new ArrayList<>();
	private final List<BlobId> packs = new ArrayList<>();
	private final Map<BlobId, Integer> packNumbers = new HashMap<>();
	/** Numbers of entries plus 1, at the place their id says or behind it. */
	private int[] slots = new int[1 << 10];
	private int size;

	synchronized int size() {
		return size;
	}

	synchronized int packCount() {
		return packs.size();
	}

	synchronized BlobId pack(int number) {
		return packs.get(number);
	}

	/** The number of a pack, or {@link #NONE}. */
	synchronized int packNumber(BlobId pack) {
		return packNumbers.getOrDefault(pack, NONE);
	}

	/** Adds a pack with its blobs; what is there already is not added again. */
	synchronized void add(BlobId pack, List<PackedBlob> blobs) {
		int number = packNumbers.computeIfAbsent(pack, p -> {
			packs.add(p);
			return packs.size() - 1;
		});
		for (PackedBlob blob : blobs) {
			add(number, blob);
		}
	}

	private void add(int pack, PackedBlob blob) {
		if ((size + 1) * 4L > slots.length * 3L) {
			grow();
		}
		int mask = slots.length - 1;
		int slot = slot(blob.id().word(0), mask);
		int packAndType = pack << 1 | blob.type().ordinal();
		while (slots[slot] != 0) {
			int entry = slots[slot] - 1;
			if (place(entry, PACK) == packAndType && place(entry, OFFSET) == blob.offset() && is(entry, blob.id())) {
				return;
			}
			slot = slot + 1 & mask;
		}
		int segment = size >>> SEGMENT_BITS;
		if (segment == ids.size()) {
			ids.add(new long[SEGMENT * 4]);
			places.add(new int[SEGMENT * 4]);
		}
		int at = (size & SEGMENT - 1) * 4;
		for (int i = 0; i < 4; i++) {
			ids.get(segment)[at + i] = blob.id().word(i);
		}
		int[] place = places.get(segment);
		place[at + PACK] = packAndType;
		place[at + OFFSET] = blob.offset();
		place[at + LENGTH] = blob.length();
		place[at + UNCOMPRESSED] = blob.uncompressed();
		slots[slot] = ++size;
	}

	private void grow() {
		int[] larger = new int[slots.length * 2];
		int mask = larger.length - 1;
		for (int entry = 0; entry < size; entry++) {
			int slot = slot(ids.get(entry >>> SEGMENT_BITS)[(entry & SEGMENT - 1) * 4], mask);
			while (larger[slot] != 0) {
				slot = slot + 1 & mask;
			}
			larger[slot] = entry + 1;
		}
		slots = larger;
	}

	/** An id is a digest: its bits are spread already. */
	private static int slot(long word, int mask) {
		return (int) word & mask;
	}

	private int place(int entry, int what) {
		return places.get(entry >>> SEGMENT_BITS)[(entry & SEGMENT - 1) * 4 + what];
	}

	private boolean is(int entry, BlobId id) {
		long[] segment = ids.get(entry >>> SEGMENT_BITS);
		int at = (entry & SEGMENT - 1) * 4;
		return segment[at] == id.word(0) && segment[at + 1] == id.word(1) && segment[at + 2] == id.word(2)
				&& segment[at + 3] == id.word(3);
	}

	/** The first entry of a blob, or {@link #NONE}. */
	synchronized int find(BlobId id, BlobType type) {
		int mask = slots.length - 1;
		for (int slot = slot(id.word(0), mask); slots[slot] != 0; slot = slot + 1 & mask) {
			int entry = slots[slot] - 1;
			if ((place(entry, PACK) & 1) == type.ordinal() && is(entry, id)) {
				return entry;
			}
		}
		return NONE;
	}

	/** All entries of a blob. */
	synchronized int[] findAll(BlobId id, BlobType type) {
		int[] found = new int[2];
		int count = 0;
		int mask = slots.length - 1;
		for (int slot = slot(id.word(0), mask); slots[slot] != 0; slot = slot + 1 & mask) {
			int entry = slots[slot] - 1;
			if ((place(entry, PACK) & 1) == type.ordinal() && is(entry, id)) {
				if (count == found.length) {
					found = Arrays.copyOf(found, count * 2);
				}
				found[count++] = entry;
			}
		}
		return Arrays.copyOf(found, count);
	}

	/** What an entry says. */
	synchronized PackedBlob blob(int entry) {
		long[] segment = ids.get(entry >>> SEGMENT_BITS);
		int at = (entry & SEGMENT - 1) * 4;
		BlobId id = new BlobId(segment[at], segment[at + 1], segment[at + 2], segment[at + 3]);
		return new PackedBlob(id, type(entry), place(entry, OFFSET), place(entry, LENGTH), place(entry, UNCOMPRESSED));
	}

	synchronized BlobType type(int entry) {
		return (place(entry, PACK) & 1) == 0 ? BlobType.DATA : BlobType.TREE;
	}

	/** The number of the pack an entry lies in. */
	synchronized int packOf(int entry) {
		return place(entry, PACK) >>> 1;
	}

	synchronized int offset(int entry) {
		return place(entry, OFFSET);
	}

	synchronized int length(int entry) {
		return place(entry, LENGTH);
	}

	/** Bytes of the content of an entry. */
	synchronized int plainLength(int entry) {
		int uncompressed = place(entry, UNCOMPRESSED);
		return uncompressed > 0 ? uncompressed : place(entry, LENGTH) - Seal.OVERHEAD;
	}

	synchronized boolean isCompressed(int entry) {
		return place(entry, UNCOMPRESSED) > 0;
	}

	/** All entries in the order of packs and offsets, and where each pack's begin: for work pack by pack. */
	synchronized ByPack byPack() {
		int[] starts = new int[packs.size() + 1];
		for (int entry = 0; entry < size; entry++) {
			starts[packOf(entry) + 1]++;
		}
		for (int i = 1; i < starts.length; i++) {
			starts[i] += starts[i - 1];
		}
		int[] next = starts.clone();
		int[] entries = new int[size];
		for (int entry = 0; entry < size; entry++) {
			entries[next[packOf(entry)]++] = entry;
		}
		return new ByPack(starts, entries);
	}

	/**
	 * Entries by pack: those of pack n from {@code starts[n]} to before {@code starts[n + 1]}.
	 *
	 * @param starts  one more than there are packs
	 * @param entries numbers of entries
	 */
	record ByPack(int[] starts, int[] entries) {
	}
}
