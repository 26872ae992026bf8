// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ios.backup.internal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads a table of a SQLite database in the order of its rows, page by page from a channel: for an encrypted database of
 * a gigabyte whose first rows are wanted at once. Knows nothing beyond that, and gives up on whatever it does not expect;
 * SQLite itself has the last word. Memory is bounded by the longest record. Not thread-safe.
 *
 * <p>
 * Format: {@code sqlite.org/fileformat2.html}.
 */
final class TableReader {

	/** Receives rows. */
	@FunctionalInterface
	interface RowVisitor {
		/** @param columns valid during the call @return false to end the visit */
		boolean visit(long number, Columns columns) throws IOException;
	}

	private static final int MAX_RECORD = 16 << 20;
	private static final int MAX_DEPTH = 20;
	private static final int HEADER = 100;
	private static final int INTERIOR = 5;
	private static final int LEAF = 13;

	private final SeekableByteChannel channel;
	private final int pageSize;
	private final int usable;
	private final long pages;
	private long left;

	/** @throws IndexException if it does not begin as a database in UTF-8 */
	TableReader(SeekableByteChannel channel) throws IOException {
		this.channel = channel;
		byte[] header = new byte[HEADER];
		read(0, header);
		int size = (header[16] & 0xFF) << 8 | header[17] & 0xFF;
		pageSize = size == 1 ? 1 << 16 : size;
		usable = pageSize - (header[20] & 0xFF);
		if (Integer.bitCount(pageSize) != 1 || pageSize < 512 || usable < 480 || header[59] != 1) {
			throw odd();
		}
		pages = channel.size() / pageSize;
	}

	private static IndexException odd() {
		return new IndexException("not as expected", null);
	}

	private void read(long position, byte[] target) throws IOException {
		ByteBuffer buffer = ByteBuffer.wrap(target);
		channel.position(position);
		while (buffer.hasRemaining()) {
			if (channel.read(buffer) < 0) {
				throw odd();
			}
		}
	}

	private byte[] page(long number) throws IOException {
		// No page belongs to a table twice: whoever is sent in circles notices here.
		if (number < 1 || number > pages || left-- == 0) {
			throw odd();
		}
		byte[] page = new byte[pageSize];
		read((number - 1) * pageSize, page);
		return page;
	}

	/**
	 * Where a table begins.
	 *
	 * @param columns its first columns, in lower case, as its definition must have them
	 * @throws IndexException if there is no such table
	 */
	long root(String table, String... columns) throws IOException {
		long[] root = new long[1];
		visit(1, (number, row) -> {
			if (row.text(0).equals("table") && row.text(1).equals(table)) {
				String definition = row.text(4);
				int open = definition.indexOf('(');
				String[] names = definition.substring(open + 1).split(",", columns.length + 1);
				if (open < 0 || names.length < columns.length || definition.contains("WITHOUT")) {
					throw odd();
				}
				for (int i = 0; i < columns.length; i++) {
					if (!names[i].strip().split("[\\s)]", 2)[0].equalsIgnoreCase(columns[i])) {
						throw odd();
					}
				}
				root[0] = row.integer(3);
			}
			return root[0] == 0;
		});
		if (root[0] == 0) {
			throw odd();
		}
		return root[0];
	}

	/**
	 * Visits the rows of the table that begins there.
	 *
	 * @throws IndexException where it meets something that it does not expect
	 */
	void visit(long root, RowVisitor visitor) throws IOException {
		left = pages;
		visit(root, 0, visitor);
	}

	private boolean visit(long number, int depth, RowVisitor visitor) throws IOException {
		byte[] page = page(number);
		int header = number == 1 ? HEADER : 0;
		int type = page[header];
		int cells = unsigned(page, header + 3, 2);
		int pointers = header + (type == LEAF ? 8 : 12);
		if (type != LEAF && type != INTERIOR || depth > MAX_DEPTH || pointers + 2 * cells > usable) {
			throw odd();
		}
		for (int i = 0; i < cells; i++) {
			int cell = unsigned(page, pointers + 2 * i, 2);
			if (cell < pointers || cell > usable - 4) {
				throw odd();
			}
			if (!(type == LEAF ? row(page, cell, visitor) : visit(number(page, cell), depth + 1, visitor))) {
				return false;
			}
		}
		return type == LEAF || visit(number(page, header + 8), depth + 1, visitor);
	}

	private static int unsigned(byte[] bytes, int at, int length) {
		int value = 0;
		for (int i = 0; i < length; i++) {
			value = value << 8 | bytes[at + i] & 0xFF;
		}
		return value;
	}

	private static long number(byte[] page, int at) {
		return unsigned(page, at, 4) & 0xFFFF_FFFFL;
	}

	private boolean row(byte[] page, int cell, RowVisitor visitor) throws IOException {
		Columns cursor = new Columns(page, cell, usable);
		long length = cursor.varint();
		long rowNumber = cursor.varint();
		if (length < 1 || length > MAX_RECORD) {
			throw odd();
		}
		int local = local((int) length);
		int from = cursor.at;
		if (from + local > usable) {
			throw odd();
		}
		if (local == length) {
			return visitor.visit(rowNumber, new Columns(page, from, from + local).header());
		}
		byte[] record = Arrays.copyOfRange(page, from, from + (int) length);
		if (from + local + 4 > usable) {
			throw odd();
		}
		long next = number(page, from + local);
		for (int at = local; at < record.length;) {
			byte[] overflow = page(next);
			int part = Math.min(record.length - at, usable - 4);
			System.arraycopy(overflow, 4, record, at, part);
			at += part;
			next = number(overflow, 0);
		}
		return visitor.visit(rowNumber, new Columns(record, 0, record.length).header());
	}

	/** How much of a record lies in the page itself. */
	private int local(int length) {
		int most = usable - 35;
		if (length <= most) {
			return length;
		}
		int least = (usable - 12) * 32 / 255 - 23;
		int fitting = least + (length - least) % (usable - 4);
		return fitting <= most ? fitting : least;
	}

	/** The columns of a row. */
	static final class Columns {

		private static final int MAX_COLUMNS = 64;

		private final byte[] bytes;
		private final int end;
		private int at;
		private int[] types = new int[8];
		private int[] offsets = new int[8];
		private int count;

		Columns(byte[] bytes, int from, int end) {
			this.bytes = bytes;
			this.end = end;
			at = from;
		}

		private long varint() throws IndexException {
			long value = 0;
			for (int i = 0; i < 9; i++) {
				if (at >= end) {
					throw odd();
				}
				byte next = bytes[at++];
				if (i == 8) {
					return value << 8 | next & 0xFF;
				}
				value = value << 7 | next & 0x7F;
				if (next >= 0) {
					return value;
				}
			}
			return value;
		}

		private Columns header() throws IndexException {
			int from = at;
			long length = varint();
			if (length < 1 || length > end - from) {
				throw odd();
			}
			int headerEnd = from + (int) length;
			long content = headerEnd;
			while (at < headerEnd) {
				long type = varint();
				if (count == MAX_COLUMNS || type < 0 || type > 2L * MAX_RECORD || at > headerEnd) {
					throw odd();
				}
				if (count == types.length) {
					types = Arrays.copyOf(types, 2 * count);
					offsets = Arrays.copyOf(offsets, 2 * count);
				}
				types[count] = (int) type;
				offsets[count++] = (int) content;
				content += length((int) type);
				if (content > end) {
					throw odd();
				}
			}
			return this;
		}

		private static int length(int type) throws IndexException {
			return switch (type) {
				case 0, 8, 9 -> 0;
				case 1, 2, 3, 4 -> type;
				case 5 -> 6;
				case 6, 7 -> 8;
				case 10, 11 -> throw odd();
				default -> (type - 12) / 2;
			};
		}

		private int type(int column) throws IndexException {
			if (column >= count) {
				throw odd();
			}
			return types[column];
		}

		/** The text in the column. @throws IndexException if it is something else, or no UTF-8 */
		String text(int column) throws IndexException {
			int type = type(column);
			if (type < 13 || type % 2 == 0) {
				throw odd();
			}
			String text = new String(bytes, offsets[column], length(type), StandardCharsets.UTF_8);
			if (text.indexOf('\uFFFD') >= 0 || text.indexOf('\0') >= 0) {
				throw odd();
			}
			return text;
		}

		/** The whole number in the column. @throws IndexException if it is something else */
		long integer(int column) throws IndexException {
			int type = type(column);
			if (type == 0 || type == 7 || type > 9) {
				throw odd();
			}
			if (type > 7) {
				return type - 8;
			}
			int length = length(type);
			long value = bytes[offsets[column]];
			for (int i = 1; i < length; i++) {
				value = value << 8 | bytes[offsets[column] + i] & 0xFF;
			}
			return value;
		}

		/** The bytes in the column. @throws IndexException if it is something else */
		byte[] blob(int column) throws IndexException {
			int type = type(column);
			if (type < 12 || type % 2 == 1) {
				throw odd();
			}
			return Arrays.copyOfRange(bytes, offsets[column], offsets[column] + length(type));
		}
	}
}
