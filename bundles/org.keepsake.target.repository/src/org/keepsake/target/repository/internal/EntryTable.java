// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.target.repository.internal;

import java.util.ArrayList;
import java.util.List;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.repository.TreeBuilder;

/** The entries of a folder by their names: a hash table of six bytes an entry, since there are a million of them. */
final class EntryTable {

	private static final int LEAST = 8;

	private @Nullable Entry[] slots;
	private int size;

	/** @param expected about how many entries will come */
	EntryTable(int expected) {
		int length = LEAST;
		while (length * 3L / 4 <= expected) {
			length *= 2;
		}
		slots = new @Nullable Entry[length];
	}

	int size() {
		return size;
	}

	@Nullable
	Entry get(String name) {
		return slots[find(name)];
	}

	/** Adds an entry in place of any other of its name. @return the other */
	@Nullable
	Entry put(Entry entry) {
		int at = find(entry.name());
		Entry before = slots[at];
		slots[at] = entry;
		if (before == null && ++size > slots.length * 3L / 4) {
			grow();
		}
		return before;
	}

	/** Removes an entry. @return the entry, if there was one */
	@Nullable
	Entry remove(String name) {
		int hole = find(name);
		Entry removed = slots[hole];
		if (removed == null) {
			return null;
		}
		size--;
		slots[hole] = null;
		int mask = slots.length - 1;
		for (int at = hole + 1 & mask; slots[at] != null; at = at + 1 & mask) {
			Entry entry = slots[at];
			if (entry != null) {
				int wanted = slot(entry.name());
				// Whoever would not be found any more behind the hole moves into it.
				if ((at - wanted & mask) >= (at - hole & mask)) {
					slots[hole] = entry;
					slots[at] = null;
					hole = at;
				}
			}
		}
		return removed;
	}

	/** All, in the order in which trees have them. */
	List<Entry> sorted() {
		List<Entry> entries = all();
		entries.sort((a, b) -> TreeBuilder.compareNames(a.name(), b.name()));
		return entries;
	}

	/** All, in no order. */
	List<Entry> all() {
		List<Entry> entries = new ArrayList<>(size);
		for (Entry entry : slots) {
			if (entry != null) {
				entries.add(entry);
			}
		}
		return entries;
	}

	private int find(String name) {
		int mask = slots.length - 1;
		int at = slot(name);
		for (Entry entry = slots[at]; entry != null && !entry.name().equals(name); entry = slots[at]) {
			at = at + 1 & mask;
		}
		return at;
	}

	private int slot(String name) {
		int hash = name.hashCode() * 0x9e3779b9;
		return (hash ^ hash >>> 16) & slots.length - 1;
	}

	private void grow() {
		@Nullable
		Entry[] before = slots;
		slots = new @Nullable Entry[before.length * 2];
		for (Entry entry : before) {
			if (entry != null) {
				slots[find(entry.name())] = entry;
			}
		}
	}
}
