// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.dataset.base;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.eclipse.jdt.annotation.Nullable;

/**
 * Small texts in JSON (RFC 8259) that databases and files of applications hold, as plain values: maps, lists, texts,
 * {@code Long}, {@code Double}, {@code Boolean}. Strangers' texts are bounded in depth and in the number of values; how
 * long they may be is the caller's to say. {@link KeyedArchive#at} finds what lies below a value.
 */
public final class JsonValues {

	private static final int MAX_DEPTH = 48;
	private static final int MAX_VALUES = 500_000;

	private final String text;
	private int at;
	private int values;

	private JsonValues(String text) {
		this.text = text;
	}

	/** The value that the bytes say in UTF-8; null if they are none, or more than is sensible. */
	public static @Nullable Object readOrNull(byte @Nullable [] utf8) {
		if (utf8 == null || utf8.length == 0) {
			return null;
		}
		JsonValues reader = new JsonValues(new String(utf8, StandardCharsets.UTF_8));
		try {
			Object value = reader.value(0);
			return reader.peek() == 0 ? value : null;
		} catch (NotJson _) {
			return null;
		}
	}

	/** Never leaves this class. */
	private static final class NotJson extends Exception {
		private static final long serialVersionUID = 1L;

		NotJson() {
			super(null, null, false, false);
		}
	}

	/** The next character that is no white space; 0 at the end. */
	private char peek() {
		while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
			at++;
		}
		return at < text.length() ? text.charAt(at) : 0;
	}

	private void expect(char character) throws NotJson {
		if (peek() != character) {
			throw new NotJson();
		}
		at++;
	}

	private @Nullable Object value(int depth) throws NotJson {
		if (depth > MAX_DEPTH || ++values > MAX_VALUES) {
			throw new NotJson();
		}
		return switch (peek()) {
			case '{' -> map(depth);
			case '[' -> list(depth);
			case '"' -> string();
			case 't' -> word("true", Boolean.TRUE);
			case 'f' -> word("false", Boolean.FALSE);
			case 'n' -> word("null", null);
			default -> number();
		};
	}

	private Map<String, @Nullable Object> map(int depth) throws NotJson {
		Map<String, @Nullable Object> map = new LinkedHashMap<>();
		at++;
		while (more('}', map.isEmpty())) {
			if (peek() != '"') {
				throw new NotJson();
			}
			String name = string();
			expect(':');
			map.put(name, value(depth + 1));
		}
		return map;
	}

	private List<@Nullable Object> list(int depth) throws NotJson {
		List<@Nullable Object> list = new ArrayList<>();
		at++;
		while (more(']', list.isEmpty())) {
			list.add(value(depth + 1));
		}
		return list;
	}

	private boolean more(char end, boolean first) throws NotJson {
		if (peek() == end) {
			at++;
			return false;
		}
		if (!first) {
			expect(',');
		}
		return true;
	}

	private @Nullable Object word(String word, @Nullable Object meaning) throws NotJson {
		if (!text.startsWith(word, at)) {
			throw new NotJson();
		}
		at += word.length();
		return meaning;
	}

	private Object number() throws NotJson {
		int from = at;
		while (at < text.length() && "+-.0123456789eE".indexOf(text.charAt(at)) >= 0) {
			at++;
		}
		String digits = text.substring(from, at);
		try {
			if (digits.length() <= 18 && digits.matches("-?\\d+")) {
				return Long.valueOf(digits);
			}
			Double number = Double.valueOf(digits);
			if (digits.length() < 64 && !number.isInfinite()) {
				return number;
			}
		} catch (NumberFormatException _) {
			// Told below.
		}
		throw new NotJson();
	}

	private String string() throws NotJson {
		StringBuilder out = new StringBuilder();
		for (at++; at < text.length(); at++) {
			char character = text.charAt(at);
			if (character == '"') {
				at++;
				return out.toString();
			}
			out.append(character == '\\' ? escaped() : character);
		}
		throw new NotJson();
	}

	private char escaped() throws NotJson {
		at++;
		char character = at < text.length() ? text.charAt(at) : 0;
		return switch (character) {
			case '"', '\\', '/' -> character;
			case 'b' -> '\b';
			case 'f' -> '\f';
			case 'n' -> '\n';
			case 'r' -> '\r';
			case 't' -> '\t';
			case 'u' -> {
				at += 4;
				String digits = at < text.length() ? text.substring(at - 3, at + 1) : "";
				if (!digits.matches("[0-9A-Fa-f]{4}")) {
					throw new NotJson();
				}
				yield (char) Integer.parseInt(digits, 16);
			}
			default -> throw new NotJson();
		};
	}
}
