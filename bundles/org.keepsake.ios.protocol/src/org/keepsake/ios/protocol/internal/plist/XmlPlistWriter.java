// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ios.protocol.internal.plist;

import java.io.BufferedWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** Writes XML property lists as Apple's tools do: UTF-8, tabs, dates in whole seconds. */
final class XmlPlistWriter {

	private static final String HEAD = """
			<?xml version="1.0" encoding="UTF-8"?>
			<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
			<plist version="1.0">
			""";

	private final Writer out;

	private XmlPlistWriter(Writer out) {
		this.out = out;
	}

	static byte[] write(Object value) {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
		try {
			write(value, bytes);
		} catch (IOException e) {
			throw new UncheckedIOException(e);
		}
		return bytes.toByteArray();
	}

	static void write(Object value, OutputStream stream) throws IOException {
		Writer writer = new BufferedWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8), 1 << 16);
		writer.write(HEAD);
		new XmlPlistWriter(writer).value(value, 0);
		writer.write("</plist>\n");
		writer.flush();
	}

	private void value(Object value, int depth) throws IOException {
		switch (value) {
			case Boolean flag -> line(depth, flag ? "<true/>" : "<false/>");
			case Long number -> line(depth, "<integer>" + number + "</integer>");
			case Integer number -> line(depth, "<integer>" + number + "</integer>");
			case Double number -> line(depth, "<real>" + number + "</real>");
			case Instant instant -> line(depth, "<date>" + instant.truncatedTo(ChronoUnit.SECONDS) + "</date>");
			case String text -> line(depth, "<string>" + escape(text) + "</string>");
			case byte[] bytes -> line(depth, "<data>" + Base64.getEncoder().encodeToString(bytes) + "</data>");
			case List<?> list -> {
				if (list.isEmpty()) {
					line(depth, "<array/>");
					return;
				}
				line(depth, "<array>");
				for (Object element : list) {
					value(element, depth + 1);
				}
				line(depth, "</array>");
			}
			case Map<?, ?> map -> {
				if (map.isEmpty()) {
					line(depth, "<dict/>");
					return;
				}
				line(depth, "<dict>");
				for (Map.Entry<?, ?> entry : map.entrySet()) {
					line(depth + 1, "<key>" + escape((String) entry.getKey()) + "</key>");
					value(entry.getValue(), depth + 1);
				}
				line(depth, "</dict>");
			}
			case Plist.Uid uid -> value(Map.of("CF$UID", uid.index()), depth);
			default -> line(depth, "<string></string>");
		}
	}

	private void line(int depth, String text) throws IOException {
		for (int i = 0; i < depth; i++) {
			out.write('\t');
		}
		out.write(text);
		out.write('\n');
	}

	private static String escape(String text) {
		StringBuilder escaped = new StringBuilder(text.length() + 16);
		for (int i = 0; i < text.length(); i++) {
			char c = text.charAt(i);
			switch (c) {
				case '&' -> escaped.append("&amp;");
				case '<' -> escaped.append("&lt;");
				case '>' -> escaped.append("&gt;");
				default -> escaped.append(isXml(c) ? c : '\ufffd');
			}
		}
		return escaped.toString();
	}

	private static boolean isXml(char c) {
		return c >= ' ' ? c < '\ufffe' : c == '\t' || c == '\n' || c == '\r';
	}
}
