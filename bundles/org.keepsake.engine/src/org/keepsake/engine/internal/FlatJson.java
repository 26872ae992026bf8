// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0

package org.keepsake.engine.internal;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * JSON objects of one level, a line each, whose values are texts; what the journal is made of (RFC
 * 8259, section 4).
 */
final class FlatJson {

	private static final String TEXT = "\"((?:[^\"\\\\\\x00-\\x1f]|\\\\[\"\\\\/bfnrt]|\\\\u[0-9a-fA-F]{4})*+)\"";
	private static final Pattern MEMBER = Pattern.compile("\\s*" + TEXT + "\\s*:\\s*" + TEXT + "\\s*(,|\\})\\s*");

	private FlatJson() {
	}

	static String write(Map<String, String> members) {
		StringBuilder out = new StringBuilder("{");
		members.forEach((name, value) -> {
			out.append(out.length() > 1 ? "," : "");
			quote(out, name);
			out.append(':');
			quote(out, value);
		});
		return out.append('}').toString();
	}

	/** The members of a line, or empty if the line is anything else, such as one cut short by a power failure. */
	static Optional<Map<String, String>> read(String line) {
		String text = line.strip();
		if (!text.startsWith("{")) {
			return Optional.empty();
		}
		Map<String, String> members = new LinkedHashMap<>();
		Matcher matcher = MEMBER.matcher(text);
		int at = 1;
		while (matcher.find(at) && matcher.start() == at) {
			members.put(unquote(matcher.group(1)), unquote(matcher.group(2)));
			at = matcher.end();
			if (matcher.group(3).equals("}")) {
				return at == text.length() ? Optional.of(members) : Optional.empty();
			}
		}
		return Optional.empty();
	}

	private static void quote(StringBuilder out, String text) {
		out.append('"');
		for (int i = 0; i < text.length(); i++) {
			char c = text.charAt(i);
			if (c == '"' || c == '\\') {
				out.append('\\').append(c);
			} else if (c < ' ') {
				out.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
			} else {
				out.append(c);
			}
		}
		out.append('"');
	}

	private static String unquote(String text) {
		StringBuilder out = new StringBuilder();
		for (int i = 0; i < text.length(); i++) {
			char c = text.charAt(i);
			if (c != '\\') {
				out.append(c);
				continue;
			}
			char escaped = text.charAt(++i);
			switch (escaped) {
				case 'b' -> out.append('\b');
				case 'f' -> out.append('\f');
				case 'n' -> out.append('\n');
				case 'r' -> out.append('\r');
				case 't' -> out.append('\t');
				case 'u' -> {
					out.append((char) Integer.parseInt(text.substring(i + 1, i + 5), 16));
					i += 4;
				}
				default -> out.append(escaped);
			}
		}
		return out.toString();
	}
}
