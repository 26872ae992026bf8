// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.virtual.internal.backup;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes binary property lists ({@code bplist00}): maps, lists, texts, integers (signed, 8 bytes when negative), reals,
 * booleans, byte arrays, instants and {@link Uid}s. Equal texts are written once, as Apple's writer does. Format: the
 * comment of CFBinaryPList.c in Apple's CoreFoundation.
 */
final class BinaryPlistWriter {

	/** Seconds from 1970 to 2001, where Cocoa's time begins. */
	static final long COCOA_EPOCH = 978_307_200L;

	private final List<Object> objects = new ArrayList<>();
	private final List<int[]> references = new ArrayList<>();
	private final Map<String, Integer> texts = new HashMap<>();
	private byte[] out = new byte[512];
	private int length;

	private static final int[] NONE = {};

	private BinaryPlistWriter() {
	}

	/** The object as a binary property list. */
	static byte[] write(Object root) {
		BinaryPlistWriter writer = new BinaryPlistWriter();
		writer.collect(root);
		return writer.encode();
	}

	private int collect(Object object) {
		if (object instanceof String text) {
			Integer known = texts.get(text);
			if (known != null) {
				return known;
			}
			texts.put(text, objects.size());
		}
		int index = objects.size();
		objects.add(object);
		references.add(NONE);
		switch (object) {
			case Map<?, ?> map -> {
				int[] members = new int[2 * map.size()];
				int i = 0;
				for (Object key : map.keySet()) {
					members[i++] = collect(String.valueOf(key));
				}
				for (Object value : map.values()) {
					members[i++] = collect(value);
				}
				references.set(index, members);
			}
			case List<?> list -> {
				int[] members = new int[list.size()];
				int i = 0;
				for (Object value : list) {
					members[i++] = collect(value);
				}
				references.set(index, members);
			}
			default -> {
				// has no members
			}
		}
		return index;
	}

	private byte[] encode() {
		put("bplist00".getBytes(StandardCharsets.US_ASCII));
		int count = objects.size();
		int referenceSize = count <= 0xFF ? 1 : count <= 0xFFFF ? 2 : 4;
		int[] offsets = new int[count];
		for (int i = 0; i < count; i++) {
			offsets[i] = length;
			encode(objects.get(i), references.get(i), referenceSize);
		}
		int table = length;
		int offsetSize = table <= 0xFF ? 1 : table <= 0xFFFF ? 2 : 4;
		for (int offset : offsets) {
			number(offset, offsetSize);
		}
		put(new byte[6]);
		number(offsetSize, 1);
		number(referenceSize, 1);
		number(count, 8);
		number(0, 8);
		number(table, 8);
		return Arrays.copyOf(out, length);
	}

	private void encode(Object object, int[] members, int referenceSize) {
		switch (object) {
			case Map<?, ?> map -> {
				head(0xD0, map.size());
				members(members, referenceSize);
			}
			case List<?> list -> {
				head(0xA0, list.size());
				members(members, referenceSize);
			}
			case String text -> text(text);
			case byte[] data -> {
				head(0x40, data.length);
				put(data);
			}
			case Boolean truth -> number(truth ? 0x09 : 0x08, 1);
			case Double real -> {
				number(0x23, 1);
				number(Double.doubleToLongBits(real), 8);
			}
			case Number integer -> integer(integer.longValue());
			case Instant instant -> {
				number(0x33, 1);
				double seconds = instant.getEpochSecond() - COCOA_EPOCH + instant.getNano() / 1e9;
				number(Double.doubleToLongBits(seconds), 8);
			}
			case Uid uid -> {
				int size = uid.index() <= 0xFF ? 1 : uid.index() <= 0xFFFF ? 2 : 4;
				number(0x80 | size - 1, 1);
				number(uid.index(), size);
			}
			default -> throw new IllegalArgumentException("not a property list value: " + object.getClass());
		}
	}

	private void members(int[] members, int referenceSize) {
		for (int member : members) {
			number(member, referenceSize);
		}
	}

	private void text(String text) {
		byte[] ascii = text.getBytes(StandardCharsets.UTF_8);
		if (ascii.length == text.length()) {
			head(0x50, ascii.length);
			put(ascii);
		} else {
			head(0x60, text.length());
			put(text.getBytes(StandardCharsets.UTF_16BE));
		}
	}

	private void integer(long value) {
		int power = value < 0 ? 3 : value <= 0xFF ? 0 : value <= 0xFFFF ? 1 : value <= 0xFFFF_FFFFL ? 2 : 3;
		number(0x10 | power, 1);
		number(value, 1 << power);
	}

	private void head(int kind, int size) {
		if (size < 15) {
			number(kind | size, 1);
		} else {
			number(kind | 15, 1);
			integer(size);
		}
	}

	private void number(long value, int size) {
		room(size);
		for (int shift = 8 * (size - 1); shift >= 0; shift -= 8) {
			out[length++] = (byte) (value >>> shift);
		}
	}

	private void put(byte[] bytes) {
		room(bytes.length);
		System.arraycopy(bytes, 0, out, length, bytes.length);
		length += bytes.length;
	}

	private void room(int more) {
		if (out.length - length < more) {
			out = Arrays.copyOf(out, Math.max(out.length * 2, Math.addExact(length, more)));
		}
	}
}
