// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ios.backup.plist;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;

/**
 * Random access to the objects of a binary property list, without building them: made for a million small lists in a
 * row. Objects are named by their number. Every offset, count and number is checked before use, so that hostile bytes
 * end in a {@link PlistException} and nothing else. Not thread-safe.
 *
 * <p>
 * Format: Apple's {@code CFBinaryPList.c} (CoreFoundation): header {@code bplist00}, objects, offset table, trailer of 32
 * bytes; all numbers big endian.
 */
public final class BinaryPlist {

	/** What an object is. */
	public enum Type {
		/** The null object. */
		NULL,
		/** True or false. */
		BOOLEAN,
		/** A whole number. */
		INTEGER,
		/** A floating-point number. */
		REAL,
		/** A moment. */
		DATE,
		/** Bytes. */
		DATA,
		/** Text. */
		STRING,
		/** A reference of an archiver to one of its objects. */
		UID,
		/** An array, or a set. */
		ARRAY,
		/** A dictionary. */
		DICT
	}

	private static final int TRAILER = 32;
	private static final byte[] MAGIC = "bplist".getBytes(StandardCharsets.US_ASCII);
	private static final long COCOA_EPOCH = 978_307_200L;

	private final byte[] bytes;
	private final int objects;
	private final int root;
	private final int table;
	private final int offsetBytes;
	private final int referenceBytes;
	/* The counted object read last: where its content begins, and how many elements or bytes it has. */
	private int content;
	private int count;

	/**
	 * Reads the trailer only.
	 *
	 * @param bytes the whole list; kept, not copied
	 * @throws PlistException if they are no binary property list
	 */
	public BinaryPlist(byte[] bytes) throws PlistException {
		this.bytes = bytes;
		if (!isBinary(bytes) || bytes.length < MAGIC.length + 2 + TRAILER) {
			throw new PlistException("no binary property list");
		}
		int trailer = bytes.length - TRAILER;
		offsetBytes = bytes[trailer + 6];
		referenceBytes = bytes[trailer + 7];
		long number = number(trailer + 8, 8);
		long top = number(trailer + 16, 8);
		long offset = number(trailer + 24, 8);
		if (offsetBytes < 1 || offsetBytes > 8 || referenceBytes < 1 || referenceBytes > 8) {
			throw new PlistException("impossible widths in the trailer");
		}
		if (number < 1 || number > trailer || top < 0 || top >= number || offset < 8 || offset > trailer
				|| number * offsetBytes > trailer - offset) {
			throw new PlistException("offset table outside the file");
		}
		objects = (int) number;
		root = (int) top;
		table = (int) offset;
	}

	/** Whether the bytes begin as a binary property list does. */
	public static boolean isBinary(byte[] bytes) {
		return bytes.length >= MAGIC.length && Arrays.equals(bytes, 0, MAGIC.length, MAGIC, 0, MAGIC.length);
	}

	/** The number of the top object. */
	public int root() {
		return root;
	}

	/** What the object is. */
	public Type type(int object) throws PlistException {
		int marker = marker(offset(object));
		return switch (marker >> 4) {
			case 0x0 -> switch (marker) {
				case 0x00 -> Type.NULL;
				case 0x08, 0x09 -> Type.BOOLEAN;
				default -> throw new PlistException("unknown object");
			};
			case 0x1 -> Type.INTEGER;
			case 0x2 -> Type.REAL;
			case 0x3 -> Type.DATE;
			case 0x4 -> Type.DATA;
			case 0x5, 0x6, 0x7 -> Type.STRING;
			case 0x8 -> Type.UID;
			case 0xA, 0xB, 0xC -> Type.ARRAY;
			case 0xD -> Type.DICT;
			default -> throw new PlistException("unknown object");
		};
	}

	/** The value of a boolean. */
	public boolean bool(int object) throws PlistException {
		return marker(offset(object)) == 0x09;
	}

	/** The value of an integer; of one that is 16 bytes wide, the lower half. */
	public long integer(int object) throws PlistException {
		int offset = offset(object);
		int marker = marker(offset);
		int width = 1 << (marker & 0xF);
		if (marker >> 4 != 0x1 || width > 16) {
			throw new PlistException("no integer");
		}
		check(offset + 1L, width);
		return width == 16 ? number(offset + 9, 8) : number(offset + 1, width);
	}

	/** The value of a real number. */
	public double real(int object) throws PlistException {
		int offset = offset(object);
		return realAt(offset, marker(offset), 0x2);
	}

	/** The value of a date. */
	public Instant date(int object) throws PlistException {
		int offset = offset(object);
		double seconds = realAt(offset, marker(offset), 0x3);
		if (!(Math.abs(seconds) < 1e11)) {
			throw new PlistException("impossible date");
		}
		return Instant.ofEpochSecond(COCOA_EPOCH).plusMillis(Math.round(seconds * 1000));
	}

	/** The number that an archiver's reference holds, whatever its width. */
	public long uid(int object) throws PlistException {
		int offset = offset(object);
		int marker = marker(offset);
		int width = (marker & 0xF) + 1;
		if (marker >> 4 != 0x8 || width > 8) {
			throw new PlistException("no reference");
		}
		check(offset + 1L, width);
		return number(offset + 1, width);
	}

	/** A copy of the bytes of a data object. */
	public byte[] data(int object) throws PlistException {
		int marker = counted(object);
		if (marker >> 4 != 0x4) {
			throw new PlistException("no data");
		}
		check(content, count);
		return Arrays.copyOfRange(bytes, content, content + count);
	}

	/** The text of a string. */
	public String string(int object) throws PlistException {
		int marker = counted(object);
		return switch (marker >> 4) {
			case 0x5 -> {
				check(content, count);
				yield new String(bytes, content, count, StandardCharsets.ISO_8859_1);
			}
			case 0x6 -> {
				check(content, 2L * count);
				yield new String(bytes, content, 2 * count, StandardCharsets.UTF_16BE);
			}
			case 0x7 -> {
				check(content, count);
				yield new String(bytes, content, count, StandardCharsets.UTF_8);
			}
			default -> throw new PlistException("no string");
		};
	}

	/** Whether the object is the given ASCII string; allocates nothing. */
	public boolean isString(int object, byte[] ascii) throws PlistException {
		int offset = offset(object);
		int marker = marker(offset);
		if (marker >> 4 != 0x5 && marker >> 4 != 0x6) {
			return false;
		}
		counted(object);
		if (marker >> 4 == 0x6) {
			return count == ascii.length && string(object).equals(new String(ascii, StandardCharsets.US_ASCII));
		}
		check(content, count);
		return Arrays.equals(bytes, content, content + count, ascii, 0, ascii.length);
	}

	/** How many elements an array or pairs a dictionary has. */
	public int size(int object) throws PlistException {
		int marker = counted(object);
		int kind = marker >> 4;
		if (kind < 0xA || kind > 0xD) {
			throw new PlistException("no collection");
		}
		check(content, (long) count * referenceBytes * (kind == 0xD ? 2 : 1));
		return count;
	}

	/** The object at an index of an array. */
	public int element(int array, int index) throws PlistException {
		int size = size(array);
		if (index < 0 || index >= size) {
			throw new PlistException("element outside its array");
		}
		return reference(content + index * referenceBytes);
	}

	/** The key of a dictionary's pair. */
	public int key(int dict, int pair) throws PlistException {
		return element(dict, pair);
	}

	/** The value of a dictionary's pair. */
	public int value(int dict, int pair) throws PlistException {
		int size = size(dict);
		if (pair < 0 || pair >= size) {
			throw new PlistException("pair outside its dictionary");
		}
		return reference(content + (size + pair) * referenceBytes);
	}

	/** The value under an ASCII key of a dictionary, or -1. */
	public int find(int dict, byte[] key) throws PlistException {
		int size = size(dict);
		for (int i = 0; i < size; i++) {
			if (isString(key(dict, i), key)) {
				return value(dict, i);
			}
		}
		return -1;
	}

	/** How many bytes the object's own content takes: a bound for what {@link #data} or {@link #string} allocate. */
	public int length(int object) throws PlistException {
		counted(object);
		return count;
	}

	private int reference(int at) throws PlistException {
		long object = number(at, referenceBytes);
		if (object < 0 || object >= objects) {
			throw new PlistException("reference to no object");
		}
		return (int) object;
	}

	private int offset(int object) throws PlistException {
		if (object < 0 || object >= objects) {
			throw new PlistException("reference to no object");
		}
		long offset = number(table + object * offsetBytes, offsetBytes);
		if (offset < 8 || offset >= table) {
			throw new PlistException("object outside the file");
		}
		return (int) offset;
	}

	private int marker(int offset) {
		return bytes[offset] & 0xFF;
	}

	/** Reads marker and count of an object that has one, into {@link #content} and {@link #count}. */
	private int counted(int object) throws PlistException {
		int offset = offset(object);
		int marker = marker(offset);
		content = offset + 1;
		count = marker & 0xF;
		if (count == 0xF) {
			check(content, 1);
			int width = 1 << (bytes[content] & 0xF);
			if ((bytes[content] & 0xF0) != 0x10 || width > 8) {
				throw new PlistException("impossible length");
			}
			check(content + 1L, width);
			long length = number(content + 1, width);
			if (length < 0 || length > table) {
				throw new PlistException("length beyond the file");
			}
			count = (int) length;
			content += 1 + width;
		}
		return marker;
	}

	private double realAt(int offset, int marker, int kind) throws PlistException {
		int width = 1 << (marker & 0xF);
		if (marker >> 4 != kind || width != 4 && width != 8) {
			throw new PlistException("impossible number");
		}
		check(offset + 1L, width);
		long raw = number(offset + 1, width);
		return width == 4 ? Float.intBitsToFloat((int) raw) : Double.longBitsToDouble(raw);
	}

	private void check(long from, long length) throws PlistException {
		if (from + length > table) {
			throw new PlistException("object beyond the end");
		}
	}

	private long number(int at, int width) {
		long value = 0;
		for (int i = at; i < at + width; i++) {
			value = value << 8 | bytes[i] & 0xFF;
		}
		return value;
	}
}
