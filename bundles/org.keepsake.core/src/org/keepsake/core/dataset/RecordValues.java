// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.core.dataset;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.eclipse.jdt.annotation.Nullable;

/**
 * What a record consists of, for who does not know its kind: exporters, comparisons, a window's details. Nested records
 * become maps by the names of their components in the order of their declaration, collections become lists; texts,
 * numbers, booleans, enums, byte arrays and the types of {@code java.time} stay as they are.
 */
public final class RecordValues {

	private static final int MAX_DEPTH = 16;

	private static final ClassValue<RecordComponent[]> COMPONENTS = new ClassValue<>() {
		@Override
		protected RecordComponent[] computeValue(@Nullable Class<?> type) {
			return type == null ? new RecordComponent[0] : type.getRecordComponents();
		}
	};

	private RecordValues() {
	}

	/** The names of a record type's components, in the order of their declaration. */
	public static List<String> names(Class<? extends DataRecord> type) {
		RecordComponent[] components = COMPONENTS.get(type);
		if (components == null) {
			return List.of();
		}
		List<String> names = new ArrayList<>();
		for (RecordComponent component : components) {
			names.add(component.getName());
		}
		return List.copyOf(names);
	}

	/** The components of a record by name, in the order of their declaration; a new map. */
	public static Map<String, @Nullable Object> of(DataRecord entry) {
		return entry instanceof Record components ? components(components, 0) : new LinkedHashMap<>();
	}

	private static Map<String, @Nullable Object> components(Record components, int depth) {
		Map<String, @Nullable Object> values = new LinkedHashMap<>();
		RecordComponent[] declared = COMPONENTS.get(components.getClass());
		if (declared != null && depth < MAX_DEPTH) {
			for (RecordComponent component : declared) {
				values.put(component.getName(), value(read(components, component), depth));
			}
		}
		return values;
	}

	private static @Nullable Object value(@Nullable Object value, int depth) {
		return switch (value) {
			case null -> null;
			case Record nested -> components(nested, depth + 1);
			case Map<?, ?> map -> map(map, depth + 1);
			case Iterable<?> elements when !(elements instanceof java.nio.file.Path) -> list(elements, depth + 1);
			default -> value;
		};
	}

	private static Map<String, @Nullable Object> map(Map<?, ?> map, int depth) {
		Map<String, @Nullable Object> values = new LinkedHashMap<>();
		if (depth < MAX_DEPTH) {
			map.forEach((key, element) -> values.put(String.valueOf(key), value(element, depth)));
		}
		return values;
	}

	private static List<@Nullable Object> list(Iterable<?> elements, int depth) {
		List<@Nullable Object> values = new ArrayList<>();
		if (depth < MAX_DEPTH) {
			for (Object element : elements) {
				values.add(value(element, depth));
			}
		}
		return values;
	}

	private static @Nullable Object read(Record components, RecordComponent component) {
		try {
			return component.getAccessor().invoke(components);
		} catch (IllegalAccessException e) {
			throw new IllegalStateException("The record " + components.getClass().getName() + " is not public", e);
		} catch (InvocationTargetException e) {
			throw new IllegalStateException("The component " + component.getName() + " of "
					+ components.getClass().getName() + " does not tell its value", e.getCause());
		}
	}
}
