// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ios.backup.internal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.keepsake.ios.backup.fixture.BackupBuilder;
import org.keepsake.ios.backup.fixture.BackupBuilder.Era;
import org.keepsake.ios.backup.fixture.Item;
import org.keepsake.ios.backup.fixture.PlistWriter;
import org.keepsake.ios.backup.fixture.PlistWriter.Uid;
import org.keepsake.ios.backup.plist.PlistException;

class IndexParsersTest {

	@TempDir
	Path folder = Path.of("");

	private static byte[] bytes(int length) {
		byte[] bytes = new byte[length];
		new Random(length).nextBytes(bytes);
		return bytes;
	}

	/** Names and files as they were published, of real devices. */
	@ParameterizedTest
	@CsvSource({ "HomeDomain, Library/SMS/sms.db, 3d0d7e5fb2ce288813306e4d4636395e047a3d28",
			"KeychainDomain, keychain-backup.plist, 51a4616e576dd33cd2abadfea874eb8ff246bf0e" })
	void namesStoredFilesAsDevicesDo(String domain, String path, String id) {
		assertEquals(id, FileIds.of(FileIds.sha1(), domain, path));
	}

	@ParameterizedTest
	@CsvSource({ "1, 0", "2, 0", "3, 0", "4, 0", "8, 0", "2, 254", "2, 300", "4, 300" })
	void decodesRecordsWhateverTheWidthOfReferences(int width, int behind) throws PlistException {
		Item item = Item.file("HomeDomain", "a", bytes(1000)).references(width, behind).protectedBy(2)
				.attributes(bytes(900)).modified(Instant.ofEpochSecond(77));
		for (boolean inline : new boolean[] { false, true }) {
			FileRecord record = FileRecord
					.decode(BackupBuilder.archive(inline ? item.inline() : item, bytes(44), bytes(20)));
			assertEquals(1000, record.sizeBytes());
			assertEquals(0x81A4, record.mode());
			assertEquals(2, record.protectionClass());
			assertEquals(Instant.ofEpochSecond(77), record.modified());
			assertNull(record.linkTarget());
			assertArrayEquals(bytes(44), record.content().wrappedKey());
			assertArrayEquals(bytes(20), record.content().digest());
		}
	}

	@Test
	void decodesLinksAndAbsentFields() throws PlistException {
		FileRecord link = FileRecord.decode(BackupBuilder.archive(Item.link("HomeDomain", "a", "Größe"), null, null));
		assertEquals("Größe", link.linkTarget());
		assertNull(link.content().wrappedKey());
		Map<String, Object> file = new HashMap<>();
		file.put("Target", new Uid(0, 1));
		file.put("EncryptionKey", new Uid(0, 1));
		file.put("Size", new Uid(2, 1));
		FileRecord sparse = FileRecord.decode(PlistWriter.write(
				Map.of("$top", Map.of("root", new Uid(1, 1)), "$objects", List.of("$null", file, 5))));
		assertNull(sparse.linkTarget());
		assertEquals(5, sparse.sizeBytes());
	}

	@Test
	void refusesRecordsThatCannotBe() {
		for (Map<String, Object> file : List.<Map<String, Object>>of(Map.of("Size", -1), Map.of("Size", "a"),
				Map.of("EncryptionKey", bytes(43)), Map.of("EncryptionKey", "a"), Map.of("Digest", bytes(19)),
				Map.of("Target", 5), Map.of("Size", new Uid(9, 1)), Map.of("Size", new Uid(2, 1)),
				Map.of("EncryptionKey", Map.of("a", "b")), Map.of("Target", "x".repeat(10_000)))) {
			byte[] archive = PlistWriter.write(
					Map.of("$top", Map.of("root", new Uid(1, 1)), "$objects", List.of("$null", file, new Uid(2, 1))));
			assertThrows(PlistException.class, () -> FileRecord.decode(archive), file.toString());
		}
		assertThrows(PlistException.class, () -> FileRecord.decode(PlistWriter.write(Map.of("$top", 1))));
		assertThrows(PlistException.class, () -> FileRecord.decode(new byte[0]));
	}

	@Test
	void refusesARecordWhereverItIsCut() throws PlistException {
		byte[] whole = BackupBuilder.archive(Item.file("HomeDomain", "a", bytes(10)), bytes(44), bytes(20));
		FileRecord.decode(whole);
		for (int length = 0; length < whole.length; length++) {
			byte[] cut = Arrays.copyOf(whole, length);
			assertThrows(PlistException.class, () -> FileRecord.decode(cut), "cut at " + length);
		}
	}

	@Test
	void refusesAnOldIndexWhereverItIsCutWithinARecord() throws IOException {
		byte[] whole = new BackupBuilder(folder, Era.MBDB).add(Item.file("HomeDomain", "a", bytes(10)).withDigest())
				.add(Item.link("HomeDomain", "b", "a"))
				.add(Item.file("CameraRollDomain", "c", bytes(3)).attributes(bytes(9)))
				.mbdb();
		Map<Integer, Integer> sound = new TreeMap<>();
		for (int length = 0; length <= whole.length; length++) {
			List<IndexEntry> seen = new ArrayList<>();
			try {
				MbdbIndex.read(new ByteArrayInputStream(whole, 0, length), seen::add);
				sound.put(length, seen.size());
			} catch (IndexException e) {
				assertNotNull(e.getMessage());
			}
		}
		assertEquals(List.of(0, 1, 2, 3), List.copyOf(sound.values()), "only cuts between records are sound");
		assertTrue(sound.containsKey(whole.length));
	}

	@Test
	void readsWhatAnOldIndexSays() throws IOException {
		byte[] whole = new BackupBuilder(folder, Era.MBDB).encrypted("a")
				.add(Item.file("HomeDomain", "ü/b", bytes(10)).withDigest().protectedBy(3).recordedSize(1L << 40)
						.modified(Instant.ofEpochSecond(3_000_000_000L)).attributes(bytes(5)))
				.mbdb();
		List<IndexEntry> seen = new ArrayList<>();
		MbdbIndex.read(new ByteArrayInputStream(whole), seen::add);
		assertEquals(1, seen.size());
		assertNull(seen.getFirst().flaw());
		var file = seen.getFirst().file();
		assertEquals("ü/b", file.path());
		assertEquals(1L << 40, file.sizeBytes());
		assertEquals(Instant.ofEpochSecond(3_000_000_000L), file.modified());
		assertEquals(3, file.protectionClass());
		assertNotNull(file.content().wrappedKey());
		assertNotNull(file.content().digest());
		assertEquals(BackupBuilder.fileId("HomeDomain", "ü/b"), file.fileId());
	}

	@Test
	void findsStoredFilesInALargeTable() {
		PayloadTable table = new PayloadTable(99);
		Random random = new Random(5);
		List<String> ids = new ArrayList<>();
		for (int i = 0; i < 20_000; i++) {
			byte[] id = new byte[20];
			random.nextBytes(id);
			if (i % 2 == 0) {
				Arrays.fill(id, 0, 16, (byte) 0xAB); // alike but for the end
			}
			ids.add(HexFormat.of().formatHex(id));
			table.put(ids.getLast(), i);
		}
		table.put("0".repeat(40), PayloadTable.NO_FILE);
		assertEquals(20_001, table.count());
		for (int i = 0; i < 10_000; i++) {
			assertEquals(i, table.see(ids.get(i)));
			assertEquals(i, table.see(ids.get(i)), "again");
		}
		assertEquals(PayloadTable.ABSENT, table.see("1".repeat(40)));
		assertEquals(PayloadTable.NO_FILE, table.see("0".repeat(40)));
		assertEquals(10_000, table.unseen());
	}

	@Test
	void knowsTheFormOfStoredNames() {
		assertTrue(FileIds.isValid("0123456789abcdef0123456789abcdef01234567"));
		for (String id : List.of("", "0123456789abcdef0123456789abcdef0123456",
				"../../../../../../../../../../../../aaaa",
				"0123456789ABCDEF0123456789abcdef01234567")) {
			assertFalse(FileIds.isValid(id), id);
		}
	}
}
