// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ui.internal.inside;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Chooses the columns that tell something, by the first records. Not thread-safe. */
final class ColumnChoice {

	private static final int SAMPLE = 400;
	private static final int MOST = 14;
	private static final int FEW = 5;
	/** Date and headline. */
	private static final int FIXED = 2;

	private final List<Column> all;
	private final ZoneId zone;
	private final BitSet telling = new BitSet();
	private final BitSet differing = new BitSet();
	private final Map<Integer, String> texts = new HashMap<>();
	private boolean dated;
	private int sampled;

	ColumnChoice(List<Column> all, ZoneId zone) {
		this.all = all;
		this.zone = zone;
	}

	/** Looks at a record. @return whether it was the last one that matters */
	boolean sample(Entry entry) {
		if (sampled >= SAMPLE) {
			return false;
		}
		dated |= entry.date() != null;
		for (int i = FIXED; i < all.size(); i++) {
			if (all.get(i).tells(entry)) {
				telling.set(i);
				String text = all.get(i).text(entry, zone);
				String before = texts.putIfAbsent(Integer.valueOf(i), text);
				if (before != null && !before.equals(text)) {
					differing.set(i);
				}
			} else {
				differing.set(i);
			}
		}
		return ++sampled == SAMPLE;
	}

	/** Those that differ between the records; of few records all that have a value. */
	List<Column> columns() {
		List<Column> chosen = new ArrayList<>(all.subList(dated || sampled == 0 ? 0 : 1, FIXED));
		for (int i = FIXED; i < all.size() && chosen.size() < MOST; i++) {
			if (telling.get(i) && (differing.get(i) || sampled < FEW)) {
				chosen.add(all.get(i));
			}
		}
		return List.copyOf(chosen);
	}
}
