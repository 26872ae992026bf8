// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ui.internal.inside;

import java.io.IOException;
import java.text.Collator;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

import org.eclipse.jdt.annotation.Nullable;

/** Puts rows into another order. */
final class Sorting {

	private Sorting() {
	}

	/** By date; entries without one come last. */
	static int[] byDate(Spool spool, boolean descending) {
		long[] dates = spool.dates();
		long[] moments = dates.clone();
		Arrays.setAll(moments, i -> dates[i] == Spool.NO_DATE ? Long.MAX_VALUE : descending ? ~dates[i] : dates[i]);
		return order(moments);
	}

	/** A stable order by number, without an object a row. */
	private static int[] order(long[] numbers) {
		int[] order = IntStream.range(0, numbers.length).toArray();
		int[] from = order.clone();
		merge(numbers, from, order, 0, order.length);
		return order;
	}

	private static void merge(long[] numbers, int[] from, int[] to, int start, int end) {
		if (end - start < 2) {
			return;
		}
		int middle = (start + end) >>> 1;
		merge(numbers, to, from, start, middle);
		merge(numbers, to, from, middle, end);
		int left = start;
		int right = middle;
		for (int i = start; i < end; i++) {
			boolean takeLeft = left < middle && (right >= end || numbers[from[left]] <= numbers[from[right]]);
			to[i] = takeLeft ? from[left++] : from[right++];
		}
	}

	/** By what a column shows; what shows nothing comes last. */
	static int[] byText(Spool spool, Column column, ZoneId zone, boolean descending) throws IOException {
		int size = spool.size();
		Object[] values = new Object[size];
		for (int row = 0; row < size; row++) {
			Entry entry = spool.get(row);
			Object value = column.path().isEmpty() ? entry.headline() : entry.value(column.path());
			values[row] = value instanceof Comparable<?> && !(value instanceof String) ? value
					: column.text(entry, zone);
		}
		Collator words = Collator.getInstance();
		words.setStrength(Collator.SECONDARY);
		Comparator<Object> comparator = (a, b) -> compare(words, a, b);
		Comparator<Object> wanted = descending ? comparator.reversed() : comparator;
		return IntStream.range(0, size).boxed().sorted((a, b) -> {
			Object left = values[a.intValue()];
			Object right = values[b.intValue()];
			boolean none = "".equals(left);
			return none || "".equals(right) ? Boolean.compare(none, "".equals(right)) : wanted.compare(left, right);
		}).mapToInt(Integer::intValue).toArray();
	}

	@SuppressWarnings("unchecked")
	private static int compare(Collator words, @Nullable Object a, @Nullable Object b) {
		if (a instanceof String || b instanceof String || a == null || b == null || a.getClass() != b.getClass()) {
			return words.compare(String.valueOf(a), String.valueOf(b));
		}
		return ((Comparable<Object>) a).compareTo(b);
	}
}
