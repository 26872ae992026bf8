// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.dataset.system.internal;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.ios.backup.plist.BinaryPlist;
import org.keepsake.ios.backup.plist.PropertyList;

/**
 * The attributes of a keychain item as its seal holds them: a DER set of pairs of a name and a value, or a property list
 * in older versions. Form: {@code dunhamsteve/ios} {@code cmd/irestore/irestore.go}. What is not understood is left out.
 */
final class Attributes {

	private static final int SET = 0x31;
	private static final int SEQUENCE = 0x30;
	private static final int INTEGER = 0x02;
	private static final int BOOLEAN = 0x01;
	private static final int OCTETS = 0x04;
	private static final int UTF8 = 0x0c;
	private static final int PRINTABLE = 0x13;
	private static final int ASCII = 0x16;
	private static final int TIME = 0x18;
	private static final int MOST = 200;
	private static final DateTimeFormatter SECONDS = DateTimeFormatter.ofPattern("uuuuMMddHHmmss", Locale.ROOT);

	private final Map<String, Object> values = new HashMap<>();

	private Attributes() {
	}

	/** @return null if the bytes are neither */
	static @Nullable Attributes of(byte[] bytes) {
		Attributes attributes = new Attributes();
		boolean known = BinaryPlist.isBinary(bytes) ? attributes.plist(bytes) : attributes.der(bytes);
		return known ? attributes : null;
	}

	private boolean plist(byte[] bytes) {
		try {
			PropertyList list = PropertyList.read(new ByteArrayInputStream(bytes), bytes.length, _ -> true);
			for (String name : list.keys()) {
				Object value = list.get(name);
				if (value != null) {
					values.put(name, value);
				}
			}
			return true;
		} catch (IOException e) {
			return false;
		}
	}

	private boolean der(byte[] bytes) {
		Der all = new Der(bytes, 0, bytes.length);
		if (!all.next() || all.tag != SET) {
			return false;
		}
		Der pairs = all.inner();
		int count = 0;
		while (pairs.next() && count++ < MOST) {
			Der pair = pairs.inner();
			if (pairs.tag == SEQUENCE && pair.next() && pair.tag == UTF8) {
				String name = new String(pair.content(), StandardCharsets.UTF_8);
				Object value = pair.next() ? pair.value() : null;
				if (value != null) {
					values.put(name, value);
				}
			}
		}
		return true;
	}

	/** Text, also of bytes that are text; empty if there is none. */
	String text(String name) {
		return switch (values.get(name)) {
			case String text -> text;
			case byte[] bytes -> {
				String text = decoded(bytes);
				yield text == null ? "" : text;
			}
			case Long number -> number.toString();
			case null, default -> "";
		};
	}

	/** Text of bytes; null if they are no text. */
	static @Nullable String decoded(byte[] bytes) {
		try {
			String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
			return text.codePoints().anyMatch(
					character -> Character.isISOControl(character) && character != '\n' && character != '\t'
							&& character != '\r') ? null : text;
		} catch (CharacterCodingException e) {
			return null;
		}
	}

	/** A whole number; 0 if there is none. */
	long number(String name) {
		return values.get(name) instanceof Long number ? number
				: Boolean.TRUE.equals(values.get(name)) ? 1 : 0;
	}

	/** A moment; null if there is none. */
	@Nullable
	Instant date(String name) {
		return values.get(name) instanceof Instant date ? date : null;
	}

	/** Bytes, also of a text; null if there are none. */
	byte @Nullable [] bytes(String name) {
		return switch (values.get(name)) {
			case byte[] bytes -> bytes;
			case String text -> text.getBytes(StandardCharsets.UTF_8);
			case null, default -> null;
		};
	}

	/** Overwrites all bytes. */
	void wipe() {
		for (Object value : values.values()) {
			if (value instanceof byte[] bytes) {
				Arrays.fill(bytes, (byte) 0);
			}
		}
	}

	/** Goes through elements of DER that lie side by side; every length is checked against what is there. */
	private static final class Der {

		private final byte[] bytes;
		private final int end;
		private int at;
		private int tag;
		private int start;
		private int length;

		Der(byte[] bytes, int from, int end) {
			this.bytes = bytes;
			this.at = from;
			this.end = end;
		}

		boolean next() {
			if (end - at < 2) {
				return false;
			}
			tag = bytes[at] & 0xff;
			int first = bytes[at + 1] & 0xff;
			start = at + 2;
			long size = first;
			if (first > 0x80 && first <= 0x84) {
				size = 0;
				for (int i = 0; i < first - 0x80; i++) {
					if (start >= end) {
						return false;
					}
					size = size << 8 | bytes[start++] & 0xff;
				}
			} else if (first >= 0x80) {
				return false;
			}
			if (size > end - start) {
				return false;
			}
			length = (int) size;
			at = start + length;
			return true;
		}

		Der inner() {
			return new Der(bytes, start, start + length);
		}

		byte[] content() {
			return Arrays.copyOfRange(bytes, start, start + length);
		}

		@Nullable
		Object value() {
			return switch (tag) {
				case UTF8, PRINTABLE, ASCII -> new String(content(), StandardCharsets.UTF_8);
				case OCTETS -> content();
				case BOOLEAN -> length == 1 ? Boolean.valueOf(bytes[start] != 0) : null;
				case INTEGER -> integer();
				case TIME -> time(new String(content(), StandardCharsets.US_ASCII));
				default -> null;
			};
		}

		private @Nullable Long integer() {
			if (length < 1 || length > 8) {
				return null;
			}
			long number = bytes[start];
			for (int i = 1; i < length; i++) {
				number = number << 8 | bytes[start + i] & 0xff;
			}
			return number;
		}

		/** {@code 20240229080000Z}, perhaps with a fraction before the Z. */
		private static @Nullable Instant time(String text) {
			if (!text.matches("\\d{14}(\\.\\d{1,9})?Z")) {
				return null;
			}
			try {
				Instant whole = LocalDateTime.parse(text.substring(0, 14), SECONDS).toInstant(ZoneOffset.UTC);
				return text.charAt(14) == 'Z' ? whole
						: whole.plusNanos(
								Long.parseLong((text.substring(15, text.length() - 1) + "00000000").substring(0, 9)));
			} catch (DateTimeException e) {
				return null;
			}
		}
	}
}
