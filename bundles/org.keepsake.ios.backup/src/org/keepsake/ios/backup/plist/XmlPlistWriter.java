// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ios.backup.plist;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;

/** Writes a property list as XML, as {@code PropertyList-1.0.dtd} has it. */
final class XmlPlistWriter {

	private final StringBuilder out = new StringBuilder("""
			<?xml version="1.0" encoding="UTF-8"?>
			<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
			<plist version="1.0">
			""");

	static byte[] write(PropertyList list) {
		XmlPlistWriter writer = new XmlPlistWriter();
		writer.value(list);
		return writer.out.append("</plist>\n").toString().getBytes(StandardCharsets.UTF_8);
	}

	private void value(Object value) {
		switch (value) {
			case PropertyList dict -> {
				out.append("<dict>\n");
				for (String key : dict.keys()) {
					Object inner = dict.get(key);
					if (inner != null) {
						text("key", key);
						value(inner);
					}
				}
				out.append("</dict>\n");
			}
			case List<?> array -> {
				out.append("<array>\n");
				array.forEach(this::value);
				out.append("</array>\n");
			}
			case Boolean bool -> out.append(bool ? "<true/>\n" : "<false/>\n");
			case Long integer -> text("integer", integer.toString());
			case Double real -> text("real", real.toString());
			case Instant date -> text("date", date.truncatedTo(ChronoUnit.SECONDS).toString());
			case byte[] data -> text("data", Base64.getEncoder().encodeToString(data));
			default -> text("string", value.toString());
		}
	}

	private void text(String element, String text) {
		out.append('<').append(element).append('>');
		text.codePoints().forEach(this::character);
		out.append("</").append(element).append(">\n");
	}

	private void character(int c) {
		switch (c) {
			case '&' -> out.append("&amp;");
			case '<' -> out.append("&lt;");
			case '>' -> out.append("&gt;");
			default -> out.appendCodePoint(isAllowed(c) ? c : 0xFFFD);
		}
	}

	private static boolean isAllowed(int c) {
		return c == '\t' || c == '\n' || c == '\r' || c >= 0x20 && c < 0xD800 || c >= 0xE000 && c < 0xFFFE
				|| c > 0xFFFF;
	}
}
