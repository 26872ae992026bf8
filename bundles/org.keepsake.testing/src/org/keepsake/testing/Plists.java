// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.testing;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Binary property lists, and keyed archives in them, for tests of data sets. Values: {@code String}, {@code Long},
 * {@code Integer}, {@code Double}, {@code Boolean}, {@code Instant}, {@code byte[]}, {@code List}, and {@code Map} by text.
 */
public final class Plists {

	private static final int WIDTH = 4;
	private static final double COCOA = 978_307_200;

	private final List<byte[]> objects = new ArrayList<>();

	private Plists() {
	}

	/** An archiver's reference to one of its objects. */
	private record Reference(int number) {
	}

	/** A field of an archived object that refers to another one. @param number of the object, counted from 0 */
	public static Object reference(int number) {
		return new Reference(number);
	}

	/** The value as a binary property list. */
	public static byte[] binary(Object value) {
		Plists plist = new Plists();
		int root = plist.add(value);
		ByteArrayOutputStream out = new ByteArrayOutputStream();
		out.writeBytes("bplist00".getBytes(StandardCharsets.US_ASCII));
		ByteBuffer offsets = ByteBuffer.allocate(WIDTH * plist.objects.size());
		for (byte[] object : plist.objects) {
			offsets.putInt(out.size());
			out.writeBytes(object);
		}
		int table = out.size();
		out.writeBytes(offsets.array());
		out.writeBytes(ByteBuffer.allocate(32).position(6).put((byte) WIDTH).put((byte) WIDTH)
				.putLong(plist.objects.size()).putLong(root).putLong(table).array());
		return out.toByteArray();
	}

	/** The value as {@code NSKeyedArchiver} writes it: dictionaries and arrays as objects of their classes. */
	public static byte[] keyed(Object value) {
		List<Object> archived = new ArrayList<>(List.of("$null"));
		Object root = flatten(value, archived);
		return archive(root, archived);
	}

	/** An archive of the objects as they are, whose first object is the one with the number. */
	public static byte[] archive(Object root, List<?> archived) {
		Map<String, Object> top = new LinkedHashMap<>();
		top.put("$version", 100_000);
		top.put("$archiver", "NSKeyedArchiver");
		top.put("$top", Map.of("root", root));
		top.put("$objects", archived);
		return binary(top);
	}

	/** The description of a class, as one of an archive's objects. */
	public static Map<String, Object> type(String name) {
		return Map.of("$classname", name, "$classes", List.of(name, "NSObject"));
	}

	private static Object flatten(Object value, List<Object> archived) {
		int number = archived.size();
		archived.add("");
		if (value instanceof Map<?, ?> map) {
			List<Object> keys = new ArrayList<>();
			List<Object> values = new ArrayList<>();
			map.forEach((key, element) -> {
				keys.add(flatten(key, archived));
				values.add(flatten(element, archived));
			});
			archived.set(number,
					Map.of("$class", describe("NSDictionary", archived), "NS.keys", keys, "NS.objects", values));
		} else if (value instanceof List<?> list) {
			List<Object> elements = new ArrayList<>();
			list.forEach(element -> elements.add(flatten(element, archived)));
			archived.set(number, Map.of("$class", describe("NSArray", archived), "NS.objects", elements));
		} else if (value instanceof java.net.URI uri) {
			Object relative = flatten(uri.toString(), archived);
			archived.set(number, Map.of("$class", describe("NSURL", archived), "NS.base", new Reference(0),
					"NS.relative", relative));
		} else {
			archived.set(number, value);
		}
		return new Reference(number);
	}

	private static Object describe(String name, List<Object> archived) {
		archived.add(type(name));
		return new Reference(archived.size() - 1);
	}

	private int add(Object value) {
		int number = objects.size();
		objects.add(new byte[0]);
		objects.set(number, switch (value) {
			case String text -> string(text);
			case Boolean flag -> new byte[] { (byte) (flag ? 9 : 8) };
			case Integer whole -> number(0x13, whole.longValue());
			case Long whole -> number(0x13, whole);
			case Double real -> number(0x23, Double.doubleToLongBits(real));
			case Instant date -> number(0x33, Double.doubleToLongBits(date.toEpochMilli() / 1000.0 - COCOA));
			case byte[] data -> counted(0x40, data.length, data);
			case Reference reference -> ByteBuffer.allocate(5).put((byte) 0x83).putInt(reference.number).array();
			case List<?> list -> {
				ByteBuffer elements = ByteBuffer.allocate(WIDTH * list.size());
				list.forEach(element -> elements.putInt(add(element)));
				yield counted(0xA0, list.size(), elements.array());
			}
			case Map<?, ?> map -> {
				ByteBuffer pairs = ByteBuffer.allocate(2 * WIDTH * map.size());
				map.keySet().forEach(key -> pairs.putInt(add(key)));
				map.values().forEach(element -> pairs.putInt(add(element)));
				yield counted(0xD0, map.size(), pairs.array());
			}
			default -> throw new IllegalArgumentException("no property list has a " + value.getClass());
		});
		return number;
	}

	private static byte[] string(String text) {
		return StandardCharsets.US_ASCII.newEncoder().canEncode(text)
				? counted(0x50, text.length(), text.getBytes(StandardCharsets.US_ASCII))
				: counted(0x60, text.length(), text.getBytes(StandardCharsets.UTF_16BE));
	}

	private static byte[] number(int marker, long bits) {
		return ByteBuffer.allocate(9).put((byte) marker).putLong(bits).array();
	}

	private static byte[] counted(int marker, int count, byte[] content) {
		ByteBuffer out = ByteBuffer.allocate(6 + content.length);
		if (count < 15) {
			out.put((byte) (marker | count));
		} else {
			out.put((byte) (marker | 15)).put((byte) 0x12).putInt(count);
		}
		return java.util.Arrays.copyOf(out.put(content).array(), out.position());
	}
}
