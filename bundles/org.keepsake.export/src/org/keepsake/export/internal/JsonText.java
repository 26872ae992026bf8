// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.export.internal;

import java.io.IOException;
import java.util.Base64;
import java.util.Map;

import org.eclipse.jdt.annotation.Nullable;

/**
 * Values as JSON (RFC 8259): maps, collections, texts, numbers, booleans, null; bytes as Base64, and anything else as
 * the text that it gives of itself, which for the types of {@code java.time} is ISO 8601.
 */
final class JsonText {

	private JsonText() {
	}

	/** Writes the value on one line. */
	static void write(Appendable out, @Nullable Object value) throws IOException {
		switch (value) {
			case null -> out.append("null");
			case Map<?, ?> map -> object(out, map);
			case Iterable<?> elements -> array(out, elements);
			case Double number when !Double.isFinite(number.doubleValue()) -> out.append("null");
			case Float number when !Float.isFinite(number.floatValue()) -> out.append("null");
			case Number number -> out.append(number.toString());
			case Boolean truth -> out.append(truth.toString());
			case byte[] bytes -> quote(out, Base64.getEncoder().encodeToString(bytes));
			case Enum<?> one -> quote(out, one.name());
			default -> quote(out, value.toString());
		}
	}

	private static void object(Appendable out, Map<?, ?> map) throws IOException {
		out.append('{');
		String separator = "";
		for (Map.Entry<?, ?> member : map.entrySet()) {
			out.append(separator);
			quote(out, String.valueOf(member.getKey()));
			out.append(':');
			write(out, member.getValue());
			separator = ",";
		}
		out.append('}');
	}

	private static void array(Appendable out, Iterable<?> elements) throws IOException {
		out.append('[');
		String separator = "";
		for (Object element : elements) {
			out.append(separator);
			write(out, element);
			separator = ",";
		}
		out.append(']');
	}

	private static void quote(Appendable out, String text) throws IOException {
		out.append('"');
		for (int i = 0; i < text.length(); i++) {
			char c = text.charAt(i);
			switch (c) {
				case '"' -> out.append("\\\"");
				case '\\' -> out.append("\\\\");
				case '\n' -> out.append("\\n");
				case '\r' -> out.append("\\r");
				case '\t' -> out.append("\\t");
				default -> {
					if (mustEscape(text, i)) {
						out.append(String.format("\\u%04x", Integer.valueOf(c)));
					} else {
						out.append(c);
					}
				}
			}
		}
		out.append('"');
	}

	/** Controls, what ends a script or its lines in a web page, and halves of a pair that UTF-8 cannot carry. */
	private static boolean mustEscape(String text, int i) {
		char c = text.charAt(i);
		if (c < 0x20 || c >= 0x7F && c < 0xA0 || c == 0x2028 || c == 0x2029 || c == '<') {
			return true;
		}
		if (Character.isHighSurrogate(c)) {
			return i + 1 == text.length() || !Character.isLowSurrogate(text.charAt(i + 1));
		}
		return Character.isLowSurrogate(c) && (i == 0 || !Character.isHighSurrogate(text.charAt(i - 1)));
	}
}
