// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ios.protocol.internal.plist;

import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.AbstractList;
import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A binary property list (format: Core Foundation's {@code bplist00}). Containers of more than {@value #LAZY} entries
 * are decoded while they are iterated; a damaged one then throws {@link UncheckedIOException}.
 */
final class BinaryPlistReader {

	private static final byte[] MAGIC = "bplist0".getBytes(StandardCharsets.US_ASCII);
	private static final int TRAILER = 32;
	private static final int LAZY = 1024;
	private static final double COCOA_EPOCH = 978_307_200;
	private static final double MAX_SECONDS = 1e11;

	private final byte[] bytes;
	private final int offsetSize;
	private final int refSize;
	private final int objects;
	private final int top;
	private final int table;

	static boolean isBinary(byte[] bytes) {
		return bytes.length >= MAGIC.length && Arrays.equals(bytes, 0, MAGIC.length, MAGIC, 0, MAGIC.length);
	}

	BinaryPlistReader(byte[] bytes) throws PlistException {
		this.bytes = bytes;
		if (bytes.length < 8 + 1 + TRAILER) {
			throw new PlistException("Binary property list too short");
		}
		int trailer = bytes.length - TRAILER;
		offsetSize = bytes[trailer + 6] & 0xff;
		refSize = bytes[trailer + 7] & 0xff;
		long count = unsigned(trailer + 8, 8);
		long root = unsigned(trailer + 16, 8);
		long start = unsigned(trailer + 24, 8);
		if (offsetSize < 1 || offsetSize > 8 || refSize < 1 || refSize > 8 || count < 1 || count > trailer || root < 0
				|| root >= count || start < 8 || start > trailer || count * offsetSize > trailer - start) {
			throw new PlistException("Binary property list with a bad trailer");
		}
		objects = (int) count;
		top = (int) root;
		table = (int) start;
	}

	Object root() throws PlistException {
		return decode(top, 0, new Budget(bytes.length));
	}

	/** Counts decoded values, so that shared containers cannot multiply without end. */
	private static final class Budget {
		private long left;

		Budget(long left) {
			this.left = left;
		}

		void take(long values) throws PlistException {
			left -= values;
			if (left < 0) {
				throw new PlistException("Binary property list that multiplies its content");
			}
		}
	}

	private Object decode(int object, int depth, Budget budget) throws PlistException {
		if (depth > Plist.MAX_DEPTH) {
			throw new PlistException("Property list nested too deeply");
		}
		budget.take(1);
		int at = offset(object);
		int marker = bytes[at] & 0xff;
		int low = marker & 0x0f;
		return switch (marker >> 4) {
			case 0x0 -> simple(low);
			case 0x1 -> integer(at, low);
			case 0x2 -> real(at, low);
			case 0x3 -> date(at);
			case 0x4 -> data(at, low);
			case 0x5 -> text(at, low, 1, StandardCharsets.US_ASCII);
			case 0x6 -> text(at, low, 2, StandardCharsets.UTF_16BE);
			case 0x7 -> text(at, low, 1, StandardCharsets.UTF_8);
			case 0x8 -> new Plist.Uid(sized(at + 1, low + 1));
			case 0xa, 0xb, 0xc -> array(at, low, depth, budget);
			case 0xd -> dictionary(at, low, depth, budget);
			default -> throw new PlistException("Unknown kind of value in a binary property list");
		};
	}

	private int offset(int object) throws PlistException {
		long offset = unsigned(table + object * offsetSize, offsetSize);
		if (offset < 8 || offset >= table) {
			throw new PlistException("Value outside of the binary property list");
		}
		return (int) offset;
	}

	private static Object simple(int low) throws PlistException {
		return switch (low) {
			case 0x0 -> Plist.NULL;
			case 0x8 -> Boolean.FALSE;
			case 0x9 -> Boolean.TRUE;
			default -> throw new PlistException("Unknown constant in a binary property list");
		};
	}

	private Long integer(int at, int low) throws PlistException {
		if (low > 4) {
			throw new PlistException("Integer too wide");
		}
		int width = 1 << low;
		check(at + 1, width);
		return low == 4 ? unsigned(at + 9, 8) : unsigned(at + 1, width);
	}

	private Double real(int at, int low) throws PlistException {
		if (low == 2) {
			return (double) Float.intBitsToFloat((int) sized(at + 1, 4));
		}
		if (low == 3) {
			return Double.longBitsToDouble(sized(at + 1, 8));
		}
		throw new PlistException("Real of unknown width");
	}

	private Instant date(int at) throws PlistException {
		double seconds = Double.longBitsToDouble(sized(at + 1, 8)) + COCOA_EPOCH;
		if (!(Math.abs(seconds) < MAX_SECONDS)) {
			return Instant.EPOCH;
		}
		double whole = Math.floor(seconds);
		return Instant.ofEpochSecond((long) whole, (long) ((seconds - whole) * 1e9));
	}

	private byte[] data(int at, int low) throws PlistException {
		Extent extent = extent(at, low, 1);
		return Arrays.copyOfRange(bytes, extent.start, extent.start + extent.count);
	}

	private String text(int at, int low, int width, Charset charset) throws PlistException {
		Extent extent = extent(at, low, width);
		return new String(bytes, extent.start, extent.count * width, charset);
	}

	private List<Object> array(int at, int low, int depth, Budget budget) throws PlistException {
		Extent extent = extent(at, low, refSize);
		if (extent.count > LAZY) {
			return new LazyList(extent, depth);
		}
		List<Object> list = new ArrayList<>(extent.count);
		for (int i = 0; i < extent.count; i++) {
			list.add(decode(reference(extent.start, i), depth + 1, budget));
		}
		return list;
	}

	private Map<String, Object> dictionary(int at, int low, int depth, Budget budget) throws PlistException {
		Extent extent = extent(at, low, 2 * refSize);
		if (extent.count > LAZY) {
			return new LazyMap(extent, depth);
		}
		Map<String, Object> map = LinkedHashMap.newLinkedHashMap(extent.count);
		for (int i = 0; i < extent.count; i++) {
			String key = key(extent, i, budget);
			map.put(key, decode(reference(extent.start, extent.count + i), depth + 1, budget));
		}
		return map;
	}

	private String key(Extent extent, int i, Budget budget) throws PlistException {
		int object = reference(extent.start, i);
		int kind = bytes[offset(object)] >> 4;
		if (kind >= 0x5 && kind <= 0x7 && decode(object, 0, budget) instanceof String text) {
			return text;
		}
		throw new PlistException("Dictionary with a key that is no text");
	}

	/** Where the content of a counted value begins, and how many units it has; checked to lie inside the bytes. */
	private record Extent(int start, int count) {
	}

	private Extent extent(int at, int low, int unit) throws PlistException {
		long count = low;
		int start = at + 1;
		if (low == 0x0f) {
			check(start, 1);
			int marker = bytes[start] & 0xff;
			if (marker >> 4 != 1 || (marker & 0x0f) > 3) {
				throw new PlistException("Count of unknown width");
			}
			int width = 1 << (marker & 0x0f);
			count = sized(start + 1, width);
			start += 1 + width;
		}
		if (count < 0 || count > (table - start) / unit) {
			throw new PlistException("Value longer than the binary property list");
		}
		return new Extent(start, (int) count);
	}

	private int reference(int start, int i) throws PlistException {
		long reference = unsigned(start + i * refSize, refSize);
		if (reference < 0 || reference >= objects) {
			throw new PlistException("Reference outside of the binary property list");
		}
		return (int) reference;
	}

	private void check(int at, int width) throws PlistException {
		if (at + width > table) {
			throw new PlistException("Value cut off");
		}
	}

	private long sized(int at, int width) throws PlistException {
		check(at, width);
		return unsigned(at, width);
	}

	/** Big-endian; only the low 64 bits of what is wider. */
	private long unsigned(int at, int width) {
		long value = 0;
		for (int i = 0; i < width; i++) {
			value = value << 8 | bytes[at + i] & 0xff;
		}
		return value;
	}

	private Object decodeLazily(int start, int i, int depth) {
		try {
			return decode(reference(start, i), depth + 1, new Budget(bytes.length));
		} catch (PlistException e) {
			throw new UncheckedIOException(e);
		}
	}

	@SuppressWarnings("null") // the JDK's abstract collections carry no annotations, its interfaces do
	private final class LazyList extends AbstractList<Object> {
		private final Extent extent;
		private final int depth;

		LazyList(Extent extent, int depth) {
			this.extent = extent;
			this.depth = depth;
		}

		@Override
		public Object get(int index) {
			return decodeLazily(extent.start, java.util.Objects.checkIndex(index, extent.count), depth);
		}

		@Override
		public int size() {
			return extent.count;
		}
	}

	@SuppressWarnings("null") // as above
	private final class LazyMap extends AbstractMap<String, Object> {
		private final Extent extent;
		private final int depth;

		LazyMap(Extent extent, int depth) {
			this.extent = extent;
			this.depth = depth;
		}

		@Override
		public Set<Entry<String, Object>> entrySet() {
			return new AbstractSet<>() {
				@Override
				public Iterator<Entry<String, Object>> iterator() {
					return entries();
				}

				@Override
				public int size() {
					return extent.count;
				}
			};
		}

		private Iterator<Entry<String, Object>> entries() {
			return new Iterator<>() {
				private int next;

				@Override
				public boolean hasNext() {
					return next < extent.count;
				}

				@Override
				public Entry<String, Object> next() {
					if (!hasNext()) {
						throw new java.util.NoSuchElementException();
					}
					int i = next++;
					try {
						String key = key(extent, i, new Budget(bytes.length));
						return Map.entry(key, decodeLazily(extent.start, extent.count + i, depth));
					} catch (PlistException e) {
						throw new UncheckedIOException(e);
					}
				}
			};
		}
	}
}
