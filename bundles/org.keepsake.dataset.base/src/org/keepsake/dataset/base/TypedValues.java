// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.dataset.base;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.dataset.base.AttributedText.Run;
import org.keepsake.dataset.base.TypedStream.Thing;
import org.keepsake.dataset.base.TypedStream.Type;

/** Makes plain values of the objects that a typed stream holds. */
final class TypedValues {

	private final boolean whole;
	private int given;

	/** @param whole whether the stream could be read to its end */
	TypedValues(boolean whole) {
		this.whole = whole;
	}

	/** What is stored, as plain values of Java; null where it is too deep or too often referred to. */
	@Nullable
	Object plain(@Nullable Object stored, int depth) {
		if (depth > TypedStream.MAX_DEPTH || ++given > TypedStream.MAX_VALUES) {
			return null;
		}
		if (stored instanceof List<?> list) {
			return list(list, 0, depth);
		}
		if (!(stored instanceof Thing thing)) {
			return stored instanceof Type type ? type.name() : stored;
		}
		List<@Nullable Object> parts = thing.values;
		if (thing.is("NSString")) {
			return string(thing);
		}
		if (thing.is("NSAttributedString")) {
			return attributed(parts, depth);
		}
		if (thing.is("NSDictionary")) {
			return map(parts, depth);
		}
		if (thing.is("NSArray") || thing.is("NSSet")) {
			return list(parts, 1, depth);
		}
		if (thing.is("NSURL")) {
			return parts.isEmpty() ? null : plain(parts.getLast(), depth + 1);
		}
		if (thing.is("NSValue") || thing.is("NSData")) {
			return parts.size() < 2 ? null : plain(parts.get(1), depth + 1);
		}
		if (thing.is("NSDate")) {
			return !parts.isEmpty() && parts.getFirst() instanceof Number seconds ? AppleTime.cocoa(seconds) : null;
		}
		return list(parts, 0, depth);
	}

	private static String string(Thing thing) {
		return !thing.values.isEmpty() && thing.values.getFirst() instanceof byte[] utf8
				? new String(utf8, StandardCharsets.UTF_8)
				: "";
	}

	private List<Object> list(List<?> stored, int from, int depth) {
		List<Object> elements = new ArrayList<>();
		for (int i = from; i < stored.size(); i++) {
			Object element = plain(stored.get(i), depth + 1);
			if (element != null) {
				elements.add(element);
			}
		}
		return elements;
	}

	private Map<String, Object> map(List<@Nullable Object> parts, int depth) {
		Map<String, Object> map = new LinkedHashMap<>();
		for (int i = 1; i + 1 < parts.size(); i += 2) {
			Object key = plain(parts.get(i), depth + 1);
			Object value = plain(parts.get(i + 1), depth + 1);
			if (key != null && value != null) {
				map.put(key.toString(), value);
			}
		}
		return map;
	}

	/** Behind the text come pairs: the number of a set of attributes, counted as they first occur, and a length. */
	private AttributedText attributed(List<@Nullable Object> parts, int depth) {
		String text = !parts.isEmpty() && parts.getFirst() instanceof Thing thing && thing.is("NSString")
				? string(thing)
				: "";
		Map<Long, Map<String, Object>> sets = new LinkedHashMap<>();
		List<Run> runs = new ArrayList<>();
		int from = 0;
		for (int i = 1; i + 1 < parts.size() && from < text.length(); i += 2) {
			if (!(parts.get(i) instanceof Long set) || !(parts.get(i + 1) instanceof Long length)) {
				break;
			}
			Map<String, Object> attributes = sets.get(set);
			if (attributes == null) {
				attributes = i + 2 < parts.size() && parts.get(i + 2) instanceof Thing thing && thing.is("NSDictionary")
						? map(thing.values, depth + 1)
						: Map.of();
				sets.put(set, attributes);
				i++;
			}
			int to = Math.clamp(from + length, from, text.length());
			runs.add(new Run(from, to, attributes));
			from = to;
		}
		return new AttributedText(text, runs, whole);
	}
}
