// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.virtual.internal.backup;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads binary property lists into maps, lists, texts, {@link Long}s (the low 64 bits of what is longer), reals,
 * booleans, byte arrays, instants and {@link Uid}s. All offsets and counts are checked, depth and size are bounded.
 */
final class BinaryPlistReader {

	private static final int TRAILER = 32;
	private static final int MAX_DEPTH = 64;

	private final byte[] bytes;
	private final int offsetSize;
	private final int referenceSize;
	private final int count;
	private final int table;
	private int budget;

	private BinaryPlistReader(byte[] bytes) throws PlistException {
		this.bytes = bytes;
		if (bytes.length < 8 + TRAILER) {
			throw new PlistException("too short for a binary property list");
		}
		int trailer = bytes.length - TRAILER;
		offsetSize = bytes[trailer + 6];
		referenceSize = bytes[trailer + 7];
		long objects = unsigned(trailer + 8, 8);
		long start = unsigned(trailer + 24, 8);
		if (offsetSize < 1 || offsetSize > 8 || referenceSize < 1 || referenceSize > 8 || objects < 1
				|| objects > bytes.length || start < 8 || start + objects * offsetSize > trailer) {
			throw new PlistException("broken trailer");
		}
		count = (int) objects;
		table = (int) start;
		// objects that are named from several places are read several times: bound the work of a hostile list
		budget = Math.max(10_000, 8 * count);
	}

	/** Whether the bytes begin as a binary property list does. */
	static boolean isBinary(byte[] bytes) {
		return bytes.length >= 8 && new String(bytes, 0, 6, StandardCharsets.US_ASCII).equals("bplist");
	}

	/** The root object. */
	static Object read(byte[] bytes) throws PlistException {
		BinaryPlistReader reader = new BinaryPlistReader(bytes);
		return reader.object(reader.unsigned(bytes.length - TRAILER + 16, 8), 0);
	}

	private long unsigned(int at, int size) throws PlistException {
		if (at < 0 || size > bytes.length - at) {
			throw new PlistException("offset " + at + " is outside");
		}
		long value = 0;
		for (int i = 0; i < size; i++) {
			value = value << 8 | bytes[at + i] & 0xFF;
		}
		return value;
	}

	private Object object(long index, int depth) throws PlistException {
		if (index < 0 || index >= count || depth > MAX_DEPTH || budget-- <= 0) {
			throw new PlistException("object " + index + " at depth " + depth);
		}
		long offset = unsigned(table + (int) index * offsetSize, offsetSize);
		if (offset < 8 || offset >= table) {
			throw new PlistException("object at " + offset);
		}
		int at = (int) offset;
		int low = bytes[at] & 0x0F;
		return switch (bytes[at] >> 4 & 0x0F) {
			case 0x0 -> simple(low);
			case 0x1 -> integer(at, 1 << low);
			case 0x2 -> real(at, 1 << low);
			case 0x3 -> date(at);
			case 0x4 -> Arrays.copyOfRange(bytes, body(at, low), end(at, low, 1));
			case 0x5 -> new String(bytes, body(at, low), size(at, low, 1), StandardCharsets.ISO_8859_1);
			case 0x6 -> new String(bytes, body(at, low), 2 * size(at, low, 2), StandardCharsets.UTF_16BE);
			case 0x8 -> new Uid((int) unsigned(at + 1, low + 1));
			case 0xA -> list(at, low, depth);
			case 0xD -> map(at, low, depth);
			default -> throw new PlistException("marker " + (bytes[at] & 0xFF));
		};
	}

	private static Object simple(int low) throws PlistException {
		return switch (low) {
			case 8 -> Boolean.FALSE;
			case 9 -> Boolean.TRUE;
			default -> throw new PlistException("marker " + low);
		};
	}

	private Object integer(int at, int size) throws PlistException {
		if (size > 16) {
			throw new PlistException("integer of " + size + " bytes");
		}
		return unsigned(at + 1, size);
	}

	private Object real(int at, int size) throws PlistException {
		return switch (size) {
			case 4 -> (double) Float.intBitsToFloat((int) unsigned(at + 1, 4));
			case 8 -> Double.longBitsToDouble(unsigned(at + 1, 8));
			default -> throw new PlistException("real of " + size + " bytes");
		};
	}

	private Object date(int at) throws PlistException {
		double seconds = Double.longBitsToDouble(unsigned(at + 1, 8));
		if (!(Math.abs(seconds) < 1e12)) {
			throw new PlistException("date " + seconds);
		}
		double whole = Math.floor(seconds);
		return Instant.ofEpochSecond((long) whole + BinaryPlistWriter.COCOA_EPOCH, (long) ((seconds - whole) * 1e9));
	}

	private Object list(int at, int low, int depth) throws PlistException {
		int size = size(at, low, referenceSize);
		int body = body(at, low);
		List<Object> list = new ArrayList<>(size);
		for (int i = 0; i < size; i++) {
			list.add(object(unsigned(body + i * referenceSize, referenceSize), depth + 1));
		}
		return list;
	}

	private Object map(int at, int low, int depth) throws PlistException {
		int size = size(at, low, 2 * referenceSize);
		int keys = body(at, low);
		int values = keys + size * referenceSize;
		Map<String, Object> map = LinkedHashMap.newLinkedHashMap(size);
		for (int i = 0; i < size; i++) {
			if (!(object(unsigned(keys + i * referenceSize, referenceSize), depth + 1) instanceof String key)) {
				throw new PlistException("a key that is not a text");
			}
			map.put(key, object(unsigned(values + i * referenceSize, referenceSize), depth + 1));
		}
		return map;
	}

	/** Where what follows the head begins. */
	private int body(int at, int low) throws PlistException {
		return low < 15 ? at + 1 : at + 2 + (1 << ((int) unsigned(at + 1, 1) & 0x0F));
	}

	private int size(int at, int low, int width) throws PlistException {
		long size = low < 15 ? low : unsigned(at + 2, 1 << ((int) unsigned(at + 1, 1) & 0x0F));
		if (size < 0 || size * width > bytes.length - body(at, low) || size > bytes.length) {
			throw new PlistException(size + " members");
		}
		return (int) size;
	}

	private int end(int at, int low, int width) throws PlistException {
		return body(at, low) + size(at, low, width) * width;
	}
}
