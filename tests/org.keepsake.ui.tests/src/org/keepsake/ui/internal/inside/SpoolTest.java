// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ui.internal.inside;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import org.eclipse.jdt.annotation.Nullable;
import org.junit.jupiter.api.Test;
import org.keepsake.core.dataset.DataRecord.Attachment;
import org.keepsake.ui.internal.SampleData.Way;
import org.keepsake.ui.internal.inside.Entry.Symbol;

/** Entries that are laid aside come back as they were. */
class SpoolTest {

	private static Entry entry(int number) {
		Map<String, @Nullable Object> values = new LinkedHashMap<>();
		values.put("number", Long.valueOf(number));
		values.put("text", "What is said in " + number);
		return new Entry("key-" + number, number % 7 == 0 ? null : Instant.ofEpochSecond(number), "Number " + number,
				List.of(), values);
	}

	@Test
	void everyKindOfValueComesBack() throws Exception {
		Map<String, @Nullable Object> values = new LinkedHashMap<>();
		values.put("nothing", null);
		values.put("text", "Zoë \uD83D\uDE00\nsecond line");
		values.put("whole", Integer.valueOf(-5));
		values.put("real", Float.valueOf(1.5f));
		values.put("yes", Boolean.TRUE);
		values.put("no", Boolean.FALSE);
		values.put("symbol", Way.AIR_MAIL);
		values.put("bytes", new byte[] { 1, 2, 3 });
		values.put("date", Instant.parse("2026-01-31T18:30:00.000000001Z"));
		values.put("duration", Duration.ofMillis(-1500));
		values.put("day", LocalDate.of(1875, 2, 28));
		values.put("list", List.of("a", List.of(Long.valueOf(1))));
		values.put("map", Map.of("inner", Map.of("deep", "x")));
		values.put("other", java.time.MonthDay.of(2, 29));
		List<Attachment> files = List.of(new Attachment("a.jpg", "image/jpeg", "MediaDomain", "x/a.jpg", true),
				new Attachment("b", "", "", "", false));
		Entry before = new Entry("k", Instant.EPOCH, "Headline", files, values);
		try (Spool spool = new Spool()) {
			spool.add(before);
			for (int i = 0; i < 5_000; i++) {
				spool.add(entry(i));
			}
			assertNull(spool.ready(0), "its page is no longer in memory");
			Entry after = spool.get(0);
			assertEquals(files, after.attachments());
			assertEquals(List.copyOf(values.keySet()), List.copyOf(after.values().keySet()));
			assertEquals(Long.valueOf(-5), after.values().get("whole"));
			assertEquals(Double.valueOf(1.5), after.values().get("real"));
			assertEquals(new Symbol("AIR_MAIL"), after.values().get("symbol"));
			assertEquals("--02-29", after.values().get("other"));
			assertArrayEquals(new byte[] { 1, 2, 3 }, (byte[]) after.values().get("bytes"));
			for (String same : List.of("nothing", "text", "yes", "no", "date", "duration", "day", "list", "map")) {
				assertEquals(values.get(same), after.values().get(same), same);
			}
		}
	}

	@Test
	void anyOfManyIsAtHand() throws Exception {
		long seed = 20261123;
		Random random = new Random(seed);
		try (Spool spool = new Spool()) {
			int count = 20_011;
			for (int i = 0; i < count; i++) {
				spool.add(entry(i));
			}
			assertEquals(count, spool.size());
			for (int i = 0; i < 2_000; i++) {
				int row = random.nextInt(count);
				assertEquals(entry(row), spool.get(row), () -> "seed " + seed);
				assertNotNull(spool.ready(row));
			}
			assertEquals(entry(count - 1), spool.get(count - 1));
			assertThrows(IOException.class, () -> spool.get(count));
			assertThrows(IOException.class, () -> spool.get(-1));
		}
	}

	@Test
	void anEntryIsFoundByItsKey() throws Exception {
		try (Spool spool = new Spool()) {
			for (int i = 0; i < 1_000; i++) {
				spool.add(entry(i));
			}
			assertEquals(777, spool.find("key-777", 0));
			assertEquals(-1, spool.find("key-777", 778));
			assertEquals(-1, spool.find("nobody", 0));
		}
	}

	@Test
	void veryLargeValuesAreCutAndTheRestStays() throws Exception {
		Map<String, @Nullable Object> values = new LinkedHashMap<>();
		values.put("text", "x".repeat(3 << 20));
		values.put("bytes", new byte[3 << 20]);
		values.put("last", "there");
		try (Spool spool = new Spool()) {
			for (int i = 0; i < 30; i++) {
				spool.add(new Entry("k" + i, null, "h", List.of(), values));
			}
			Entry entry = spool.get(0);
			assertTrue(String.valueOf(entry.values().get("text")).length() < 2 << 20);
			assertEquals("there", entry.values().get("last"));
		}
	}

	@Test
	void datesSortWithoutThoseThatHaveNone() throws Exception {
		try (Spool spool = new Spool()) {
			for (int i : new int[] { 5, 7, 3, 14, 9 }) {
				spool.add(entry(i));
			}
			assertArrayEquals(new int[] { 2, 0, 4, 1, 3 }, Sorting.byDate(spool, false));
			assertArrayEquals(new int[] { 4, 0, 2, 1, 3 }, Sorting.byDate(spool, true));
		}
	}

	/** Every row is at hand from the moment it is counted, while others are added and sealed. */
	@Test
	void rowsAreAtHandWhileOthersAreAdded() throws Exception {
		int count = 20_000;
		try (Spool spool = new Spool()) {
			Thread adding = Thread.ofPlatform().start(() -> {
				try {
					for (int i = 0; i < count; i++) {
						spool.add(entry(i));
					}
				} catch (IOException e) {
					throw new java.io.UncheckedIOException(e);
				}
			});
			Random random = new Random(5);
			while (adding.isAlive()) {
				int size = spool.size();
				if (size > 0) {
					assertEquals("key-" + (size - 1), spool.get(size - 1).key());
					int row = random.nextInt(size);
					assertEquals("key-" + row, spool.get(row).key());
				}
			}
			adding.join();
			assertEquals(count, spool.size());
		}
	}
}
