// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.dataset.notes.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;

import org.eclipse.jdt.annotation.Nullable;
import org.junit.jupiter.api.Test;
import org.keepsake.dataset.base.ProtobufReader;
import org.keepsake.dataset.notes.internal.Block.Cell;
import org.keepsake.dataset.notes.internal.Block.Row;

class MergeableTableTest {

	private static @Nullable List<Row> read(byte[] bytes) {
		return MergeableTable.read(new ProtobufReader(bytes), NoteText.Things.NONE);
	}

	private static List<List<String>> texts(byte[] bytes) {
		return Objects.requireNonNull(read(bytes)).stream()
				.map(row -> row.cells().stream().map(Cell::text).toList()).toList();
	}

	@Test
	void putsCellsWhereTheyBelong() {
		assertEquals(List.of(List.of("Name", "Alter"), List.of("Ben", ""), List.of("Anna\nLena", "7")), texts(
				Proto.table(false, new String[] { "Name", "Alter" }, new String[] { "Ben", "" },
						new String[] { "Anna\nLena", "7" })));
	}

	@Test
	void columnsThatRunFromTheRightAreTurned() {
		assertEquals(List.of(List.of("b", "a")), texts(Proto.table(true, new String[] { "a", "b" })));
	}

	@Test
	void whatIsNoTableIsNone() {
		assertNull(read(new byte[0]));
		assertNull(read(new Proto().message(2, new Proto().message(3, new Proto().text(5, "other"))).toBytes()));
	}

	@Test
	void moreCellsThanTheAppAllowsAreRefused() {
		String[][] rows = new String[300][300];
		for (String[] row : rows) {
			Arrays.fill(row, "");
		}
		assertNull(read(Proto.table(false, rows)));
	}

	/** Each of the references is harmless, and all of them together would take for ever. */
	@Test
	void manyReferencesToOneObjectAreFollowedOnce() {
		Proto cells = new Proto();
		Proto elements = new Proto();
		for (int i = 0; i < 50_000; i++) {
			elements.message(1, new Proto().message(1, new Proto().number(6, 1)).message(2, new Proto().number(6, 3)));
		}
		cells.message(6, elements);
		Proto order = new Proto().message(16, new Proto().message(1, new Proto()
				.message(1, new Proto().message(2, new Proto().bytes(2, new byte[16]))).message(2, elements)));
		Proto map = new Proto().number(1, 0);
		for (int i = 0; i < 20_000; i++) {
			map.message(3, new Proto().number(1, i % 3).message(2, new Proto().number(6, 2 + i % 3)));
		}
		Proto data = new Proto().message(3, new Proto().message(13, map)).message(3, new Proto()).message(3, order)
				.message(3, order).message(3, cells).text(4, "crRows").text(4, "crColumns").text(4, "cellColumns")
				.text(5, "com.apple.notes.ICTable").bytes(6, new byte[16]);
		assertNotNull(read(new Proto().message(2, new Proto().message(3, data)).toBytes()));
	}

	@Test
	void tenThousandMutationsEndInATableOrNone() {
		byte[] sound = Proto.table(false, new String[] { "Name", "Alter" }, new String[] { "Ben", "" },
				new String[] { "Anna", "7" });
		Fuzz.tenThousandTimes(sound, bytes -> {
			List<Row> rows = read(bytes);
			assertTrue(rows == null || rows.stream().mapToInt(row -> row.cells().size()).sum() <= 50_000);
		});
	}
}
