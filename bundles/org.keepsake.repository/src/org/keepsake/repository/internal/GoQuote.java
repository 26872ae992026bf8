// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.repository.internal;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * Names in trees are quoted as Go's strconv.Quote does, without the quotation marks. A byte that is not UTF-8 is a
 * character from U+DC80 on here, which no valid text has.
 */
final class GoQuote {

	private static final int RAW = 0xdc00;

	private GoQuote() {
	}

	static String quote(String name) {
		for (int i = 0; i < name.length(); i++) {
			char c = name.charAt(i);
			if (c < ' ' || c > '~' || c == '"' || c == '\\') {
				return quoteSpecial(name);
			}
		}
		return name;
	}

	private static String quoteSpecial(String name) {
		StringBuilder quoted = new StringBuilder(name.length() + 8);
		for (int i = 0; i < name.length();) {
			int c = name.codePointAt(i);
			i += Character.charCount(c);
			switch (c) {
				case '"', '\\' -> quoted.append('\\').append((char) c);
				case 7 -> quoted.append("\\a");
				case '\b' -> quoted.append("\\b");
				case '\f' -> quoted.append("\\f");
				case '\n' -> quoted.append("\\n");
				case '\r' -> quoted.append("\\r");
				case '\t' -> quoted.append("\\t");
				case 11 -> quoted.append("\\v");
				default -> other(quoted, c);
			}
		}
		return quoted.toString();
	}

	private static void other(StringBuilder quoted, int c) {
		if (c >= RAW + 0x80 && c <= RAW + 0xff) {
			quoted.append(String.format("\\x%02x", c - RAW));
		} else if (isPrintable(c)) {
			quoted.appendCodePoint(c);
		} else if (c < ' ' || c == 0x7f) {
			quoted.append(String.format("\\x%02x", c));
		} else if (c < 0x10000) {
			quoted.append(String.format("\\u%04x", c));
		} else {
			quoted.append(String.format("\\U%08x", c));
		}
	}

	/** Letters, marks, numbers, punctuation, symbols and the ASCII space, as unicode.IsPrint has it. */
	private static boolean isPrintable(int c) {
		return switch (Character.getType(c)) {
			case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.PRIVATE_USE,
					Character.UNASSIGNED, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR ->
				false;
			case Character.SPACE_SEPARATOR -> c == ' ';
			default -> true;
		};
	}

	static String unquote(String quoted) throws JsonReader.JsonException {
		if (quoted.indexOf('\\') < 0) {
			return quoted;
		}
		java.io.ByteArrayOutputStream bytes = new java.io.ByteArrayOutputStream();
		for (int i = 0; i < quoted.length();) {
			int c = quoted.codePointAt(i);
			i += Character.charCount(c);
			if (c != '\\') {
				bytes.writeBytes(Character.toString(c).getBytes(StandardCharsets.UTF_8));
				continue;
			}
			if (i == quoted.length()) {
				throw new JsonReader.JsonException("A name ends in an escape");
			}
			char kind = quoted.charAt(i++);
			int digits = switch (kind) {
				case 'x' -> 2;
				case 'u' -> 4;
				case 'U' -> 8;
				case '0', '1', '2', '3' -> 3;
				default -> 0;
			};
			if (digits == 0) {
				bytes.write(simple(kind));
				continue;
			}
			int from = digits == 3 ? i - 1 : i;
			int value = number(quoted, from, digits);
			i = from + digits;
			if (digits == 2 || digits == 3) {
				bytes.write(value);
			} else {
				bytes.writeBytes(Character.toString(value).getBytes(StandardCharsets.UTF_8));
			}
		}
		return decode(bytes.toByteArray());
	}

	private static int number(String quoted, int from, int digits) throws JsonReader.JsonException {
		try {
			int value = Integer.parseInt(quoted.substring(from, from + digits), digits == 3 ? 8 : 16);
			if (value < 0 || !Character.isValidCodePoint(value)) {
				throw new JsonReader.JsonException("A name with an impossible character");
			}
			return value;
		} catch (NumberFormatException | StringIndexOutOfBoundsException e) {
			throw new JsonReader.JsonException("A name with a broken escape");
		}
	}

	private static int simple(char kind) throws JsonReader.JsonException {
		return switch (kind) {
			case 'a' -> 7;
			case 'b' -> '\b';
			case 'f' -> '\f';
			case 'n' -> '\n';
			case 'r' -> '\r';
			case 't' -> '\t';
			case 'v' -> 11;
			case '\\', '"', '\'' -> kind;
			default -> throw new JsonReader.JsonException("A name with an unknown escape");
		};
	}

	private static String decode(byte[] bytes) {
		try {
			return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
		} catch (CharacterCodingException e) {
			return decodePieces(bytes);
		}
	}

	private static String decodePieces(byte[] bytes) {
		StringBuilder text = new StringBuilder();
		for (int i = 0; i < bytes.length;) {
			int length = sequence(bytes, i);
			if (length == 0) {
				text.append((char) (RAW + (bytes[i] & 0xff)));
				i++;
			} else {
				text.append(new String(bytes, i, length, StandardCharsets.UTF_8));
				i += length;
			}
		}
		return text.toString();
	}

	/** The length of the character at a place, or 0 if it is none. */
	private static int sequence(byte[] bytes, int at) {
		for (int length = 1; length <= 4 && at + length <= bytes.length; length++) {
			try {
				StandardCharsets.UTF_8.newDecoder().onMalformedInput(CodingErrorAction.REPORT)
						.decode(ByteBuffer.wrap(bytes, at, length));
				return length;
			} catch (CharacterCodingException e) {
				continue;
			}
		}
		return 0;
	}

	/** The name's bytes, for ordering as restic orders. */
	static byte[] bytes(String name) {
		CharsetEncoder encoder = StandardCharsets.UTF_8.newEncoder();
		if (encoder.canEncode(name)) {
			return name.getBytes(StandardCharsets.UTF_8);
		}
		java.io.ByteArrayOutputStream bytes = new java.io.ByteArrayOutputStream();
		for (int i = 0; i < name.length();) {
			int c = name.codePointAt(i);
			i += Character.charCount(c);
			if (c >= RAW + 0x80 && c <= RAW + 0xff) {
				bytes.write(c - RAW);
			} else {
				bytes.writeBytes(CharBuffer.wrap(Character.toChars(c)).toString().getBytes(StandardCharsets.UTF_8));
			}
		}
		return bytes.toByteArray();
	}

	/** Orders names by their UTF-8 bytes. */
	static int compare(String a, String b) {
		int n = Math.min(a.length(), b.length());
		for (int i = 0; i < n; i++) {
			char x = a.charAt(i);
			char y = b.charAt(i);
			if (x != y) {
				if (x >= 0xd800 || y >= 0xd800) {
					return java.util.Arrays.compareUnsigned(bytes(a), bytes(b));
				}
				return Character.compare(x, y);
			}
		}
		return Integer.compare(a.length(), b.length());
	}
}
