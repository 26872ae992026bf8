// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ios.protocol.internal.plist;

import java.math.BigInteger;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads XML property lists. Knows the elements of a property list and the predefined entities only: no document type
 * is read, no entity is expanded, nothing is fetched.
 */
final class XmlPlistReader {

	private final String xml;
	private int at;

	private XmlPlistReader(String xml) {
		this.xml = xml;
	}

	static Object read(byte[] bytes) throws PlistException {
		XmlPlistReader reader = new XmlPlistReader(new String(bytes, charset(bytes)));
		Tag tag = reader.nextTag();
		if (tag.name.equals("plist") && !tag.empty) {
			tag = reader.nextTag();
		}
		return reader.value(tag, 0);
	}

	private static Charset charset(byte[] bytes) throws PlistException {
		if (bytes.length >= 2) {
			int mark = (bytes[0] & 0xff) << 8 | bytes[1] & 0xff;
			if (mark == 0xfeff || mark == 0xfffe) {
				return StandardCharsets.UTF_16;
			}
		}
		int first = 0;
		while (first < bytes.length && (bytes[first] <= ' ')) {
			first++;
		}
		if (first >= bytes.length || bytes[first] != '<') {
			throw new PlistException("Neither an XML nor a binary property list");
		}
		return StandardCharsets.UTF_8;
	}

	/** A start tag, an empty one, or an end tag. */
	private record Tag(String name, boolean end, boolean empty) {
	}

	private Object value(Tag tag, int depth) throws PlistException {
		if (depth > Plist.MAX_DEPTH) {
			throw new PlistException("Property list nested too deeply");
		}
		if (tag.end) {
			throw new PlistException("Unexpected end of an element");
		}
		return switch (tag.name) {
			case "dict" -> dict(tag, depth);
			case "array" -> array(tag, depth);
			case "true" -> constant(tag, Boolean.TRUE);
			case "false" -> constant(tag, Boolean.FALSE);
			case "string" -> text(tag);
			case "integer" -> integer(text(tag).strip());
			case "real" -> real(text(tag).strip());
			case "date" -> date(text(tag).strip());
			case "data" -> data(text(tag));
			default -> throw new PlistException("Unknown element in a property list");
		};
	}

	private Map<String, Object> dict(Tag tag, int depth) throws PlistException {
		Map<String, Object> map = new LinkedHashMap<>();
		if (tag.empty) {
			return map;
		}
		for (Tag key = nextTag(); !isEnd(key, tag); key = nextTag()) {
			if (!key.name.equals("key") || key.end) {
				throw new PlistException("Dictionary without a key");
			}
			String name = text(key);
			map.put(name, value(nextTag(), depth + 1));
		}
		return map;
	}

	private List<Object> array(Tag tag, int depth) throws PlistException {
		List<Object> list = new ArrayList<>();
		if (tag.empty) {
			return list;
		}
		for (Tag element = nextTag(); !isEnd(element, tag); element = nextTag()) {
			list.add(value(element, depth + 1));
		}
		return list;
	}

	private Object constant(Tag tag, Boolean value) throws PlistException {
		if (!tag.empty) {
			text(tag);
		}
		return value;
	}

	private static boolean isEnd(Tag tag, Tag opened) throws PlistException {
		if (tag.end && !tag.name.equals(opened.name)) {
			throw new PlistException("Elements are not nested");
		}
		return tag.end;
	}

	private static Long integer(String text) throws PlistException {
		try {
			boolean hex = text.startsWith("0x") || text.startsWith("0X");
			if (text.length() > 64) {
				throw new PlistException("Integer too long");
			}
			return (hex ? new BigInteger(text.substring(2), 16) : new BigInteger(text)).longValue();
		} catch (NumberFormatException e) {
			throw new PlistException("Integer without digits");
		}
	}

	private static Double real(String text) throws PlistException {
		try {
			return switch (text.toLowerCase(java.util.Locale.ROOT)) {
				case "nan" -> Double.NaN;
				case "inf", "+inf", "infinity", "+infinity" -> Double.POSITIVE_INFINITY;
				case "-inf", "-infinity" -> Double.NEGATIVE_INFINITY;
				default -> Double.valueOf(text);
			};
		} catch (NumberFormatException e) {
			throw new PlistException("Real without digits");
		}
	}

	private static Instant date(String text) throws PlistException {
		try {
			return text.length() == 10 ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
					: Instant.parse(text.endsWith("Z") ? text : text + "Z");
		} catch (DateTimeException e) {
			throw new PlistException("Date of unknown form");
		}
	}

	private static byte[] data(String text) throws PlistException {
		try {
			return Base64.getMimeDecoder().decode(text);
		} catch (IllegalArgumentException e) {
			throw new PlistException("Data that is not base64");
		}
	}

	private Tag nextTag() throws PlistException {
		while (true) {
			int open = xml.indexOf('<', at);
			if (open < 0) {
				throw new PlistException("Property list ends too early");
			}
			if (xml.startsWith("<!--", open)) {
				at = after("-->", open + 4);
			} else if (xml.startsWith("<?", open)) {
				at = after("?>", open + 2);
			} else if (xml.startsWith("<!", open)) {
				at = afterDeclaration(open);
			} else {
				return tag(open);
			}
		}
	}

	private int afterDeclaration(int open) throws PlistException {
		int close = after(">", open);
		int subset = xml.indexOf('[', open);
		return subset >= 0 && subset < close ? after(">", after("]", subset)) : close;
	}

	private Tag tag(int open) throws PlistException {
		int close = after(">", open);
		at = close;
		boolean end = xml.startsWith("</", open);
		boolean empty = !end && xml.charAt(close - 2) == '/';
		String inside = xml.substring(open + (end ? 2 : 1), close - (empty ? 2 : 1)).strip();
		int space = 0;
		while (space < inside.length() && !Character.isWhitespace(inside.charAt(space))) {
			space++;
		}
		return new Tag(inside.substring(0, space), end, empty);
	}

	private int after(String mark, int from) throws PlistException {
		int found = xml.indexOf(mark, from);
		if (found < 0) {
			throw new PlistException("Property list ends too early");
		}
		return found + mark.length();
	}

	/** The text up to the end of the element, entities resolved. */
	private String text(Tag tag) throws PlistException {
		if (tag.empty) {
			return "";
		}
		StringBuilder text = new StringBuilder();
		while (true) {
			int open = after("<", at) - 1;
			unescape(text, at, open);
			if (xml.startsWith("<![CDATA[", open)) {
				at = after("]]>", open + 9);
				text.append(xml, open + 9, at - 3);
			} else if (xml.startsWith("<!--", open)) {
				at = after("-->", open + 4);
			} else {
				Tag end = tag(open);
				if (!end.end || !end.name.equals(tag.name)) {
					throw new PlistException("Elements are not nested");
				}
				return text.toString();
			}
		}
	}

	private void unescape(StringBuilder text, int from, int to) throws PlistException {
		int start = from;
		while (true) {
			int ampersand = xml.indexOf('&', start);
			if (ampersand < 0 || ampersand >= to) {
				text.append(xml, start, to);
				return;
			}
			text.append(xml, start, ampersand);
			int semicolon = xml.indexOf(';', ampersand);
			if (semicolon < 0 || semicolon >= to || semicolon - ampersand > 12) {
				throw new PlistException("Entity without an end");
			}
			entity(text, xml.substring(ampersand + 1, semicolon));
			start = semicolon + 1;
		}
	}

	private static void entity(StringBuilder text, String name) throws PlistException {
		switch (name) {
			case "amp" -> text.append('&');
			case "lt" -> text.append('<');
			case "gt" -> text.append('>');
			case "quot" -> text.append('"');
			case "apos" -> text.append('\'');
			default -> text.appendCodePoint(characterReference(name));
		}
	}

	private static int characterReference(String name) throws PlistException {
		try {
			if (name.startsWith("#")) {
				int code = name.startsWith("#x") ? Integer.parseInt(name, 2, name.length(), 16)
						: Integer.parseInt(name, 1, name.length(), 10);
				if (Character.isValidCodePoint(code)) {
					return code;
				}
			}
		} catch (NumberFormatException e) {
			// not a number: an unknown entity like any other
		}
		throw new PlistException("Unknown entity");
	}
}
