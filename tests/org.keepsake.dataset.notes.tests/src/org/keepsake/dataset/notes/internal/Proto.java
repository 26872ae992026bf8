// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.dataset.notes.internal;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

/** Writes Protocol Buffers, and in them bodies and tables of notes. */
final class Proto {

	private final ByteArrayOutputStream out = new ByteArrayOutputStream();

	Proto number(int field, long value) {
		varint((long) field << 3);
		varint(value);
		return this;
	}

	Proto bytes(int field, byte[] value) {
		varint((long) field << 3 | 2);
		varint(value.length);
		out.writeBytes(value);
		return this;
	}

	Proto text(int field, String value) {
		return bytes(field, value.getBytes(StandardCharsets.UTF_8));
	}

	Proto message(int field, Proto value) {
		return bytes(field, value.toBytes());
	}

	byte[] toBytes() {
		return out.toByteArray();
	}

	private void varint(long value) {
		long rest = value;
		while ((rest & ~0x7fL) != 0) {
			out.write((int) (rest & 0x7f | 0x80));
			rest >>>= 7;
		}
		out.write((int) rest);
	}

	static byte[] gzip(byte[] bytes) {
		ByteArrayOutputStream zipped = new ByteArrayOutputStream();
		try (GZIPOutputStream zip = new GZIPOutputStream(zipped)) {
			zip.write(bytes);
		} catch (IOException e) {
			throw new UncheckedIOException(e);
		}
		return zipped.toByteArray();
	}

	/** The body of a note, as it is in its column. */
	static byte[] body(Proto text) {
		return gzip(new Proto().number(1, 0)
				.message(2, new Proto().number(1, 0).number(2, 0).message(3, text)).toBytes());
	}

	/** A paragraph's style. */
	static Proto style(int number) {
		return new Proto().number(1, number);
	}

	/** Text with its runs. */
	static final class Text {
		private final StringBuilder text = new StringBuilder();
		private final List<Proto> runs = new ArrayList<>();

		/** Characters with what is in their run beside the length. */
		Text run(String characters, Proto look) {
			text.append(characters);
			Proto run = new Proto().number(1, characters.length());
			run.out.writeBytes(look.toBytes());
			runs.add(run);
			return this;
		}

		Text run(String characters) {
			return run(characters, new Proto());
		}

		Text styled(String characters, int style) {
			return run(characters, new Proto().message(2, style(style)));
		}

		Text attachment(String identifier, String type) {
			return run("\uFFFC", new Proto().message(12, new Proto().text(1, identifier).text(2, type)));
		}

		Proto toProto() {
			Proto message = new Proto().text(2, text.toString());
			runs.forEach(run -> message.message(5, run));
			return message;
		}
	}

	/** A table of texts, as the app keeps it: every cell, row and column is an object. */
	static byte[] table(boolean rightToLeft, String[]... rows) {
		List<Proto> objects = new ArrayList<>();
		List<byte[]> identifiers = new ArrayList<>();
		Map<String, Integer> holders = new LinkedHashMap<>();
		objects.add(new Proto());
		for (String name : names(rows)) {
			identifiers.add(identifier(name));
			// An object that holds the identifier by its number, and another that stands for the same.
			for (String alias : List.of("", "'")) {
				holders.put(name + alias, objects.size());
				if (alias.equals("'")) {
					identifiers.add(identifier(name + alias));
				}
				objects.add(new Proto().message(13, new Proto().number(1, 1).message(3,
						new Proto().number(1, 4).message(2, new Proto().number(2, identifiers.size() - 1L)))));
			}
		}
		List<String> rowNames = names(rows).stream().filter(name -> name.startsWith("r")).toList();
		List<String> columnNames = names(rows).stream().filter(name -> name.startsWith("c")).toList();
		int rowsAt = objects.size();
		objects.add(order(rowNames, holders));
		objects.add(order(columnNames, holders));
		int cellsAt = cells(objects, holders, rows);
		objects.set(0, new Proto().message(13,
				new Proto().number(1, 0).message(3, entry(0, rowsAt)).message(3, entry(1, rowsAt + 1))
						.message(3, entry(2, cellsAt)).message(3, new Proto().number(1, 3).message(2,
								new Proto().text(4, rightToLeft ? "CRTableColumnDirectionRightToLeft"
										: "CRTableColumnDirectionLeftToRight")))));
		Proto data = new Proto();
		objects.forEach(object -> data.message(3, object));
		List.of("crRows", "crColumns", "cellColumns", "crTableColumnDirection", "UUIDIndex")
				.forEach(key -> data.text(4, key));
		data.text(5, "com.apple.notes.ICTable").text(5, "com.apple.CRDT.NSUUID");
		identifiers.forEach(identifier -> data.bytes(6, identifier));
		return new Proto().message(2, new Proto().number(2, 1).message(3, data)).toBytes();
	}

	private static List<String> names(String[]... rows) {
		List<String> names = new ArrayList<>();
		for (int y = 0; y < rows.length; y++) {
			names.add("r" + y);
		}
		for (int x = 0; x < rows[0].length; x++) {
			names.add("c" + x);
		}
		return names;
	}

	private static byte[] identifier(String name) {
		byte[] identifier = new byte[16];
		byte[] start = name.getBytes(StandardCharsets.UTF_8);
		System.arraycopy(start, 0, identifier, 0, start.length);
		return identifier;
	}

	private static Proto entry(int key, int object) {
		return new Proto().number(1, key).message(2, new Proto().number(6, object));
	}

	private static Proto order(List<String> names, Map<String, Integer> holders) {
		Proto array = new Proto().message(1, new Proto().text(2, "\uFFFC".repeat(names.size())));
		Proto contents = new Proto();
		for (int i = 0; i < names.size(); i++) {
			String name = names.get(i);
			array.message(2, new Proto().number(1, i).bytes(2, identifier(name)));
			contents.message(1, pair(holders.getOrDefault(name, 0), holders.getOrDefault(name + "'", 0)));
		}
		return new Proto().message(16, new Proto().message(1, new Proto().message(1, array).message(2, contents)));
	}

	private static Proto pair(int key, int value) {
		return new Proto().message(1, new Proto().number(6, key)).message(2, new Proto().number(6, value));
	}

	private static int cells(List<Proto> objects, Map<String, Integer> holders, String[]... rows) {
		Proto columns = new Proto();
		for (int x = 0; x < rows[0].length; x++) {
			Proto column = new Proto();
			for (int y = 0; y < rows.length; y++) {
				if (!rows[y][x].isEmpty()) {
					objects.add(new Proto().message(10, new Text().run(rows[y][x]).toProto()));
					column.message(1, pair(holders.getOrDefault("r" + y + "'", 0), objects.size() - 1));
				}
			}
			objects.add(new Proto().message(6, column));
			columns.message(1, pair(holders.getOrDefault("c" + x + "'", 0), objects.size() - 1));
		}
		objects.add(new Proto().message(6, columns));
		return objects.size() - 1;
	}
}
