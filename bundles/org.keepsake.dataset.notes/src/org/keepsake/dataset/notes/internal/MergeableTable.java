// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.dataset.notes.internal;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.dataset.base.ProtobufReader;
import org.keepsake.dataset.notes.internal.Block.Cell;
import org.keepsake.dataset.notes.internal.Block.Row;

/**
 * Reads a table, which is kept so that several devices can change it at once: a list of objects that refer to each other
 * by their places in the list. The object of the type {@code com.apple.notes.ICTable} names those for its rows, its
 * columns, and its cells by column and row.
 *
 * <p>
 * Format: apple_cloud_notes_parser, {@code proto/notestore.proto} and {@code lib/AppleNotesEmbeddedTable.rb}.
 */
final class MergeableTable {

	private static final String TYPE = "com.apple.notes.ICTable";
	private static final String RIGHT_TO_LEFT = "CRTableColumnDirectionRightToLeft";
	/** More than the app lets one make. */
	private static final int MOST_CELLS = 50_000;
	private static final int MOST_IDENTIFIERS = 4 * MOST_CELLS;

	private final NoteText.Things things;
	private final List<byte[]> objects;
	private final List<String> keys;
	private final List<String> types;
	private final Map<ByteBuffer, Long> places = new HashMap<>();
	private final Map<Long, Long> identifiers = new HashMap<>();
	private final Set<Long> used = new HashSet<>();

	private MergeableTable(ProtobufReader data, NoteText.Things things) {
		this.things = things;
		objects = data.allBytes(3);
		keys = data.texts(4);
		types = data.texts(5);
		List<byte[]> identifiers = data.allBytes(6);
		for (int i = 0; i < Math.min(identifiers.size(), MOST_IDENTIFIERS); i++) {
			places.putIfAbsent(ByteBuffer.wrap(identifiers.get(i)), (long) i);
		}
	}

	/**
	 * The table's rows; null if there is no table in it that can be understood.
	 *
	 * @param root   the whole message
	 * @param things what stands in the text of cells for something else
	 */
	static @Nullable List<Row> read(ProtobufReader root, NoteText.Things things) {
		ProtobufReader data = data(root);
		return data == null ? null : new MergeableTable(data, things).table();
	}

	/** What holds the list of objects; null if there is none. */
	static @Nullable ProtobufReader data(ProtobufReader root) {
		ProtobufReader object = root.message(2);
		return object == null ? null : object.message(3);
	}

	private @Nullable List<Row> table() {
		for (byte[] object : objects) {
			ProtobufReader map = new ProtobufReader(object).message(13);
			if (map != null && TYPE.equals(at(types, map.number(1)))) {
				return table(map);
			}
		}
		return null;
	}

	private @Nullable List<Row> table(ProtobufReader map) {
		Map<Long, Integer> rows = Map.of();
		Map<Long, Integer> columns = Map.of();
		ProtobufReader cells = null;
		for (ProtobufReader entry : Parts.each(map, 3)) {
			ProtobufReader value = entry.message(2);
			switch (String.valueOf(at(keys, entry.number(1)))) {
				case "crRows" -> rows = rows.isEmpty() ? order(referredOnce(value)) : rows;
				case "crColumns" -> columns = columns.isEmpty() ? order(referredOnce(value)) : columns;
				case "cellColumns" -> cells = cells == null ? referredOnce(value) : cells;
				default -> {
					// What else there is does not change how the table looks.
				}
			}
		}
		int width = count(columns);
		int height = count(rows);
		if (width == 0 || height == 0 || (long) width * height > MOST_CELLS) {
			return null;
		}
		Cell[][] table = new Cell[height][width];
		for (Cell[] row : table) {
			Arrays.fill(row, new Cell(List.of()));
		}
		if (cells != null) {
			fill(table, cells, rows, columns);
		}
		List<Row> found = new ArrayList<>();
		boolean reversed = isRightToLeft();
		for (Cell[] row : table) {
			List<Cell> line = new ArrayList<>(Arrays.asList(row));
			if (reversed) {
				Collections.reverse(line);
			}
			found.add(new Row(line));
		}
		return found;
	}

	private static int count(Map<Long, Integer> order) {
		return order.values().stream().mapToInt(place -> place + 1).max().orElse(0);
	}

	/** The places of rows or columns, by the numbers of their identifiers; several numbers can mean the same one. */
	private Map<Long, Integer> order(@Nullable ProtobufReader object) {
		Map<Long, Integer> order = new HashMap<>();
		ProtobufReader set = object == null ? null : object.message(16);
		ProtobufReader ordering = set == null ? null : set.message(1);
		ProtobufReader array = ordering == null ? null : ordering.message(1);
		if (ordering == null || array == null) {
			return order;
		}
		int count = 0;
		for (ProtobufReader element : Parts.each(array, 2)) {
			byte[] identifier = element.bytes(2);
			Long number = identifier == null ? null : places.get(ByteBuffer.wrap(identifier));
			if (number != null) {
				order.put(number, count);
			}
			count++;
		}
		for (ProtobufReader element : Parts.each(ordering.message(2), 1)) {
			Integer place = order.get(identifier(element.message(1)));
			long alias = identifier(element.message(2));
			if (place != null && alias >= 0) {
				order.put(alias, place);
			}
		}
		return order;
	}

	private void fill(Cell[][] table, ProtobufReader cells, Map<Long, Integer> rows, Map<Long, Integer> columns) {
		for (ProtobufReader column : elements(cells)) {
			Integer x = columns.get(identifier(column.message(1)));
			ProtobufReader inColumn = x == null ? null : referredOnce(column.message(2));
			if (x == null || inColumn == null) {
				continue;
			}
			for (ProtobufReader row : elements(inColumn)) {
				Integer y = rows.get(identifier(row.message(1)));
				ProtobufReader cell = y == null ? null : referredOnce(row.message(2));
				ProtobufReader text = cell == null ? null : cell.message(10);
				if (y != null && text != null) {
					table[y][x] = cell(text);
				}
			}
		}
	}

	private Cell cell(ProtobufReader text) {
		List<Span> spans = new ArrayList<>();
		for (Block block : NoteText.read(text, things).blocks()) {
			if (!spans.isEmpty()) {
				spans.add(Span.plain("\n"));
			}
			spans.addAll(block.spans());
		}
		return new Cell(spans);
	}

	private static Iterable<ProtobufReader> elements(ProtobufReader object) {
		return Parts.each(object.message(6), 1);
	}

	/** The object that is meant. */
	private @Nullable ProtobufReader referred(@Nullable ProtobufReader reference) {
		return reference == null ? null : object(reference.number(6, -1));
	}

	/** The same, but only once: a table refers once to each of its parts, and who does it more often wants us to hang. */
	private @Nullable ProtobufReader referredOnce(@Nullable ProtobufReader reference) {
		return reference != null && used.add(reference.number(6, -1)) ? referred(reference) : null;
	}

	/** The number of the identifier that the referred object holds; -1 if it holds none. */
	private long identifier(@Nullable ProtobufReader reference) {
		return reference == null ? -1
				: identifiers.computeIfAbsent(reference.number(6, -1), place -> held(object(place)));
	}

	private static long held(@Nullable ProtobufReader object) {
		ProtobufReader entry = Parts.first(object == null ? null : object.message(13), 3);
		ProtobufReader value = entry == null ? null : entry.message(2);
		return value == null ? -1 : value.number(2, -1);
	}

	private @Nullable ProtobufReader object(long place) {
		byte[] bytes = at(objects, place);
		return bytes == null ? null : new ProtobufReader(bytes);
	}

	private boolean isRightToLeft() {
		for (byte[] object : objects) {
			for (ProtobufReader entry : Parts.each(new ProtobufReader(object).message(13), 3)) {
				ProtobufReader value = entry.message(2);
				if (value != null && RIGHT_TO_LEFT.equals(value.text(4))) {
					return true;
				}
			}
		}
		return false;
	}

	private static <T> @Nullable T at(List<T> list, long place) {
		return place >= 0 && place < list.size() ? list.get((int) place) : null;
	}
}
