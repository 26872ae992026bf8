// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ios.protocol.internal.plist;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Writes one binary property list. Equal texts and integers are written once. Used once. */
final class BinaryPlistWriter {

	private static final long COCOA_EPOCH = 978_307_200;

	private final List<Object> values = new ArrayList<>();
	private final List<int[]> references = new ArrayList<>();
	private final Map<Object, Integer> shared = new HashMap<>();
	private final ByteArrayOutputStream out = new ByteArrayOutputStream(256);

	private static final int[] NONE = {};

	byte[] write(Object root) {
		add(root);
		int refSize = width(values.size() - 1);
		out.writeBytes("bplist00".getBytes(StandardCharsets.US_ASCII));
		long[] offsets = new long[values.size()];
		for (int i = 0; i < offsets.length; i++) {
			offsets[i] = out.size();
			value(values.get(i), references.get(i), refSize);
		}
		int table = out.size();
		int offsetSize = width(table);
		for (long offset : offsets) {
			number(offset, offsetSize);
		}
		out.writeBytes(new byte[] { 0, 0, 0, 0, 0, 0, (byte) offsetSize, (byte) refSize });
		number(offsets.length, 8);
		number(0, 8);
		number(table, 8);
		return out.toByteArray();
	}

	private int add(Object value) {
		boolean sharable = value instanceof String || value instanceof Long || value instanceof Boolean;
		if (sharable) {
			Integer known = shared.get(value);
			if (known != null) {
				return known;
			}
		}
		int index = values.size();
		values.add(value);
		references.add(NONE);
		if (sharable) {
			shared.put(value, index);
		} else if (value instanceof Map<?, ?> map) {
			int[] refs = new int[2 * map.size()];
			int i = 0;
			for (Object key : map.keySet()) {
				refs[i++] = add(key);
			}
			for (Object element : map.values()) {
				refs[i++] = add(element);
			}
			references.set(index, refs);
		} else if (value instanceof List<?> list) {
			references.set(index, list.stream().mapToInt(this::add).toArray());
		}
		return index;
	}

	private void value(Object value, int[] refs, int refSize) {
		switch (value) {
			case Boolean flag -> out.write(flag ? 0x09 : 0x08);
			case Long number -> integer(number);
			case Integer number -> integer(number);
			case Double number -> {
				out.write(0x23);
				number(Double.doubleToLongBits(number), 8);
			}
			case Instant instant -> {
				out.write(0x33);
				double seconds = instant.getEpochSecond() - COCOA_EPOCH + instant.getNano() / 1e9;
				number(Double.doubleToLongBits(seconds), 8);
			}
			case byte[] bytes -> {
				marker(0x40, bytes.length);
				out.writeBytes(bytes);
			}
			case String text -> text(text);
			case Plist.Uid uid -> {
				int width = width(uid.index());
				out.write(0x80 | width - 1);
				number(uid.index(), width);
			}
			case List<?> list -> container(0xa0, list.size(), refs, refSize);
			case Map<?, ?> map -> container(0xd0, map.size(), refs, refSize);
			default -> throw new IllegalArgumentException("No property list value: " + value.getClass().getName());
		}
	}

	private void container(int kind, int count, int[] refs, int refSize) {
		marker(kind, count);
		for (int reference : refs) {
			number(reference, refSize);
		}
	}

	private void text(String text) {
		if (text.chars().allMatch(c -> c < 0x80)) {
			marker(0x50, text.length());
			out.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
		} else {
			marker(0x60, text.length());
			out.writeBytes(text.getBytes(StandardCharsets.UTF_16BE));
		}
	}

	private void marker(int kind, int count) {
		if (count < 15) {
			out.write(kind | count);
		} else {
			out.write(kind | 0x0f);
			integer(count);
		}
	}

	private void integer(long number) {
		int width = number < 0 ? 8 : width(number);
		out.write(0x10 | Integer.numberOfTrailingZeros(width));
		number(number, width);
	}

	private static int width(long largest) {
		return largest <= 0xff ? 1 : largest <= 0xffff ? 2 : largest <= 0xffff_ffffL ? 4 : 8;
	}

	private void number(long number, int width) {
		byte[] eight = ByteBuffer.allocate(8).putLong(number).array();
		out.writeBytes(Arrays.copyOfRange(eight, 8 - width, 8));
	}
}
