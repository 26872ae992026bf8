// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ios.backup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeSet;

import org.eclipse.jdt.annotation.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.keepsake.core.CancelledException;
import org.keepsake.core.JobControl;
import org.keepsake.core.JobEvent;
import org.keepsake.core.JobMonitor;
import org.keepsake.core.Secret;
import org.keepsake.ios.backup.VerifyReport.Damage;
import org.keepsake.ios.backup.fixture.BackupBuilder;
import org.keepsake.ios.backup.fixture.BackupBuilder.Era;
import org.keepsake.ios.backup.fixture.Item;
import org.keepsake.ios.backup.fixture.KeyBagBuilder;
import org.keepsake.ios.backup.fixture.PlistWriter;
import org.sqlite.JDBC;

class BackupVerifyTest {

	private static final String PASSWORD = "secret";
	private static final int FILES = BackupReadTest.contents().size();

	@TempDir
	Path folder = Path.of("");

	private static VerifyReport verify(BackupBuilder builder, @Nullable String password, VerifyLevel level)
			throws IOException {
		return verify(builder, password, level, JobMonitor.NONE);
	}

	private static VerifyReport verify(BackupBuilder builder, @Nullable String password, VerifyLevel level,
			JobMonitor monitor) throws IOException {
		try (Backup backup = Backup.open(builder.tree())) {
			if (password != null) {
				try (Secret secret = Secret.of(password)) {
					backup.unlock(secret, JobMonitor.NONE);
				}
			}
			return backup.verify(level, monitor);
		}
	}

	private static List<String> paths(VerifyReport report) {
		return report.damaged().stream().map(Damage::path).toList();
	}

	@ParameterizedTest
	@MethodSource("org.keepsake.ios.backup.BackupReadTest#generations")
	void findsNothingWrongWithASoundBackup(Era era, @Nullable String password) throws IOException {
		BackupBuilder builder = BackupReadTest.builder(folder, era, password);
		builder.build();
		long bytes = 0;
		for (String path : BackupReadTest.contents().keySet()) {
			bytes += Files.size(builder.stored("HomeDomain", path));
		}
		for (VerifyLevel level : VerifyLevel.values()) {
			VerifyReport report = verify(builder, password, level);
			assertEquals(List.of(), report.damaged());
			assertEquals(List.of(), report.remarks());
			assertEquals(FILES, report.filesChecked());
			assertEquals(level == VerifyLevel.CRYPTO ? 3 : 0, report.digests(), "None is claimed that is not recorded");
			assertEquals(bytes, report.bytesChecked());
			assertEquals(level, report.level());
		}
	}

	@ParameterizedTest
	@MethodSource("org.keepsake.ios.backup.BackupReadTest#generations")
	void namesEveryDamagedFile(Era era, @Nullable String password) throws IOException {
		BackupBuilder builder = BackupReadTest.builder(folder, era, password);
		builder.build();
		Files.delete(builder.stored("HomeDomain", "Library/4096.bin"));
		Path link = builder.stored("HomeDomain", "Library/17.bin");
		Files.delete(link);
		Files.createSymbolicLink(link, Path.of("/etc/hostname"));
		Path cut = builder.stored("HomeDomain", "Library/65537.bin");
		try (RandomAccessFile file = new RandomAccessFile(cut.toFile(), "rw")) {
			file.setLength(file.length() - 5);
		}
		for (VerifyLevel level : VerifyLevel.values()) {
			VerifyReport report = verify(builder, password, level);
			assertEquals(List.of("Library/17.bin", "Library/4096.bin", "Library/65537.bin"), paths(report));
			assertEquals(FILES, report.filesChecked());
			report.damaged().forEach(damage -> {
				assertEquals("HomeDomain", damage.domain());
				assertEquals(BackupBuilder.fileId("HomeDomain", damage.path()), damage.fileId());
				assertFalse(damage.what().isEmpty());
			});
		}
	}

	@ParameterizedTest
	@MethodSource("org.keepsake.ios.backup.BackupReadTest#generations")
	void findsAlteredContentByItsDigestAtTheHigherLevelOnly(Era era, @Nullable String password) throws IOException {
		BackupBuilder builder = BackupReadTest.builder(folder, era, password)
				.add(Item.file("HomeDomain", "altered", new byte[100_000]).withDigest());
		builder.build();
		Path stored = builder.stored("HomeDomain", "altered");
		byte[] bytes = Files.readAllBytes(stored);
		bytes[50_000] ^= 1;
		Files.write(stored, bytes);
		assertEquals(List.of(), verify(builder, password, VerifyLevel.STRUCTURE).damaged());
		assertEquals(List.of("altered"), paths(verify(builder, password, VerifyLevel.CRYPTO)));
		bytes[50_000] ^= 1;
		Files.write(stored, bytes);
		assertEquals(4, verify(builder, password, VerifyLevel.CRYPTO).digests());
	}

	@Test
	void toleratesStaleSizesOfEncryptedFiles() throws IOException {
		BackupBuilder builder = new BackupBuilder(folder, Era.DB).encrypted(PASSWORD)
				.add(Item.file("HomeDomain", "grown", new byte[100_000]).recordedSize(10))
				.add(Item.file("HomeDomain", "shrunk", new byte[10]).recordedSize(100_000))
				.add(Item.file("HomeDomain", "unpadded", new byte[100]).unpadded())
				.add(Item.file("HomeDomain", "clear", new byte[100]).inClear());
		builder.build();
		for (VerifyLevel level : VerifyLevel.values()) {
			VerifyReport report = verify(builder, PASSWORD, level);
			assertEquals(List.of(), report.damaged());
			assertEquals(1, report.remarks().size());
			assertTrue(report.remarks().getFirst().startsWith("2 "), report.remarks().getFirst());
		}
	}

	@ParameterizedTest
	@EnumSource(VerifyLevel.class)
	void findsAnEncryptedFileThatWasCutAtABlock(VerifyLevel level) throws IOException {
		BackupBuilder builder = new BackupBuilder(folder, Era.DB).encrypted(PASSWORD).add(
				Item.file("HomeDomain", "cut", "no padding in here! ".repeat(100).getBytes(StandardCharsets.US_ASCII)));
		builder.build();
		try (RandomAccessFile file = new RandomAccessFile(builder.stored("HomeDomain", "cut").toFile(), "rw")) {
			file.setLength(1600);
		}
		assertEquals(List.of("cut"), paths(verify(builder, PASSWORD, level)));
	}

	@Test
	void namesFilesWhoseKeyIsMissing() throws IOException {
		BackupBuilder builder = new BackupBuilder(folder, Era.DB).encrypted(PASSWORD)
				.add(Item.file("HomeDomain", "device", new byte[10]).protectedBy(KeyBagBuilder.DEVICE_CLASS))
				.add(Item.file("HomeDomain", "sound", new byte[10]));
		builder.build();
		assertEquals(List.of("device"), paths(verify(builder, PASSWORD, VerifyLevel.CRYPTO)));
	}

	@Test
	void checksWhatItCanWithoutThePassword() throws IOException {
		BackupBuilder builder = BackupReadTest.builder(folder, Era.DB, PASSWORD);
		Path made = builder.build();
		VerifyReport sound = verify(builder, null, VerifyLevel.STRUCTURE);
		assertEquals(List.of(), sound.damaged());
		assertEquals(1, sound.remarks().size(), sound.remarks().toString());
		assertEquals(FILES, sound.filesChecked());
		Path cut = builder.stored("HomeDomain", "Library/4096.bin");
		Files.write(cut, new byte[17]);
		Files.write(made.resolve("Manifest.db"), new byte[17]);
		assertEquals(new TreeSet<>(List.of("Manifest.db", made.relativize(cut).toString())),
				new TreeSet<>(paths(verify(builder, null, VerifyLevel.STRUCTURE))));
	}

	@ParameterizedTest
	@ValueSource(strings = { "uploading", "moving", "removing", "" })
	void saysThatABackupWasNotFinished(String state) throws IOException {
		BackupBuilder builder = BackupReadTest.builder(folder, Era.DB, null).state(state);
		builder.build();
		assertEquals(List.of("Status.plist"), paths(verify(builder, null, VerifyLevel.CRYPTO)));
		try (Backup backup = Backup.open(builder.tree())) {
			assertFalse(backup.summary().complete());
			assertEquals(state, backup.snapshotState());
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "Status.plist", "Manifest.plist", "Info.plist" })
	void namesDamagedPropertyLists(String name) throws IOException {
		BackupBuilder builder = BackupReadTest.builder(folder, Era.DB, null);
		Path list = builder.build().resolve(name);
		for (byte[] bytes : List.of(new byte[0], "garbage".getBytes(StandardCharsets.US_ASCII),
				PlistWriter.write(List.of("no dictionary")))) {
			Files.write(list, bytes);
			VerifyReport report = verify(builder, null, VerifyLevel.STRUCTURE);
			assertEquals(List.of(name), paths(report));
			assertEquals(FILES, report.filesChecked(), "the rest is checked all the same");
		}
		Files.delete(list);
		VerifyReport report = verify(builder, null, VerifyLevel.STRUCTURE);
		assertEquals(name.equals("Info.plist") ? List.of() : List.of(name), paths(report));
		assertEquals(name.equals("Info.plist") ? 1 : 0, report.remarks().size());
	}

	@Test
	void toleratesValuesOfTheWrongType() throws IOException {
		BackupBuilder builder = BackupReadTest.builder(folder, Era.DB, null);
		Path made = builder.build();
		Files.write(made.resolve("Manifest.plist"),
				PlistWriter.write(Map.of("IsEncrypted", "yes", "BackupKeyBag", 5, "Lockdown", "none", "Date", 1)));
		Files.write(made.resolve("Status.plist"), PlistWriter.write(Map.of("SnapshotState", 1)));
		Files.write(made.resolve("Info.plist"),
				PlistWriter.write(Map.of("Device Name", 1, "Target Identifier", "../..")));
		assertEquals(List.of("Manifest.plist", "Status.plist"), paths(verify(builder, null, VerifyLevel.STRUCTURE)));
		try (Backup backup = Backup.open(builder.tree())) {
			assertEquals(BackupBuilder.UDID, backup.summary().udid().value());
			assertEquals("", backup.summary().deviceName());
		}
	}

	@Test
	void remarksOnLeftovers() throws IOException {
		BackupBuilder builder = BackupReadTest.builder(folder, Era.DB, null);
		Path made = builder.build();
		Files.createDirectories(made.resolve("Snapshot/00"));
		Files.createDirectories(made.resolve("ab"));
		Files.write(made.resolve("ab/ab00000000000000000000000000000000000000"), new byte[1]);
		Files.write(made.resolve("ab/note.txt"), new byte[1]);
		Files.write(made.resolve(".DS_Store"), new byte[1]);
		VerifyReport report = verify(builder, null, VerifyLevel.CRYPTO);
		assertEquals(List.of(), report.damaged());
		assertEquals(3, report.remarks().size(), report.remarks().toString());
	}

	@Test
	void checksTheRestOfADamagedIndex() throws IOException {
		BackupBuilder builder = new BackupBuilder(folder, Era.DB);
		for (int i = 0; i < 2000; i++) {
			builder.add(Item.file("HomeDomain", "Library/" + i, new byte[i % 50]));
		}
		Path database = builder.build().resolve("Manifest.db");
		byte[] bytes = Files.readAllBytes(database);
		for (int page = bytes.length / 4096 / 2; page < bytes.length / 4096 / 2 + 3; page++) {
			Arrays.fill(bytes, page * 4096, page * 4096 + 4096, (byte) 0x55);
		}
		Files.write(database, bytes);
		VerifyReport report = verify(builder, null, VerifyLevel.CRYPTO);
		assertFalse(report.damaged().isEmpty());
		assertTrue(report.damaged().stream().anyMatch(damage -> damage.path().equals("Manifest.db")));
		long lost = report.damaged().stream().filter(damage -> damage.domain().equals("HomeDomain")).count();
		assertTrue(lost > 0 && lost < 100, "lost " + lost);
		assertEquals(2000, report.filesChecked(), "what is lost is known by name");
		assertEquals(0, report.remarks().size(), report.remarks().toString());
		Files.write(database, new byte[5000]);
		assertEquals(List.of("Manifest.db"), paths(verify(builder, null, VerifyLevel.CRYPTO)));
		Files.write(database, new byte[0]);
		assertEquals(List.of("Manifest.db"), paths(verify(builder, null, VerifyLevel.CRYPTO)));
		Files.delete(database);
		assertEquals(List.of("Manifest.db"), paths(verify(builder, null, VerifyLevel.CRYPTO)));
	}

	@Test
	void namesADamagedEncryptedIndex() throws IOException {
		BackupBuilder builder = BackupReadTest.builder(folder, Era.DB, PASSWORD);
		Path database = builder.build().resolve("Manifest.db");
		byte[] bytes = Files.readAllBytes(database);
		bytes[3] ^= 1;
		Files.write(database, bytes);
		assertEquals(List.of("Manifest.db"), paths(verify(builder, PASSWORD, VerifyLevel.CRYPTO)));
	}

	@Test
	void namesEntriesThatCannotBe() throws IOException, SQLException {
		BackupBuilder builder = BackupReadTest.builder(folder, Era.DB, null);
		Path database = builder.build().resolve("Manifest.db");
		try (Connection connection = JDBC.createConnection("jdbc:sqlite:" + database, new Properties());
				Statement statement = connection.createStatement()) {
			statement.execute("UPDATE Files SET domain = 'MediaDomain' WHERE relativePath = 'Library/1.bin'");
			statement.execute("UPDATE Files SET fileID = '../../../etc/passwd' WHERE relativePath = 'Library/15.bin'");
			statement.execute("UPDATE Files SET file = x'00' WHERE relativePath = 'Library/16.bin'");
			statement.execute("UPDATE Files SET file = NULL WHERE relativePath = 'Library/17.bin'");
			statement.execute("UPDATE Files SET domain = 'a/b' WHERE relativePath = 'Library/4096.bin'");
		}
		VerifyReport report = verify(builder, null, VerifyLevel.CRYPTO);
		assertEquals(new TreeSet<>(List.of("Library/1.bin", "Library/15.bin", "Library/16.bin", "Library/17.bin",
				"Library/4096.bin")), new TreeSet<>(paths(report)));
		assertEquals(5, report.damaged().size(), report.damaged().toString());
	}

	@Test
	void doesNotComputeForEverForAViewInPlaceOfTheTable() throws IOException, SQLException {
		BackupBuilder builder = BackupReadTest.builder(folder, Era.DB, null);
		Path database = builder.build().resolve("Manifest.db");
		try (Connection connection = JDBC.createConnection("jdbc:sqlite:" + database, new Properties());
				Statement statement = connection.createStatement()) {
			statement.execute("ALTER TABLE Files RENAME TO Other");
			statement.execute("CREATE VIEW Files AS WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n)"
					+ " SELECT 'a' AS fileID, 'b' AS domain, 'c' AS relativePath, 1 AS flags, x AS file FROM n");
		}
		assertEquals(List.of("Manifest.db"), paths(verify(builder, null, VerifyLevel.CRYPTO)));
	}

	@Test
	void reportsProgressUpToTheWhole() throws IOException {
		BackupBuilder builder = BackupReadTest.builder(folder, Era.DB, PASSWORD);
		builder.build();
		List<JobEvent> events = Collections.synchronizedList(new ArrayList<>());
		VerifyReport report = verify(builder, PASSWORD, VerifyLevel.CRYPTO, new JobControl(events::add));
		JobEvent.Progress last = (JobEvent.Progress) events.getLast();
		assertEquals(1, last.fraction());
		assertEquals(FILES, last.filesDone());
		assertEquals(FILES, last.filesTotal());
		assertEquals(report.bytesChecked(), last.bytesDone());
		assertEquals(report.bytesChecked(), last.bytesTotal());
		assertTrue(events.stream().anyMatch(JobEvent.Phase.class::isInstance));
	}

	@ParameterizedTest
	@EnumSource(VerifyLevel.class)
	void endsWhenCancelledAtAnyEvent(VerifyLevel level) throws IOException {
		BackupBuilder builder = BackupReadTest.builder(folder, Era.DB, PASSWORD);
		builder.build();
		List<JobEvent> all = Collections.synchronizedList(new ArrayList<>());
		verify(builder, PASSWORD, level, new JobControl(all::add));
		long phases = all.stream().filter(JobEvent.Phase.class::isInstance).count();
		for (int at = 1; at <= phases; at++) {
			int[] seen = new int[1];
			int stop = at;
			JobControl[] control = new JobControl[1];
			control[0] = new JobControl(event -> {
				if (event instanceof JobEvent.Phase && ++seen[0] == stop) {
					control[0].cancel();
				}
			});
			assertThrows(CancelledException.class, () -> verify(builder, PASSWORD, level, control[0]), "phase " + at);
		}
	}
}
