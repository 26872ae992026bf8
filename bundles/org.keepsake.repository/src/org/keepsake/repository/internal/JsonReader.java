// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.repository.internal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.repository.BlobId;

/**
 * Reads JSON piece by piece from UTF-8 in an array, so that an index or a tree never stands in memory as objects. What
 * is not JSON, or not what is asked for, is a {@link JsonException}.
 */
final class JsonReader {

	/** The text is not what it should be. */
	static final class JsonException extends IOException {
		private static final long serialVersionUID = 1L;

		JsonException(String message) {
			super(message);
		}
	}

	private static final int MAX_DEPTH = 64;
	private static final int NAMES = 64;

	private final byte[] text;
	private final int end;
	private int at;
	private int depth;
	/** Names of members that were met, since each comes thousands of times; and their bytes. */
	private final @Nullable String[] names = new @Nullable String[NAMES];
	private final byte[] @Nullable [] nameBytes = new byte[NAMES] @Nullable [];

	JsonReader(byte[] text) {
		this(text, 0, text.length);
	}

	JsonReader(byte[] text, int offset, int length) {
		this.text = text;
		this.at = offset;
		this.end = offset + length;
	}

	/** Where it stands, for {@link #slice}. */
	int position() {
		peek();
		return at;
	}

	/** The text between two positions. */
	byte[] slice(int from, int to) {
		return Arrays.copyOfRange(text, from, to);
	}

	void beginObject() throws IOException {
		expect('{');
		enter();
	}

	void beginArray() throws IOException {
		expect('[');
		enter();
	}

	private void enter() throws IOException {
		if (++depth > MAX_DEPTH) {
			throw new JsonException("Nested too deep");
		}
	}

	/** Whether another member or element follows; passes the comma, or the closing bracket if none does. */
	boolean more() throws IOException {
		int c = peek();
		if (c == ',') {
			at++;
			c = peek();
			if (c == '}' || c == ']') {
				throw new JsonException("A comma before a bracket");
			}
			return true;
		}
		if (c == '}' || c == ']') {
			at++;
			depth--;
			return false;
		}
		return true;
	}

	/** The name of a member, with its colon. */
	String name() throws IOException {
		expect('"');
		int from = at;
		int hash = 0;
		while (at < end && text[at] != '"' && text[at] != '\\') {
			hash = hash * 31 + text[at++];
		}
		int slot = hash & NAMES - 1;
		String name = names[slot];
		byte[] bytes = nameBytes[slot];
		if (name == null || bytes == null || !Arrays.equals(bytes, 0, bytes.length, text, from, at)) {
			int to = at;
			at = from - 1;
			name = string();
			if (at == to + 1) {
				names[slot] = name;
				nameBytes[slot] = Arrays.copyOfRange(text, from, to);
			}
		} else {
			at++;
		}
		expect(':');
		return name;
	}

	/** Passes {@code null} if it stands here. */
	boolean isNull() throws IOException {
		if (peek() == 'n') {
			word("null");
			return true;
		}
		return false;
	}

	boolean bool() throws IOException {
		if (peek() == 't') {
			word("true");
			return true;
		}
		word("false");
		return false;
	}

	/** An integer of up to 64 bits; those from 2^63 on as their bits. */
	long integer() throws IOException {
		peek();
		int from = at;
		boolean negative = at < end && text[at] == '-';
		if (negative) {
			at++;
		}
		long value = 0;
		int digits = at;
		while (at < end && text[at] >= '0' && text[at] <= '9') {
			if (at - digits >= 18) {
				return longInteger(from);
			}
			value = value * 10 + (text[at] - '0');
			at++;
		}
		if (at == digits || at < end && (text[at] == '.' || text[at] == 'e' || text[at] == 'E')) {
			throw new JsonException("Not an integer");
		}
		return negative ? -value : value;
	}

	private long longInteger(int from) throws IOException {
		while (at < end && text[at] >= '0' && text[at] <= '9') {
			at++;
		}
		String digits = new String(text, from, at - from, StandardCharsets.US_ASCII);
		try {
			return digits.startsWith("-") ? Long.parseLong(digits) : Long.parseUnsignedLong(digits);
		} catch (NumberFormatException e) {
			throw new JsonException("An integer beyond 64 bits");
		}
	}

	/** A number that takes part in lengths: 0 to 2^31 - 1. */
	int length() throws IOException {
		long value = integer();
		if (value < 0 || value > Integer.MAX_VALUE) {
			throw new JsonException("A length out of bounds");
		}
		return (int) value;
	}

	/** An id: 64 hexadecimal digits. */
	BlobId id() throws IOException {
		expect('"');
		if (end - at < 65 || text[at + 64] != '"') {
			throw new JsonException("Not an id");
		}
		BlobId id = new BlobId(hex(at), hex(at + 16), hex(at + 32), hex(at + 48));
		at += 65;
		return id;
	}

	private long hex(int from) throws IOException {
		long value = 0;
		for (int i = from; i < from + 16; i++) {
			int digit = Character.digit(text[i], 16);
			if (digit < 0) {
				throw new JsonException("Not a hexadecimal digit");
			}
			value = value << 4 | digit;
		}
		return value;
	}

	String string() throws IOException {
		expect('"');
		int from = at;
		while (at < end) {
			byte c = text[at++];
			if (c == '"') {
				return new String(text, from, at - 1 - from, StandardCharsets.UTF_8);
			}
			if (c == '\\') {
				at = from;
				return escapedString();
			}
			if (c >= 0 && c < ' ') {
				break;
			}
		}
		throw new JsonException("A string without an end");
	}

	private String escapedString() throws IOException {
		StringBuilder builder = new StringBuilder();
		int from = at;
		while (at < end) {
			byte c = text[at];
			if (c == '"' || c == '\\') {
				builder.append(new String(text, from, at - from, StandardCharsets.UTF_8));
				at++;
				if (c == '"') {
					return builder.toString();
				}
				builder.append(escape());
				from = at;
			} else {
				at++;
			}
		}
		throw new JsonException("A string without an end");
	}

	private char escape() throws IOException {
		int c = at < end ? text[at++] : -1;
		return switch (c) {
			case '"', '\\', '/' -> (char) c;
			case 'b' -> '\b';
			case 'f' -> '\f';
			case 'n' -> '\n';
			case 'r' -> '\r';
			case 't' -> '\t';
			case 'u' -> unicode();
			default -> throw new JsonException("An unknown escape");
		};
	}

	private char unicode() throws IOException {
		if (end - at < 4) {
			throw new JsonException("An escape without an end");
		}
		int value = 0;
		for (int i = 0; i < 4; i++) {
			int digit = Character.digit(text[at++], 16);
			if (digit < 0) {
				throw new JsonException("Not a hexadecimal digit");
			}
			value = value << 4 | digit;
		}
		return (char) value;
	}

	/** Passes whatever value stands here. */
	void skip() throws IOException {
		switch (peek()) {
			case '{' -> {
				beginObject();
				while (more()) {
					name();
					skip();
				}
			}
			case '[' -> {
				beginArray();
				while (more()) {
					skip();
				}
			}
			case '"' -> string();
			case 't', 'f' -> bool();
			case 'n' -> word("null");
			default -> number();
		}
	}

	private String number() throws IOException {
		int from = at;
		while (at < end && "+-.0123456789eE".indexOf(text[at]) >= 0) {
			at++;
		}
		if (from == at) {
			throw new JsonException("Not a value");
		}
		return new String(text, from, at - from, StandardCharsets.US_ASCII);
	}

	/** A whole object as a map of strings, numbers (as {@link JsonWriter.Raw}), booleans, lists, maps and null. */
	Map<String, @Nullable Object> object() throws IOException {
		Map<String, @Nullable Object> map = new LinkedHashMap<>();
		beginObject();
		while (more()) {
			map.put(name(), value());
		}
		return map;
	}

	private @Nullable Object value() throws IOException {
		return switch (peek()) {
			case '{' -> object();
			case '[' -> {
				List<@Nullable Object> list = new ArrayList<>();
				beginArray();
				while (more()) {
					list.add(value());
				}
				yield list;
			}
			case '"' -> string();
			case 't', 'f' -> bool();
			case 'n' -> {
				word("null");
				yield null;
			}
			default -> new JsonWriter.Raw(number());
		};
	}

	/** Nothing but white space may follow. */
	void end() throws IOException {
		if (peek() != -1) {
			throw new JsonException("Something behind the end");
		}
	}

	private void word(String word) throws IOException {
		for (int i = 0; i < word.length(); i++) {
			if (at >= end || text[at++] != word.charAt(i)) {
				throw new JsonException("Not " + word);
			}
		}
	}

	private void expect(char c) throws IOException {
		if (peek() != c) {
			throw new JsonException("Expected " + c);
		}
		at++;
	}

	private int peek() {
		while (at < end) {
			byte c = text[at];
			if (c != ' ' && c != '\n' && c != '\t' && c != '\r') {
				return c;
			}
			at++;
		}
		return -1;
	}
}
