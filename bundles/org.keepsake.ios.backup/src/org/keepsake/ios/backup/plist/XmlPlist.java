// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ios.backup.plist;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

import org.eclipse.jdt.annotation.Nullable;

/**
 * Reads a property list in XML, streaming: what is not wanted is skipped and takes no memory, since an
 * {@code Info.plist} carries the icons of all applications. Knows exactly the XML that property lists use; no entities
 * beyond the five of XML, and no outside references, are ever resolved.
 *
 * <p>
 * Format: {@code PropertyList-1.0.dtd}, {@code plist(5)}.
 */
final class XmlPlist {

	private static final int MAX_TAG = 4096;

	private final Reader in;
	private final Predicate<String> wanted;
	private final char[] buffer = new char[16 << 10];
	private final StringBuilder text = new StringBuilder();
	private int position;
	private int end;
	private long budget;
	private long retained;
	private int objects;
	/* The element read last. */
	private String name = "";
	private boolean closing;
	private boolean empty;

	XmlPlist(InputStream stream, long maxCharacters, Predicate<String> wanted) throws IOException {
		BufferedInputStream buffered = new BufferedInputStream(stream, 64 << 10);
		in = new InputStreamReader(buffered, encoding(buffered));
		budget = maxCharacters;
		this.wanted = wanted;
	}

	private static Charset encoding(BufferedInputStream stream) throws IOException {
		stream.mark(4);
		byte[] head = stream.readNBytes(2);
		stream.reset();
		if (head.length == 2) {
			int first = head[0] & 0xFF;
			int second = head[1] & 0xFF;
			if (first == 0xFE && second == 0xFF || first == 0xFF && second == 0xFE) {
				return StandardCharsets.UTF_16;
			}
		}
		return StandardCharsets.UTF_8;
	}

	PropertyList read() throws IOException {
		nextTag();
		if (name.equals("plist") && !closing && !empty) {
			nextTag();
		}
		if (closing || !name.equals("dict")) {
			throw new PlistException("no dictionary at the top");
		}
		return dict(wanted, 0);
	}

	private PropertyList dict(Predicate<String> chosen, int depth) throws IOException {
		Map<String, Object> values = new LinkedHashMap<>();
		if (empty) {
			return new PropertyList(values);
		}
		while (true) {
			nextTag();
			if (closing && name.equals("dict")) {
				return new PropertyList(values);
			}
			if (closing || !name.equals("key")) {
				throw new PlistException("a dictionary without keys");
			}
			String key = content("key");
			nextTag();
			if (chosen.test(key)) {
				values.put(key, value(depth + 1));
			} else {
				skip();
			}
		}
	}

	private Object value(int depth) throws IOException {
		if (depth > PropertyList.MAX_DEPTH || ++objects > PropertyList.MAX_OBJECTS) {
			throw new PlistException("too many objects");
		}
		if (closing) {
			throw new PlistException("a value is missing");
		}
		String element = name;
		return switch (element) {
			case "dict" -> dict(key -> true, depth);
			case "array" -> array(depth);
			case "string" -> content(element);
			case "integer" -> integer(content(element).strip());
			case "real" -> real(content(element).strip());
			case "date" -> date(content(element).strip());
			case "data" -> data(content(element));
			case "true", "false" -> {
				content(element);
				yield Boolean.valueOf(element);
			}
			default -> throw new PlistException("unknown element");
		};
	}

	private List<Object> array(int depth) throws IOException {
		List<Object> elements = new ArrayList<>();
		if (!empty) {
			for (nextTag(); !closing; nextTag()) {
				elements.add(value(depth + 1));
			}
			if (!name.equals("array")) {
				throw new PlistException("elements that overlap");
			}
		}
		return elements;
	}

	/** Passes over the element just opened, with all that is in it. */
	private void skip() throws IOException {
		if (closing) {
			throw new PlistException("a value is missing");
		}
		int depth = empty ? 0 : 1;
		while (depth > 0) {
			nextTag();
			if (closing) {
				depth--;
			} else if (!empty && ++depth > PropertyList.MAX_DEPTH) {
				throw new PlistException("nested deeper than " + PropertyList.MAX_DEPTH);
			}
		}
	}

	private static Long integer(String digits) throws PlistException {
		try {
			if (digits.startsWith("0x") || digits.startsWith("0X")) {
				return Long.parseUnsignedLong(digits.substring(2), 16);
			}
			return digits.length() > 18 && !digits.startsWith("-") ? Long.parseUnsignedLong(digits)
					: Long.parseLong(digits);
		} catch (NumberFormatException e) {
			throw new PlistException("an integer without digits");
		}
	}

	private static Double real(String digits) throws PlistException {
		try {
			return Double.valueOf(digits);
		} catch (NumberFormatException e) {
			throw new PlistException("a number without digits");
		}
	}

	private static Instant date(String text) throws PlistException {
		try {
			return Instant.parse(text);
		} catch (DateTimeException e) {
			throw new PlistException("an impossible date");
		}
	}

	private static byte[] data(String text) throws PlistException {
		try {
			return Base64.getMimeDecoder().decode(text);
		} catch (IllegalArgumentException e) {
			throw new PlistException("data that is not Base64");
		}
	}

	/** The text up to the end tag of the element just opened. */
	private String content(String element) throws IOException {
		if (empty) {
			return "";
		}
		text.setLength(0);
		readText(text);
		String content = text.toString();
		readTag();
		if (!closing || !name.equals(element)) {
			throw new PlistException("elements that overlap");
		}
		return content;
	}

	/** Passes over text to the next element. */
	private void nextTag() throws IOException {
		readText(null);
		readTag();
	}

	/** Reads text up to the next tag, whose {@code <} is consumed; comments and the like count as nothing. */
	private void readText(@Nullable StringBuilder into) throws IOException {
		while (true) {
			if (into == null) {
				passText();
			}
			int c = next();
			if (c == '<') {
				int following = peek();
				if (following == '!') {
					next();
					declaration(into);
				} else if (following == '?') {
					until("?>", null);
				} else {
					return;
				}
			} else if (c < 0) {
				throw new PlistException("ends too early");
			} else if (into != null) {
				retain(into, c == '&' ? entity() : c);
			}
		}
	}

	/** Passes over text to the next tag at full speed: icons are megabytes of it. */
	private void passText() throws IOException {
		while (peek() >= 0) {
			int at = position;
			while (at < end && buffer[at] != '<') {
				at++;
			}
			position = at;
			if (at < end) {
				return;
			}
		}
	}

	private void declaration(@Nullable StringBuilder into) throws IOException {
		int c = next();
		if (c == '-') {
			next();
			until("-->", null);
		} else if (c == '[') {
			for (int i = 0; i < "CDATA[".length(); i++) {
				next();
			}
			until("]]>", into);
		} else {
			int brackets = 0;
			while (c != '>' || brackets > 0) {
				brackets += c == '[' ? 1 : c == ']' ? -1 : 0;
				if (c < 0) {
					throw new PlistException("ends too early");
				}
				c = next();
			}
		}
	}

	private void until(String mark, @Nullable StringBuilder into) throws IOException {
		StringBuilder tail = new StringBuilder();
		while (!mark.contentEquals(tail)) {
			int c = next();
			if (c < 0) {
				throw new PlistException("ends too early");
			}
			tail.append((char) c);
			if (tail.length() > mark.length()) {
				if (into != null) {
					retain(into, tail.charAt(0));
				}
				tail.deleteCharAt(0);
			}
		}
	}

	private int entity() throws IOException {
		StringBuilder entity = new StringBuilder();
		for (int c = next(); c != ';'; c = next()) {
			if (c < 0 || entity.length() > 10) {
				throw new PlistException("an endless entity");
			}
			entity.append((char) c);
		}
		String reference = entity.toString();
		return switch (reference) {
			case "lt" -> '<';
			case "gt" -> '>';
			case "amp" -> '&';
			case "quot" -> '"';
			case "apos" -> '\'';
			default -> character(reference);
		};
	}

	private static int character(String reference) throws PlistException {
		try {
			if (reference.startsWith("#")) {
				int code = reference.startsWith("#x") ? Integer.parseInt(reference.substring(2), 16)
						: Integer.parseInt(reference.substring(1));
				if (Character.isValidCodePoint(code)) {
					return code;
				}
			}
		} catch (NumberFormatException e) {
			throw new PlistException("an unknown entity");
		}
		throw new PlistException("an unknown entity");
	}

	/** Reads a tag whose {@code <} is consumed. */
	private void readTag() throws IOException {
		StringBuilder tag = new StringBuilder();
		int c = next();
		closing = c == '/';
		if (closing) {
			c = next();
		}
		int previous = 0;
		int length = 0;
		boolean named = true;
		while (c != '>') {
			if (c < 0 || ++length > MAX_TAG) {
				throw new PlistException("an endless element");
			}
			named &= !Character.isWhitespace(c) && c != '/';
			if (named) {
				tag.append((char) c);
			}
			previous = c;
			c = next();
		}
		empty = previous == '/' && !closing;
		name = tag.toString();
	}

	private void retain(StringBuilder into, int c) throws PlistException {
		if (++retained > PropertyList.MAX_RETAINED / 2) {
			throw new PlistException("too much text");
		}
		into.appendCodePoint(c);
	}

	private int peek() throws IOException {
		if (position == end) {
			fill();
		}
		return end < 0 ? -1 : buffer[position];
	}

	private int next() throws IOException {
		if (position == end) {
			fill();
		}
		return end < 0 ? -1 : buffer[position++];
	}

	private void fill() throws IOException {
		end = in.read(buffer, 0, buffer.length);
		position = end < 0 ? end : 0;
		budget -= end;
		if (budget < 0) {
			throw new PlistException("longer than allowed");
		}
	}
}
