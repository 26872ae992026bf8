// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ios.backup;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.keepsake.ios.backup.BackupReadTest.assertProblem;
import static org.keepsake.ios.backup.BackupReadTest.content;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

import org.eclipse.jdt.annotation.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.keepsake.core.JobMonitor;
import org.keepsake.core.ProblemException;
import org.keepsake.core.Secret;
import org.keepsake.core.dataset.BackupContent;
import org.keepsake.core.dataset.ContentDatabase;
import org.keepsake.core.dataset.ContentFile;
import org.keepsake.ios.backup.fixture.BackupBuilder;
import org.keepsake.ios.backup.fixture.BackupBuilder.Era;
import org.keepsake.ios.backup.fixture.FolderTree;
import org.keepsake.ios.backup.fixture.Item;
import org.keepsake.ios.backup.fixture.KeyBagBuilder;
import org.keepsake.ios.backup.plist.PropertyList;
import org.sqlite.JDBC;

/** What data sets see of a backup. */
class BackupContentTest {

	private static final String PASSWORD = "pässword";
	private static final String MESSAGES = "Library/SMS/sms.db";

	@TempDir
	Path folder = Path.of("");

	static Stream<Arguments> generations() {
		return BackupReadTest.generations();
	}

	private static Backup open(FolderTree tree, @Nullable String password) throws IOException {
		Backup backup = Backup.open(tree);
		if (password != null) {
			try (Secret secret = Secret.of(password)) {
				backup.unlock(secret, JobMonitor.NONE);
			}
		}
		return backup;
	}

	private static Backup open(BackupBuilder builder, @Nullable String password) throws IOException {
		builder.build();
		return open(builder.tree(), password);
	}

	private static ContentFile find(BackupContent content, String domain, String path) throws IOException {
		return content.find(domain, path).orElseThrow();
	}

	@ParameterizedTest
	@MethodSource("generations")
	void findsAFileByItsName(Era era, @Nullable String password) throws IOException {
		try (Backup backup = open(BackupReadTest.builder(folder, era, password), password)) {
			BackupContent content = backup.content();
			assertSame(content, backup.content());
			for (var each : BackupReadTest.contents().entrySet()) {
				ContentFile file = find(content, "HomeDomain", each.getKey());
				assertEquals(each.getValue().length, file.sizeBytes());
				try (InputStream in = content.open(file)) {
					assertArrayEquals(each.getValue(), in.readAllBytes(), each.getKey());
				}
			}
			assertTrue(content.find("HomeDomain", "Library/none").isEmpty());
			assertTrue(content.find("HomeDomain", "Library").isEmpty(), "a folder is no file");
			assertTrue(content.find("RootDomain", "Library/link").isEmpty(), "a link is no file");
			assertTrue(content.find("OtherDomain", "Library/16.bin").isEmpty());
		}
	}

	@ParameterizedTest
	@MethodSource("generations")
	void visitsRegularFilesAlone(Era era, @Nullable String password) throws IOException {
		try (Backup backup = open(BackupReadTest.builder(folder, era, password), password)) {
			Set<String> seen = new TreeSet<>();
			backup.content().forEach(null, null, file -> seen.add(file.path()));
			assertEquals(new TreeSet<>(BackupReadTest.contents().keySet()), seen);
			seen.clear();
			backup.content().forEach("Home*", "Library/1?.bin", file -> seen.add(file.path()));
			assertEquals(Set.of("Library/15.bin", "Library/16.bin", "Library/17.bin"), seen);
		}
	}

	@ParameterizedTest
	@MethodSource("generations")
	void readsAtAnyPosition(Era era, @Nullable String password) throws IOException {
		long seed = 4711;
		Random random = new Random(seed);
		try (Backup backup = open(BackupReadTest.builder(folder, era, password), password)) {
			BackupContent content = backup.content();
			for (var each : BackupReadTest.contents().entrySet()) {
				byte[] expected = each.getValue();
				try (SeekableByteChannel channel = content.channel(find(content, "HomeDomain", each.getKey()))) {
					assertEquals(expected.length, channel.size());
					for (int i = 0; i < 300; i++) {
						int from = random.nextInt(expected.length + 20);
						int length = random.nextInt(1, i % 7 == 0 ? 90_000 : 100);
						byte[] read = read(channel.position(from), length);
						byte[] wanted = from >= expected.length ? new byte[0]
								: Arrays.copyOfRange(expected, from, Math.min(expected.length, from + length));
						assertArrayEquals(wanted, read, each.getKey() + " from " + from + ", seed " + seed);
						assertEquals(from + wanted.length, channel.position());
					}
					assertArrayEquals(expected, read(channel.position(0), expected.length + 1), each.getKey());
					assertThrows(NonWritableChannelException.class, () -> channel.write(ByteBuffer.allocate(1)));
				}
			}
		}
	}

	private static byte[] read(SeekableByteChannel channel, int length) throws IOException {
		ByteBuffer buffer = ByteBuffer.allocate(length);
		while (buffer.hasRemaining() && channel.read(buffer) >= 0) {
			// until full or at the end
		}
		return Arrays.copyOf(buffer.array(), buffer.position());
	}

	@Test
	void aChannelTellsOfAnotherDigestToWhoeverReadsAll() throws IOException {
		BackupBuilder builder = new BackupBuilder(folder, Era.DB).encrypted(PASSWORD);
		builder.add(Item.file("HomeDomain", "a", content(300_000)).withDigest());
		builder.build();
		Path stored = builder.stored("HomeDomain", "a");
		byte[] bytes = Files.readAllBytes(stored);
		bytes[1000] ^= 1;
		Files.write(stored, bytes);
		try (Backup backup = open(builder.tree(), PASSWORD)) {
			BackupContent content = backup.content();
			ContentFile file = find(content, "HomeDomain", "a");
			try (SeekableByteChannel channel = content.channel(file)) {
				byte[] tail = Arrays.copyOfRange(content(300_000), 200_000, 300_000);
				assertArrayEquals(tail, read(channel.position(200_000), 100_000), "what is sound can be read");
				channel.position(0);
				assertProblem(BackupProblems.FILE_DAMAGED, () -> read(channel, 300_000));
			}
		}
	}

	@Test
	void aChannelIsNotOpenedOnWhatHasAnotherLength() throws IOException {
		BackupBuilder builder = new BackupBuilder(folder, Era.DB).add(Item.file("HomeDomain", "a", content(100)));
		builder.build();
		Files.write(builder.stored("HomeDomain", "a"), new byte[99]);
		try (Backup backup = open(builder.tree(), null)) {
			BackupContent content = backup.content();
			ContentFile file = find(content, "HomeDomain", "a");
			assertProblem(BackupProblems.FILE_DAMAGED, () -> content.channel(file));
		}
	}

	/** A database of messages, and the log that holds those that came last. */
	private record Sample(byte[] database, byte[] log) {
	}

	private Sample sample() throws IOException, SQLException {
		Path made = Files.createTempDirectory(folder, "made").resolve("sms.db");
		try (Connection connection = JDBC.createConnection("jdbc:sqlite:" + made, new Properties());
				Statement statement = connection.createStatement()) {
			statement.execute("PRAGMA journal_mode=WAL");
			statement.execute("PRAGMA wal_autocheckpoint=0");
			statement.execute("CREATE TABLE message (text TEXT)");
			statement.execute("INSERT INTO message VALUES ('old')");
			statement.execute("PRAGMA wal_checkpoint(TRUNCATE)");
			statement.execute("INSERT INTO message VALUES ('new')");
			return new Sample(Files.readAllBytes(made), Files.readAllBytes(made.resolveSibling("sms.db-wal")));
		}
	}

	private static List<String> texts(ContentDatabase database) throws SQLException {
		List<String> texts = new ArrayList<>();
		try (Statement statement = database.connection().createStatement();
				ResultSet rows = statement.executeQuery("SELECT text FROM message ORDER BY rowid")) {
			while (rows.next()) {
				texts.add(rows.getString(1));
			}
		}
		return texts;
	}

	private static Path place(ContentDatabase database) throws SQLException {
		try (Statement statement = database.connection().createStatement();
				ResultSet rows = statement.executeQuery("SELECT file FROM pragma_database_list")) {
			assertTrue(rows.next());
			return Path.of(rows.getString(1));
		}
	}

	@ParameterizedTest
	@MethodSource("generations")
	void opensADatabaseWithWhatItsLogHolds(Era era, @Nullable String password) throws IOException, SQLException {
		Sample sample = sample();
		BackupBuilder builder = new BackupBuilder(folder, era);
		if (password != null) {
			builder.encrypted(password);
		}
		builder.add(Item.file("HomeDomain", MESSAGES, sample.database));
		builder.add(Item.file("HomeDomain", MESSAGES + "-wal", sample.log));
		builder.add(Item.file("HomeDomain", MESSAGES + "-shm", content(32_768)));
		Path copy;
		byte[] stored;
		try (Backup backup = open(builder, password)) {
			stored = Files.readAllBytes(builder.stored("HomeDomain", MESSAGES + "-wal"));
			BackupContent content = backup.content();
			ContentFile file = find(content, "HomeDomain", MESSAGES);
			try (ContentDatabase first = content.database(file); ContentDatabase second = content.database(file)) {
				assertEquals(List.of("old", "new"), texts(first));
				assertEquals(List.of("old", "new"), texts(second));
				copy = place(first);
				assertEquals(copy, place(second), "one copy for all");
				assertTrue(Files.exists(copy));
				try (Statement statement = first.connection().createStatement()) {
					assertThrows(SQLException.class, () -> statement.execute("DELETE FROM message"));
					assertThrows(SQLException.class, () -> statement.execute("ATTACH ':memory:' AS other"));
				}
			}
			try (ContentDatabase again = content.database(file)) {
				assertEquals(List.of("old", "new"), texts(again));
			}
		}
		assertFalse(Files.exists(copy.getParent()) || Files.exists(copy.getParent().getParent()), "no copy stays");
		assertArrayEquals(stored, Files.readAllBytes(builder.stored("HomeDomain", MESSAGES + "-wal")));
	}

	@Test
	void usesADatabaseInClearWithoutALogWhereItIs() throws IOException, SQLException {
		BackupBuilder builder = new BackupBuilder(folder, Era.DB);
		builder.add(Item.file("HomeDomain", MESSAGES, sample().database));
		builder.add(Item.file("HomeDomain", MESSAGES + "-wal", new byte[0]));
		try (Backup backup = open(builder, null)) {
			Path stored = builder.stored("HomeDomain", MESSAGES);
			ContentFile file = find(backup.content(), "HomeDomain", MESSAGES);
			try (ContentDatabase database = backup.content().database(file)) {
				assertEquals(stored.toRealPath(), place(database).toRealPath());
				assertEquals(List.of("old"), texts(database));
			}
			try (Stream<Path> beside = Files.list(stored.getParent())) {
				assertEquals(List.of(stored), beside.toList(), "nothing appears beside it");
			}
		}
	}

	@Test
	void closingTheBackupClosesItsDatabases() throws IOException, SQLException {
		BackupBuilder builder = new BackupBuilder(folder, Era.DB).encrypted(PASSWORD);
		builder.add(Item.file("HomeDomain", MESSAGES, sample().database));
		Backup backup = open(builder, PASSWORD);
		BackupContent content = backup.content();
		ContentFile file = find(content, "HomeDomain", MESSAGES);
		ContentDatabase database = content.database(file);
		backup.close();
		assertTrue(database.connection().isClosed());
		assertThrows(IOException.class, () -> content.database(file));
		assertThrows(IOException.class, () -> content.find("HomeDomain", MESSAGES));
		assertThrows(IOException.class, () -> content.shared(String.class, any -> "late"));
	}

	@Test
	void whatIsNoDatabaseIsAProblemOfThatFile() throws IOException, SQLException {
		Sample sample = sample();
		byte[] spoilt = sample.database.clone();
		Arrays.fill(spoilt, 0, 100, (byte) 7);
		BackupBuilder builder = new BackupBuilder(folder, Era.DB).encrypted(PASSWORD);
		builder.add(Item.file("HomeDomain", "a.db", spoilt));
		builder.add(Item.file("HomeDomain", "b.db", spoilt));
		builder.add(Item.file("HomeDomain", "b.db-wal", sample.log));
		builder.add(Item.file("HomeDomain", "c.db", sample.database).protectedBy(KeyBagBuilder.DEVICE_CLASS));
		builder.add(Item.file("HomeDomain", "d.db", sample.database));
		builder.add(Item.file("HomeDomain", "d.db-wal", content(5_000)));
		try (Backup backup = open(builder, PASSWORD)) {
			BackupContent content = backup.content();
			for (String each : List.of("a.db", "b.db")) {
				ContentFile file = find(content, "HomeDomain", each);
				ProblemException thrown = assertThrows(ProblemException.class, () -> content.database(file));
				assertTrue(thrown.is(BackupProblems.FILE_DAMAGED) && thrown.problem().title().contains(each));
			}
			ContentFile locked = find(content, "HomeDomain", "c.db");
			assertProblem(BackupProblems.KEY_MISSING, () -> content.database(locked));
			try (ContentDatabase database = content.database(find(content, "HomeDomain", "d.db"))) {
				assertEquals(List.of("old"), texts(database), "a log that is none holds nothing");
			}
		}
	}

	@Test
	void describesTheDeviceWithoutTheKeyBag() throws IOException {
		try (Backup backup = open(new BackupBuilder(folder, Era.DB).encrypted(PASSWORD), PASSWORD)) {
			BackupContent content = backup.content();
			try (InputStream in = content.description("Manifest.plist").orElseThrow()) {
				PropertyList manifest = PropertyList.read(in, 1 << 20, key -> true);
				assertEquals("1", manifest.dict("Applications").dict("com.example.app").string("CFBundleVersion"));
				assertEquals("Ada’s iPhone", manifest.dict("Lockdown").string("DeviceName"));
				assertEquals(Boolean.TRUE, manifest.bool("IsEncrypted"));
				assertEquals(BackupBuilder.DATE, manifest.date("Date"));
				assertFalse(manifest.has("BackupKeyBag") || manifest.has("ManifestKey"));
			}
			try (InputStream in = content.description("Info.plist").orElseThrow()) {
				assertTrue(new String(in.readAllBytes(), StandardCharsets.UTF_8).contains("PlaceholderIcon"));
			}
			assertTrue(content.description("Status.plist").isPresent());
			for (String other : List.of("Manifest.db", "../secret", "", "Snapshot/Manifest.plist")) {
				assertTrue(content.description(other).isEmpty(), other);
			}
		}
	}

	@Test
	void opensKeysOfTheKeychainAsFarAsThePasswordGoes() throws IOException {
		BackupBuilder builder = new BackupBuilder(folder, Era.DB).encrypted(PASSWORD);
		byte[] key = content(32);
		try (Backup backup = open(builder, PASSWORD)) {
			BackupContent content = backup.content();
			assertArrayEquals(key, content.unwrap(6, builder.wrapped(6, key)));
			byte[] longer = content(64);
			assertArrayEquals(longer, content.unwrap(7, builder.wrapped(7, longer)));
			assertNull(content.unwrap(7, builder.wrapped(6, key)), "another class");
			assertNull(content.unwrap(9, builder.wrapped(9, key)), "of this device alone");
			assertNull(content.unwrap(6, new byte[39]));
			assertNull(content.unwrap(6, new byte[0]));
			assertNull(content.unwrap(6, new byte[1 << 20]));
		}
		try (Backup backup = open(new BackupBuilder(folder.resolve("clear"), Era.DB), null)) {
			assertNull(backup.content().unwrap(6, new byte[40]));
		}
	}

	@Test
	void sharesWhatIsMadeOnce() throws IOException {
		List<String> closed = new ArrayList<>();
		record First(List<String> log) implements Closeable {
			@Override
			public void close() {
				log.add("first");
			}
		}
		record Second(List<String> log, First first) implements Closeable {
			@Override
			public void close() {
				log.add("second");
			}
		}
		try (Backup backup = open(new BackupBuilder(folder, Era.DB), null)) {
			BackupContent content = backup.content();
			assertThrows(IOException.class, () -> content.shared(First.class, any -> {
				throw new IOException("not yet");
			}));
			Second second = content.shared(Second.class,
					c -> new Second(closed, c.shared(First.class, any -> new First(closed))));
			assertSame(second.first, content.shared(First.class, any -> new First(List.of())));
			assertSame(second, content.shared(Second.class, any -> new Second(closed, new First(closed))));
			assertEquals(List.of(), closed);
		}
		assertEquals(List.of("second", "first"), closed, "what was made last is closed first");
	}

	@Test
	void isNotThereBeforeThePassword() throws IOException {
		BackupBuilder builder = new BackupBuilder(folder, Era.DB).encrypted(PASSWORD);
		builder.build();
		try (Backup backup = Backup.open(builder.tree())) {
			assertProblem(BackupProblems.PASSWORD_NEEDED, backup::content);
		}
	}

	@Test
	void doesNotCallAFileAbsentThatMayBeInTheDamagedPart() throws IOException {
		BackupBuilder builder = BackupReadTest.builder(folder, Era.MBDB, null);
		Path index = builder.build().resolve("Manifest.mbdb");
		byte[] whole = Files.readAllBytes(index);
		Files.write(index, Arrays.copyOf(whole, whole.length / 2));
		try (Backup backup = open(builder.tree(), null)) {
			BackupContent content = backup.content();
			ContentFile file = find(content, "HomeDomain", "Library/16.bin");
			try (InputStream in = content.open(file)) {
				assertArrayEquals(BackupReadTest.content(16), in.readAllBytes());
			}
			assertProblem(BackupProblems.DAMAGED, () -> content.find("HomeDomain", "Library/200000.bin"));
			List<String> seen = new ArrayList<>();
			assertProblem(BackupProblems.DAMAGED, () -> content.forEach(null, null, each -> seen.add(each.path())));
			assertTrue(seen.contains("Library/16.bin"));
			assertNotEquals(BackupReadTest.contents().size(), seen.size());
		}
	}
}
