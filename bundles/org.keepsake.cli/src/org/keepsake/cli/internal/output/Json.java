// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.cli.internal.output;

import java.util.Base64;
import java.util.Collection;
import java.util.Iterator;
import java.util.Map;

import org.eclipse.jdt.annotation.Nullable;

/**
 * Writes JSON (RFC 8259): strings, numbers, booleans, null, collections and maps; bytes as Base64; anything else as the string that its
 * {@code toString} gives, which for an {@link java.time.Instant} is ISO 8601 in UTC.
 */
public final class Json {

	private Json() {
	}

	/** The value on one line. */
	public static String write(@Nullable Object value) {
		StringBuilder text = new StringBuilder();
		append(text, value);
		return text.toString();
	}

	/** An array with each element on a line of its own, so that people and line tools can read it as well. */
	public static String lines(Collection<?> elements) {
		if (elements.isEmpty()) {
			return "[]";
		}
		StringBuilder text = new StringBuilder("[\n");
		for (Iterator<?> i = elements.iterator(); i.hasNext();) {
			append(text.append("  "), i.next());
			text.append(i.hasNext() ? ",\n" : "\n");
		}
		return text.append(']').toString();
	}

	private static void append(StringBuilder text, @Nullable Object value) {
		switch (value) {
			case null -> text.append("null");
			case JsonObject object -> append(text, object.members());
			case Map<?, ?> map -> {
				text.append('{');
				String separator = "";
				for (Map.Entry<?, ?> member : map.entrySet()) {
					quote(text.append(separator), String.valueOf(member.getKey()));
					append(text.append(':'), member.getValue());
					separator = ",";
				}
				text.append('}');
			}
			case Collection<?> elements -> {
				text.append('[');
				String separator = "";
				for (Object element : elements) {
					append(text.append(separator), element);
					separator = ",";
				}
				text.append(']');
			}
			case Double number when !Double.isFinite(number) -> text.append("null");
			case Number number -> text.append(number.toString());
			case Boolean truth -> text.append(truth.toString());
			case byte[] bytes -> quote(text, Base64.getEncoder().encodeToString(bytes));
			case Enum<?> one -> quote(text, one.name());
			default -> quote(text, value.toString());
		}
	}

	private static void quote(StringBuilder text, String string) {
		text.append('"');
		for (int i = 0; i < string.length(); i++) {
			char c = string.charAt(i);
			switch (c) {
				case '"' -> text.append("\\\"");
				case '\\' -> text.append("\\\\");
				case '\n' -> text.append("\\n");
				case '\r' -> text.append("\\r");
				case '\t' -> text.append("\\t");
				default -> {
					if (mustEscape(string, i)) {
						text.append(String.format("\\u%04x", (int) c));
					} else {
						text.append(c);
					}
				}
			}
		}
		text.append('"');
	}

	/** Control characters, line separators that JavaScript minds, and halves of a pair that UTF-8 cannot carry. */
	private static boolean mustEscape(String string, int i) {
		char c = string.charAt(i);
		if (c < 0x20 || c >= 0x7F && c < 0xA0 || c == 0x2028 || c == 0x2029) {
			return true;
		}
		if (Character.isHighSurrogate(c)) {
			return i + 1 == string.length() || !Character.isLowSurrogate(string.charAt(i + 1));
		}
		return Character.isLowSurrogate(c) && (i == 0 || !Character.isHighSurrogate(string.charAt(i - 1)));
	}
}
