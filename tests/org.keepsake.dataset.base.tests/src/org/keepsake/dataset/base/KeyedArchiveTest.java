// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.dataset.base;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.keepsake.ios.backup.plist.PlistException;
import org.keepsake.testing.Plists;

class KeyedArchiveTest {

	@Test
	void resolvesDictionariesArraysAndUrls() throws Exception {
		byte[] bytes = Plists.keyed(Map.of("richLinkMetadata",
				Map.of("title", "A page", "URL", URI.create("https://example.org/a"), "images",
						List.of("one", "two"))));
		Object root = KeyedArchive.read(bytes);
		assertEquals("A page", KeyedArchive.text(root, "richLinkMetadata", "title"));
		assertEquals("https://example.org/a", KeyedArchive.text(root, "richLinkMetadata", "URL"));
		assertEquals(List.of("one", "two"), KeyedArchive.at(root, "richLinkMetadata", "images"));
		assertEquals("", KeyedArchive.text(root, "richLinkMetadata", "nothing", "below"));
	}

	@Test
	void knowsDatesDataIdentifiersAndAttributedStrings() throws Exception {
		List<Object> objects = List.of("$null", Map.of("$class", Plists.reference(2), "date", Plists.reference(3), "id",
				Plists.reference(5), "text", Plists.reference(7), "data", Plists.reference(10), "n", 7L, "b", true),
				Plists.type("Anything"), Map.of("$class", Plists.reference(4), "NS.time", 0.5), Plists.type("NSDate"),
				Map.of("$class", Plists.reference(6), "NS.uuidbytes", new byte[16]), Plists.type("NSUUID"),
				Map.of("$class", Plists.reference(8), "NSString", Plists.reference(9)),
				Plists.type("NSMutableAttributedString"), "attributed",
				Map.of("$class", Plists.reference(11), "NS.data", new byte[] { 1, 2 }), Plists.type("NSMutableData"));
		Object root = KeyedArchive.read(Plists.archive(Plists.reference(1), objects));
		assertEquals("Anything", KeyedArchive.text(root, KeyedArchive.CLASS));
		assertEquals(Instant.parse("2001-01-01T00:00:00.500Z"), KeyedArchive.at(root, "date"));
		assertEquals("00000000-0000-0000-0000-000000000000", KeyedArchive.text(root, "id"));
		assertEquals("attributed", KeyedArchive.text(root, "text"));
		assertEquals(2, assertInstanceOf(byte[].class, KeyedArchive.at(root, "data")).length);
		assertEquals(7L, KeyedArchive.at(root, "n"));
		assertEquals(true, KeyedArchive.at(root, "b"));
	}

	@Test
	void aPlainListIsGivenAsItIs() throws Exception {
		Object root = KeyedArchive.read(Plists.binary(Map.of("transcriptionString", "Hello")));
		assertEquals("Hello", KeyedArchive.text(root, "transcriptionString"));
	}

	@Test
	void whatRefersToItselfIsCutOff() throws Exception {
		List<Object> objects = List.of("$null", Map.of("$class", Plists.reference(2), "NS.objects",
				List.of(Plists.reference(1), Plists.reference(3))), Plists.type("NSArray"), "end");
		assertEquals(List.of("end"), KeyedArchive.read(Plists.archive(Plists.reference(1), objects)));
	}

	@Test
	void whatMultipliesItselfIsRefused() {
		List<Object> objects = new ArrayList<>();
		objects.add("$null");
		objects.add(Plists.type("NSArray"));
		for (int i = 2; i < 40; i++) {
			List<Object> twice = new ArrayList<>();
			for (int j = 0; j < 10; j++) {
				twice.add(Plists.reference(i + 1));
			}
			objects.add(Map.of("$class", Plists.reference(1), "NS.objects", twice));
		}
		objects.add("laugh");
		byte[] bytes = Plists.archive(Plists.reference(2), objects);
		assertThrows(PlistException.class, () -> KeyedArchive.read(bytes));
		assertNull(KeyedArchive.readOrNull(bytes));
	}

	@Test
	void referencesOutsideAreAProblem() {
		byte[] bytes = Plists.archive(Plists.reference(99), List.of("$null"));
		assertThrows(PlistException.class, () -> KeyedArchive.read(bytes));
	}

	@Test
	void bearsTenThousandMutations() {
		long seed = new Random().nextLong();
		Random random = new Random(seed);
		byte[] sound = Plists
				.keyed(Map.of("metadata", Map.of("title", "Ä page", "URL", URI.create("https://example.org"),
						"list", List.of(Map.of("a", 1L, "b", 2.5), Instant.EPOCH, true, new byte[] { 1, 2, 3 }))));
		Assertions.assertTimeoutPreemptively(Duration.ofMinutes(3), () -> {
			for (int i = 0; i < 10_000; i++) {
				byte[] bytes = Mutations.of(sound, random);
				try {
					KeyedArchive.read(bytes);
				} catch (PlistException _) {
					// A problem is one of the two good ends.
				} catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
					throw new AssertionError("mutation " + i + ", seed " + seed, e);
				}
			}
		});
	}
}
