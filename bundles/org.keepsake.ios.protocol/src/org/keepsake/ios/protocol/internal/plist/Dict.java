// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ios.protocol.internal.plist;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.eclipse.jdt.annotation.Nullable;

/** A dictionary whose values are asked for by type: what is missing or of another type is null. Immutable view. */
public final class Dict {

	/** A dictionary without entries. */
	public static final Dict EMPTY = new Dict(Map.of());

	private final Map<?, ?> values;

	private Dict(Map<?, ?> values) {
		this.values = values;
	}

	/** A view of the map. */
	public static Dict of(Map<?, ?> values) {
		return new Dict(values);
	}

	/** A new map with the entries, to be changed or written. */
	public Map<String, Object> toMap() {
		Map<String, Object> copy = new LinkedHashMap<>();
		for (Map.Entry<?, ?> entry : values.entrySet()) {
			if (entry.getKey() instanceof String key && entry.getValue() != null) {
				copy.put(key, entry.getValue());
			}
		}
		return copy;
	}

	/** Whether there is no entry. */
	public boolean isEmpty() {
		return values.isEmpty();
	}

	/** Whether there is a value of any type. */
	public boolean has(String key) {
		return values.containsKey(key);
	}

	/** The value, of whatever type. */
	public @Nullable Object get(String key) {
		return values.get(key);
	}

	/** A string, or null. */
	public @Nullable String string(String key) {
		return values.get(key) instanceof String text ? text : null;
	}

	/** A string, or the other text. */
	public String string(String key, String otherwise) {
		return values.get(key) instanceof String text ? text : otherwise;
	}

	/** An integer, also from a whole real or a decimal text, or null. */
	public @Nullable Long integer(String key) {
		Object value = values.get(key);
		if (value instanceof Long number) {
			return number;
		}
		if (value instanceof Double number && Math.rint(number) == number && Math.abs(number) < 1L << 53) {
			return number.longValue();
		}
		if (value instanceof String text && text.matches("-?\\d{1,18}")) {
			return Long.valueOf(text);
		}
		return null;
	}

	/** An integer, or the other one. */
	public long integer(String key, long otherwise) {
		Long number = integer(key);
		return number == null ? otherwise : number;
	}

	/** A real, also from an integer, or null. */
	public @Nullable Double real(String key) {
		return values.get(key) instanceof Number number ? Double.valueOf(number.doubleValue()) : null;
	}

	/** A boolean, also from an integer, or null. */
	public @Nullable Boolean bool(String key) {
		Object value = values.get(key);
		if (value instanceof Boolean flag) {
			return flag;
		}
		return value instanceof Long number ? Boolean.valueOf(number != 0) : null;
	}

	/** A boolean, false where there is none. */
	public boolean isTrue(String key) {
		return Boolean.TRUE.equals(bool(key));
	}

	/** Data, or the UTF-8 of a string, or null. */
	public byte @Nullable [] data(String key) {
		Object value = values.get(key);
		if (value instanceof byte[] bytes) {
			return bytes;
		}
		return value instanceof String text ? text.getBytes(java.nio.charset.StandardCharsets.UTF_8) : null;
	}

	/** A date, or null. */
	public @Nullable Instant date(String key) {
		return values.get(key) instanceof Instant instant ? instant : null;
	}

	/** A dictionary, or null. */
	public @Nullable Dict dict(String key) {
		return values.get(key) instanceof Map<?, ?> map ? new Dict(map) : null;
	}

	/** A dictionary, empty where there is none. */
	public Dict dictOrEmpty(String key) {
		return values.get(key) instanceof Map<?, ?> map ? new Dict(map) : EMPTY;
	}

	/** The dictionaries of an array; anything else in it is left out, and a missing array is empty. */
	public List<Dict> dicts(String key) {
		List<Dict> dicts = new ArrayList<>();
		if (values.get(key) instanceof List<?> list) {
			for (Object element : list) {
				if (element instanceof Map<?, ?> map) {
					dicts.add(new Dict(map));
				}
			}
		}
		return dicts;
	}

	/** Shows the keys only: values may be secret. */
	@Override
	public String toString() {
		return "Dict" + values.keySet();
	}
}
