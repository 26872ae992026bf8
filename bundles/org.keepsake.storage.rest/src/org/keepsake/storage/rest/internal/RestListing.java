// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.storage.rest.internal;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Reads the list of a kind's blobs, in JSON: names alone (version 1), or objects with {@code name} and {@code size}
 * (version 2), which the elements themselves tell apart. Source: restic/restic doc/REST_backend.rst.
 *
 * <p>
 * The whole list is read before the first name is told, 40 bytes for each, so that a connection that breaks in the
 * middle can be tried again without telling a name twice. What is no blob's name is passed over.
 */
final class RestListing {

	/** The size of a blob that the list does not tell. */
	static final long UNKNOWN = -1;

	private static final Pattern DIGITS = Pattern.compile("[0-9a-f]{64}");
	/** Names and numbers are shorter; longer ones are no blob's. */
	private static final int MOST_TEXT = 256;
	private static final int DEEPEST = 16;
	private static final int ENTRY = 40;
	private static final int BLOCK = ENTRY * 8192;
	/** 160 MiB of memory, 64 TiB of packs. */
	private static final int MOST_ENTRIES = 4 << 20;

	private final InputStream in;
	private final List<ByteBuffer> blocks = new ArrayList<>();
	private int entries;
	private int peeked = -2;

	private RestListing(InputStream in) {
		this.in = new BufferedInputStream(in, 1 << 14);
	}

	/** Receives what was listed. */
	interface Told {
		/** @return false to end */
		boolean entry(String digits, long sizeBytes) throws IOException;
	}

	/** It is no list: another program answers. */
	static final class NoListException extends IOException {

		private static final long serialVersionUID = 1L;

		NoListException(String message) {
			super(message);
		}
	}

	/** @throws NoListException if it is none; an {@link IOException} of the stream's if the connection breaks */
	static RestListing read(InputStream in) throws IOException {
		RestListing listing = new RestListing(in);
		try {
			listing.list();
		} catch (EOFException e) {
			NoListException none = new NoListException("The list of blobs is cut off");
			none.initCause(e);
			throw none;
		}
		return listing;
	}

	void tell(Told told) throws IOException {
		byte[] digest = new byte[32];
		for (ByteBuffer block : blocks) {
			ByteBuffer entry = block.duplicate().flip();
			while (entry.hasRemaining()) {
				entry.get(digest);
				if (!told.entry(HexFormat.of().formatHex(digest), entry.getLong())) {
					return;
				}
			}
		}
	}

	private void list() throws IOException {
		int first = token();
		if (first == 'n') {
			word("null");
		} else {
			expect(first, '[');
			int next = token();
			while (next != ']') {
				element(next);
				next = token();
				if (next == ',') {
					next = token();
				} else {
					expect(next, ']');
				}
			}
		}
		int rest = peek();
		while (rest == ' ' || rest == '\n' || rest == '\r' || rest == '\t') {
			next();
			rest = peek();
		}
		if (rest >= 0) {
			throw new NoListException("Something follows the list of blobs");
		}
	}

	private void element(int first) throws IOException {
		if (first == '"') {
			add(string(), UNKNOWN);
			return;
		}
		expect(first, '{');
		String name = "";
		long size = UNKNOWN;
		int next = token();
		while (next != '}') {
			expect(next, '"');
			String key = string();
			expect(token(), ':');
			int value = token();
			if (key.equals("name") && value == '"') {
				name = string();
			} else if (key.equals("size") && value >= '0' && value <= '9') {
				size = number(value);
			} else {
				skip(value, 0);
			}
			next = token();
			if (next == ',') {
				next = token();
			} else {
				expect(next, '}');
			}
		}
		add(name, size);
	}

	private void add(String name, long size) throws NoListException {
		if (!DIGITS.matcher(name).matches()) {
			return;
		}
		if (++entries > MOST_ENTRIES) {
			throw new NoListException("The list of blobs has no end");
		}
		if (blocks.isEmpty() || !blocks.getLast().hasRemaining()) {
			blocks.add(ByteBuffer.allocate(blocks.isEmpty() ? ENTRY * 64 : BLOCK));
		}
		blocks.getLast().put(HexFormat.of().parseHex(name)).putLong(size);
	}

	private void skip(int first, int depth) throws IOException {
		if (depth > DEEPEST) {
			throw new NoListException("The list of blobs is nested too deep");
		}
		switch (first) {
			case '"' -> string();
			case 't' -> word("true");
			case 'f' -> word("false");
			case 'n' -> word("null");
			case '[', '{' -> skipAll(first == '[' ? ']' : '}', depth);
			default -> {
				if (first != '-' && (first < '0' || first > '9')) {
					throw new NoListException("The answer is no list of blobs");
				}
				while ("+-.eE0123456789".indexOf(peek()) >= 0) {
					next();
				}
			}
		}
	}

	private void skipAll(int end, int depth) throws IOException {
		int each = token();
		while (each != end) {
			if (each != ',' && each != ':') {
				skip(each, depth + 1);
			}
			each = token();
		}
	}

	private long number(int first) throws IOException {
		long value = first - '0';
		while (peek() >= '0' && peek() <= '9') {
			int digit = next() - '0';
			if (value > (Long.MAX_VALUE - digit) / 10) {
				throw new NoListException("A size in the list of blobs is too large");
			}
			value = value * 10 + digit;
		}
		if (".eE".indexOf(peek()) >= 0) {
			throw new NoListException("A size in the list of blobs is no whole number");
		}
		return value;
	}

	/** What stands between quotation marks; too long a text is cut, and then no blob's name. */
	private String string() throws IOException {
		StringBuilder text = new StringBuilder();
		int each = next();
		while (each != '"') {
			if (each == '\\') {
				each = escaped();
			}
			if (text.length() < MOST_TEXT) {
				text.append((char) each);
			}
			each = next();
		}
		return text.toString();
	}

	/** Names of blobs need no escapes; other texts only have to end where they end. */
	private int escaped() throws IOException {
		int letter = next();
		if (letter != 'u') {
			return letter;
		}
		int value = 0;
		for (int i = 0; i < 4; i++) {
			int digit = Character.digit(next(), 16);
			if (digit < 0) {
				throw new NoListException("The answer is no list of blobs");
			}
			value = value << 4 | digit;
		}
		return value;
	}

	private void word(String word) throws IOException {
		for (byte letter : word.substring(1).getBytes(StandardCharsets.US_ASCII)) {
			expect(next(), letter);
		}
	}

	private int token() throws IOException {
		int each = next();
		while (each == ' ' || each == '\n' || each == '\r' || each == '\t') {
			each = next();
		}
		return each;
	}

	private static void expect(int found, int wanted) throws NoListException {
		if (found != wanted) {
			throw new NoListException("The answer is no list of blobs");
		}
	}

	private int peek() throws IOException {
		if (peeked == -2) {
			peeked = in.read();
		}
		return peeked;
	}

	private int next() throws IOException {
		int each = peek();
		peeked = -2;
		if (each < 0) {
			throw new EOFException();
		}
		return each;
	}
}
