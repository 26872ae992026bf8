// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.export.internal;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;

import org.eclipse.jdt.annotation.Nullable;

/**
 * A record type laid out as a table: each component is a column, each component of a nested record one of its own
 * ({@code place.latitude}); lists are written into one cell. Bytes have no column.
 */
final class Cells {

	private static final int MAX_DEPTH = 4;

	private final List<List<String>> paths = new ArrayList<>();

	Cells(Class<?> type) {
		add(type, List.of(), 0);
	}

	private void add(Class<?> type, List<String> above, int depth) {
		RecordComponent[] components = type.getRecordComponents();
		if (components == null) {
			return;
		}
		for (RecordComponent component : components) {
			List<String> path = new ArrayList<>(above);
			path.add(component.getName());
			if (component.getType().isRecord() && depth < MAX_DEPTH) {
				add(component.getType(), path, depth + 1);
			} else if (component.getType() != byte[].class) {
				paths.add(List.copyOf(path));
			}
		}
	}

	/** The headings. */
	List<String> headings() {
		return paths.stream().map(path -> String.join(".", path)).toList();
	}

	/** The row of a record's values; null where there is nothing. */
	List<@Nullable Object> row(Map<String, @Nullable Object> values) {
		List<@Nullable Object> row = new ArrayList<>();
		for (List<String> path : paths) {
			Object value = values;
			for (String name : path) {
				value = value instanceof Map<?, ?> map ? map.get(name) : null;
			}
			row.add(value instanceof Map<?, ?> || value instanceof Iterable<?> ? inOne(value) : value);
		}
		return row;
	}

	/** Any value as one line for a person: elements of a list separated by semicolons. */
	static String inOne(@Nullable Object value) {
		return switch (value) {
			case null -> "";
			case Iterable<?> elements -> joined("; ", elements);
			case Map<?, ?> map -> {
				List<String> parts = new ArrayList<>();
				map.forEach((name, part) -> {
					String text = inOne(part);
					if (!text.isEmpty()) {
						parts.add(text);
					}
				});
				yield String.join(parts.size() == 2 ? ": " : ", ", parts);
			}
			case byte[] _ -> "";
			default -> value.toString();
		};
	}

	private static String joined(String separator, Iterable<?> elements) {
		StringJoiner joined = new StringJoiner(separator);
		for (Object element : elements) {
			String text = inOne(element);
			if (!text.isEmpty()) {
				joined.add(text);
			}
		}
		return joined.toString();
	}
}
