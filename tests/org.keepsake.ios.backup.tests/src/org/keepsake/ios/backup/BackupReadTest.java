// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ios.backup;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import org.eclipse.jdt.annotation.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.keepsake.core.JobMonitor;
import org.keepsake.core.ProblemException;
import org.keepsake.core.ProblemType;
import org.keepsake.core.Secret;
import org.keepsake.ios.backup.BackupFile.Kind;
import org.keepsake.ios.backup.fixture.BackupBuilder;
import org.keepsake.ios.backup.fixture.BackupBuilder.Era;
import org.keepsake.ios.backup.fixture.FolderTree;
import org.keepsake.ios.backup.fixture.Item;
import org.keepsake.ios.backup.fixture.KeyBagBuilder;
import org.sqlite.JDBC;

class BackupReadTest {

	private static final String PASSWORD = "pässword";
	private static final Instant MODIFIED = Instant.ofEpochSecond(1_234_567_890);

	@TempDir
	Path folder = Path.of("");

	static Stream<Arguments> generations() {
		return Stream.of(Era.values()).flatMap(era -> Stream.of(Arguments.of(era, null), Arguments.of(era, PASSWORD)));
	}

	static byte[] content(int length) {
		byte[] content = new byte[length];
		new Random(length).nextBytes(content);
		return content;
	}

	/** What every generation must be able to hold. */
	static Map<String, byte[]> contents() {
		Map<String, byte[]> contents = new LinkedHashMap<>();
		for (int length : new int[] { 0, 1, 15, 16, 17, 4096, 65_535, 65_536, 65_537, 200_000 }) {
			contents.put("Library/" + length + ".bin", content(length));
		}
		contents.put("Media/Größe – 写真 🏔.txt", "Unicode".getBytes(StandardCharsets.UTF_8));
		return contents;
	}

	static BackupBuilder builder(Path folder, Era era, @Nullable String password) {
		BackupBuilder builder = new BackupBuilder(folder, era);
		if (password != null) {
			builder.encrypted(password);
		}
		builder.add(Item.folder("HomeDomain", ""));
		builder.add(Item.folder("HomeDomain", "Library"));
		int number = 0;
		for (Map.Entry<String, byte[]> each : contents().entrySet()) {
			Item item = Item.file("HomeDomain", each.getKey(), each.getValue()).protectedBy(1 + number % 4)
					.modified(MODIFIED);
			switch (number++ % 5) {
				case 0 -> item.withDigest();
				case 1 -> item.inline();
				case 2 -> item.references(2, 300);
				case 3 -> item.references(4, 10).attributes(content(400));
				default -> item.references(3, 0);
			}
			builder.add(item);
		}
		return builder.add(Item.link("RootDomain", "Library/link", "../Library/16.bin"));
	}

	private Backup open(BackupBuilder builder, @Nullable String password) throws IOException {
		builder.build();
		Backup backup = Backup.open(builder.tree());
		if (password != null) {
			try (Secret secret = Secret.of(password)) {
				backup.unlock(secret, JobMonitor.NONE);
			}
		}
		return backup;
	}

	static List<BackupFile> list(Backup backup, FileFilter filter) throws IOException {
		List<BackupFile> files = new ArrayList<>();
		backup.forEach(filter, files::add);
		return files;
	}

	static BackupFile find(Backup backup, String path) throws IOException {
		List<BackupFile> found = list(backup, new FileFilter(null, path));
		assertEquals(1, found.size(), path);
		return found.getFirst();
	}

	static void assertProblem(ProblemType type, Executable executable) {
		ProblemException thrown = assertThrows(ProblemException.class, executable);
		assertEquals(type.code(), thrown.problem().code());
		assertFalse(thrown.problem().remedy().isEmpty());
	}

	@Test
	void opensWithAKeyThatWasRememberedInPlaceOfThePassword() throws IOException {
		BackupBuilder builder = builder(folder, Era.DB, PASSWORD);
		Secret key;
		try (Backup backup = open(builder, PASSWORD)) {
			key = backup.exportKey().orElseThrow();
		}
		try (key; Backup backup = Backup.open(builder.tree()); Secret other = Secret.of("keepsake-key-1:other")) {
			assertTrue(backup.exportKey().isEmpty(), "it is locked");
			assertFalse(backup.unlockByKey(other));
			assertFalse(backup.isUnlocked());
			assertTrue(backup.unlockByKey(key));
			assertTrue(backup.isUnlocked());
			try (InputStream in = backup.read(find(backup, "Library/4096.bin"))) {
				assertArrayEquals(content(4096), in.readAllBytes());
			}
		}
		try (Backup backup = open(builder(folder.resolve("clear"), Era.DB, null), null);
				Secret any = Secret.of("any")) {
			assertTrue(backup.exportKey().isEmpty());
			assertTrue(backup.unlockByKey(any));
		}
	}

	private static void setVersion(Path manifest, int version) throws IOException {
		byte[] bytes = Files.readAllBytes(manifest);
		bytes[new String(bytes, StandardCharsets.ISO_8859_1).indexOf("VERS") + 11] = (byte) version;
		Files.write(manifest, bytes);
	}

	@Test
	void tellsAnUnknownKeyBagFromAWrongPasswordAndFromDamage() throws IOException {
		BackupBuilder builder = builder(folder, Era.DB, PASSWORD);
		Path manifest = builder.build().resolve("Manifest.plist");
		try (Secret wrong = Secret.of("wrong"); Secret right = Secret.of(PASSWORD)) {
			try (Backup backup = Backup.open(builder.tree())) {
				assertProblem(BackupProblems.WRONG_PASSWORD, () -> backup.unlock(wrong, JobMonitor.NONE));
			}
			setVersion(manifest, 6);
			try (Backup backup = Backup.open(builder.tree())) {
				assertProblem(BackupProblems.UNKNOWN_KEY_BAG, () -> backup.unlock(wrong, JobMonitor.NONE));
				assertProblem(BackupProblems.UNKNOWN_KEY_BAG, () -> backup.isPassword(wrong, JobMonitor.NONE));
				backup.unlock(right, JobMonitor.NONE);
			}
			byte[] bytes = Files.readAllBytes(manifest);
			bytes[new String(bytes, StandardCharsets.ISO_8859_1).indexOf("SALT")] = 'X';
			Files.write(manifest, bytes);
			try (Backup backup = Backup.open(builder.tree())) {
				assertProblem(BackupProblems.UNKNOWN_KEY_BAG, () -> backup.unlock(right, JobMonitor.NONE));
			}
			setVersion(manifest, 4);
			try (Backup backup = Backup.open(builder.tree())) {
				assertProblem(BackupProblems.DAMAGED, () -> backup.unlock(right, JobMonitor.NONE));
			}
		}
	}

	/** Spoils the pages of the table that hold the records of these files. */
	private static void spoil(Path database, String... names) throws IOException {
		byte[] bytes = Files.readAllBytes(database);
		for (String name : names) {
			boolean found = false;
			for (int page = 4096; page < bytes.length; page += 4096) {
				if (bytes[page] == 0x0D && new String(bytes, page, 4096, StandardCharsets.ISO_8859_1).contains(name)) {
					Arrays.fill(bytes, page, page + 4096, (byte) 0x55);
					found = true;
				}
			}
			assertTrue(found, name);
		}
		Files.write(database, bytes);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "DROP INDEX FilesRelativePathIdx" })
	void goesOnBehindTheDamagedPartsOfTheList(String change) throws IOException, SQLException {
		BackupBuilder builder = new BackupBuilder(folder, Era.DB);
		for (int i = 0; i < 1000; i++) {
			builder.add(Item.file(i % 2 == 0 ? "HomeDomain" : "MediaDomain", String.format("Library/%04d.txt", i),
					new byte[i % 50]));
		}
		Path database = builder.build().resolve("Manifest.db");
		if (!change.isEmpty()) {
			try (Connection connection = JDBC.createConnection("jdbc:sqlite:" + database, new Properties());
					Statement statement = connection.createStatement()) {
				statement.execute(change);
			}
		}
		spoil(database, "Library/0000.txt", "Library/0400.txt", "Library/0600.txt", "Library/0999.txt");
		try (Backup backup = Backup.open(builder.tree())) {
			List<BackupFile> seen = new ArrayList<>();
			ProblemException problem = assertThrows(ProblemException.class,
					() -> backup.forEach(FileFilter.ALL, seen::add));
			assertTrue(problem.is(BackupProblems.DAMAGED) && problem.problem().cause().contains("4 places"),
					problem.problem().cause());
			int lost = 0;
			for (BackupFile file : seen) {
				if (file.content().flaw() == null) {
					try (InputStream in = backup.read(file)) {
						assertEquals(Integer.parseInt(file.path().substring(8, 12)) % 50, in.readAllBytes().length);
					}
				} else {
					lost++;
					assertProblem(BackupProblems.FILE_DAMAGED, () -> backup.read(file));
				}
			}
			assertEquals(seen.size(), seen.stream().map(BackupFile::path).distinct().count(), "none is seen twice");
			if (change.isEmpty()) {
				assertEquals(1000, seen.size());
				assertTrue(lost >= 4 && lost < 60, "lost " + lost);
			} else {
				assertEquals(0, lost, "without the index their names are lost, too");
				assertTrue(seen.size() > 940 && seen.size() <= 996, "seen " + seen.size());
			}
			List<String> some = new ArrayList<>();
			assertProblem(BackupProblems.DAMAGED, () -> backup.forEach(new FileFilter("MediaDomain", "Library/09*"),
					file -> some.add(file.path())));
			assertTrue(some.size() <= 50 && some.contains("Library/0901.txt"), some.toString());
			assertTrue(backup.content().find("HomeDomain", "Library/0500.txt").isPresent());
			assertProblem(BackupProblems.DAMAGED, () -> backup.content().find("HomeDomain", "Library/0400.txt"));
		}
	}

	/** Also what is listed as it lies there, before anything needs a copy in clear. */
	@Test
	void listsTheSameWithAndWithoutACopyOfTheList() throws IOException {
		BackupBuilder builder = new BackupBuilder(folder, Era.DB).encrypted(PASSWORD);
		for (int i = 0; i < 700; i++) {
			builder.add(Item.file("HomeDomain", "Library/" + i, new byte[i % 3]).references(2, i % 60)
					.attributes(new byte[i % 10 == 0 ? i * 40 : i % 200]));
			builder.add(Item.link("MediaDomain", "link " + i, "Größe"));
		}
		Path database = builder.build().resolve("Manifest.db");
		byte[] bytes = Files.readAllBytes(database);
		long seed = 99;
		Random random = new Random(seed);
		for (int damages = 0; damages < 12; damages++) {
			byte[] damaged = bytes.clone();
			for (int i = 0; i < damages; i++) {
				// The beginning of a page, but the first.
				damaged[random.nextInt(1, damaged.length / 4096) * 4096] ^= 1;
			}
			Files.write(database, Arrays.copyOf(damaged, damages < 11 ? damaged.length : damaged.length / 2));
			assertEquals(listing(builder, true), listing(builder, false), damages + " damages, seed " + seed);
		}
	}

	private List<String> listing(BackupBuilder builder, boolean copied) throws IOException {
		List<String> seen = new ArrayList<>();
		try (Backup backup = Backup.open(builder.tree()); Secret secret = Secret.of(PASSWORD)) {
			backup.unlock(secret, JobMonitor.NONE);
			try {
				if (copied) {
					backup.content().find("HomeDomain", "Library/3");
				}
			} catch (ProblemException e) {
				assertTrue(e.is(BackupProblems.DAMAGED), e.toString());
			}
			try {
				backup.forEach(FileFilter.ALL, file -> seen.add(file.toString() + file.content().flaw()));
				assertEquals(1400, seen.size());
				AtomicInteger first = new AtomicInteger();
				backup.forEach(FileFilter.ALL, file -> first.incrementAndGet() < 5);
				assertEquals(5, first.get());
			} catch (ProblemException e) {
				seen.add(e.problem().code() + e.problem().cause().replaceAll("[0-9]+|one", "#"));
			}
		}
		return seen;
	}

	@Test
	void namesTheClassThatTheListOfFilesNeeds() throws IOException {
		BackupBuilder builder = builder(folder, Era.DB, PASSWORD).manifestProtectedBy(KeyBagBuilder.DEVICE_CLASS);
		try (Backup backup = open(builder, PASSWORD)) {
			assertProblem(BackupProblems.KEY_MISSING, () -> list(backup, FileFilter.ALL));
			VerifyReport report = backup.verify(VerifyLevel.CRYPTO, JobMonitor.NONE);
			assertEquals(List.of("Manifest.db"), report.damaged().stream().map(VerifyReport.Damage::path).toList());
		}
	}

	@ParameterizedTest
	@MethodSource("generations")
	void readsEveryFileOfEveryGeneration(Era era, @Nullable String password) throws IOException {
		try (Backup backup = open(builder(folder, era, password), password)) {
			Map<String, byte[]> expected = contents();
			for (BackupFile file : list(backup, FileFilter.ALL)) {
				if (file.kind() == Kind.FILE) {
					byte[] content = expected.remove(file.path());
					assertEquals(content.length, file.sizeBytes(), file.path());
					assertEquals(MODIFIED, file.modified());
					assertEquals(0x81A4, file.mode());
					assertEquals(BackupBuilder.fileId(file.domain(), file.path()), file.fileId());
					try (InputStream in = backup.read(file)) {
						assertArrayEquals(content, in.readAllBytes(), file.path());
					}
				}
			}
			assertTrue(expected.isEmpty());
		}
	}

	@ParameterizedTest
	@MethodSource("generations")
	void listsFoldersAndLinks(Era era, @Nullable String password) throws IOException {
		try (Backup backup = open(builder(folder, era, password), password)) {
			List<BackupFile> files = list(backup, FileFilter.ALL);
			assertEquals(contents().size() + 3, files.size());
			assertEquals(Kind.DIRECTORY, files.getFirst().kind());
			assertEquals("", files.getFirst().path());
			assertEquals(Kind.LINK, files.getLast().kind());
			assertEquals("../Library/16.bin", files.getLast().linkTarget());
		}
	}

	@ParameterizedTest
	@MethodSource("generations")
	void lengthsBeyondFourGigabytesAreToldWhole(Era era, @Nullable String password) throws IOException {
		BackupBuilder builder = new BackupBuilder(folder, era)
				.add(Item.file("CameraRollDomain", "film.mov", content(10)).recordedSize(5_000_000_003L));
		if (password != null) {
			builder.encrypted(password);
		}
		try (Backup backup = open(builder, password)) {
			List<Long> sizes = list(backup, FileFilter.ALL).stream().map(BackupFile::sizeBytes).toList();
			assertTrue(sizes.contains(5_000_000_003L), sizes::toString);
		}
	}

	@ParameterizedTest
	@CsvSource({ "00008030-001A2B3C4D5E6F70, '', 00008030-001A2B3C4D5E6F70",
			"00008030-001A2B3C4D5E6F70-20240501-101500, '', 00008030-001A2B3C4D5E6F70",
			"my-phone, 00008030-001A2B3C4D5E6F70, 00008030-001A2B3C4D5E6F70",
			"my-phone, 0123456789ABCDEF0123456789ABCDEF01234567, 0123456789abcdef0123456789abcdef01234567",
			"my-phone, '', my-phone", "Mum (old), '', Mum-old-13ec398a", "!!!, '', unnamed-9a7b006d" })
	void aFolderNamesTheDeviceOfABackupThatDoesNot(String name, String unique, String udid) throws IOException {
		Path made = Files.createDirectories(folder.resolve(name));
		Files.writeString(made.resolve("Info.plist"), "<plist><dict><key>Unique Identifier</key><string>" + unique
				+ "</string></dict></plist>");
		try (Backup backup = Backup.open(new FolderTree(made))) {
			assertEquals(udid, backup.summary().udid().value());
		}
	}

	@ParameterizedTest
	@MethodSource("generations")
	void tellsWhatTheBackupSaysOfItselfWithoutThePassword(Era era, @Nullable String password) throws IOException {
		BackupBuilder builder = builder(folder, era, password);
		Path made = builder.build();
		try (Backup backup = Backup.open(builder.tree())) {
			assertEquals(BackupBuilder.UDID, backup.summary().udid().value());
			assertEquals("Ada’s \"iPhone\"", backup.summary().deviceName());
			assertEquals("iPhone12,1", backup.summary().productType());
			assertEquals(BackupBuilder.DATE, backup.summary().finishedAt());
			assertEquals(password != null, backup.summary().encrypted());
			assertEquals(password != null, backup.isEncrypted());
			assertEquals(password == null, backup.isUnlocked());
			assertTrue(backup.summary().complete());
			assertEquals("finished", backup.snapshotState());
			assertEquals(0, backup.summary().files());
			try (Stream<Path> all = Files.walk(made)) {
				assertEquals(all.filter(Files::isRegularFile).count(), backup.measure(JobMonitor.NONE).files());
			}
		}
	}

	@Test
	void refusesTheWrongPassword() throws IOException {
		BackupBuilder builder = builder(folder, Era.DB, PASSWORD);
		builder.build();
		try (Backup backup = Backup.open(builder.tree()); Secret wrong = Secret.of("password")) {
			assertProblem(BackupProblems.WRONG_PASSWORD, () -> backup.unlock(wrong, JobMonitor.NONE));
			assertFalse(backup.isPassword(wrong, JobMonitor.NONE));
			assertFalse(backup.isUnlocked());
			assertProblem(BackupProblems.PASSWORD_NEEDED, () -> list(backup, FileFilter.ALL));
			assertProblem(BackupProblems.PASSWORD_NEEDED, () -> backup.verify(VerifyLevel.CRYPTO, JobMonitor.NONE));
			assertProblem(BackupProblems.PASSWORD_NEEDED,
					() -> backup.extract(FileFilter.ALL, folder.resolve("out"), JobMonitor.NONE));
			try (Secret right = Secret.of(PASSWORD)) {
				assertTrue(backup.isPassword(right, JobMonitor.NONE));
			}
			assertFalse(backup.isUnlocked());
		}
	}

	@Test
	void takesThePasswordInEitherUnicodeForm() throws IOException {
		String composed = "p\u00e4ssword";
		String decomposed = "pa\u0308ssword";
		for (String set : List.of(composed, decomposed)) {
			BackupBuilder builder = builder(folder.resolve(String.valueOf(set.length())), Era.DB, set);
			builder.build();
			for (String typed : List.of(composed, decomposed)) {
				try (Backup backup = Backup.open(builder.tree()); Secret secret = Secret.of(typed)) {
					backup.unlock(secret, JobMonitor.NONE);
					assertTrue(backup.isUnlocked());
				}
			}
		}
	}

	@Test
	void takesAnEmptyPassword() throws IOException {
		try (Backup backup = open(builder(folder, Era.DB, ""), "")) {
			assertTrue(backup.isUnlocked());
		}
	}

	@Test
	void listsAnEncryptedBackupWithoutPasswordWhereTheIndexIsInClear() throws IOException {
		BackupBuilder builder = builder(folder, Era.DB_IN_CLEAR, PASSWORD);
		builder.build();
		try (Backup backup = Backup.open(builder.tree())) {
			BackupFile file = find(backup, "Library/17.bin");
			assertProblem(BackupProblems.PASSWORD_NEEDED, () -> backup.read(file));
		}
	}

	@Test
	void choosesByDomainAndPath() throws IOException {
		BackupBuilder builder = new BackupBuilder(folder, Era.DB);
		for (String domain : List.of("AppDomain-com.example", "AppDomainGroup-group.example", "HomeDomain")) {
			for (String path : List.of("a.txt", "Library/a.txt", "Library/Deep/a.txt", "Library/b[1].txt")) {
				builder.add(Item.file(domain, path, content(3)));
			}
		}
		try (Backup backup = open(builder, null)) {
			assertEquals(4, list(backup, new FileFilter("HomeDomain", null)).size());
			assertEquals(4, list(backup, new FileFilter("AppDomain-*", null)).size());
			assertEquals(8, list(backup, new FileFilter("AppDomain*", null)).size());
			assertEquals(List.of("a.txt"), paths(backup, "*.txt"));
			assertEquals(List.of("Library/a.txt", "Library/b[1].txt"), paths(backup, "Library/*"));
			assertEquals(List.of("Library/Deep/a.txt", "Library/a.txt", "Library/b[1].txt"),
					paths(backup, "Library/**"));
			assertEquals(List.of("Library/Deep/a.txt", "Library/a.txt", "a.txt"), paths(backup, "**/a.txt"));
			assertEquals(List.of("Library/b[1].txt"), paths(backup, "Library/b[1].txt"));
			assertEquals(List.of("Library/a.txt"), paths(backup, "Library/?.txt"));
			assertEquals(List.of(), paths(backup, "Library/*/*/*"));
			assertEquals(List.of(), list(backup, new FileFilter("homedomain", null)));
		}
	}

	private static List<String> paths(Backup backup, String glob) throws IOException {
		return List.copyOf(new TreeSet<>(
				list(backup, new FileFilter("HomeDomain", glob)).stream().map(BackupFile::path).toList()));
	}

	@Test
	void endsAVisitWhenToldTo() throws IOException {
		try (Backup backup = open(builder(folder, Era.DB, null), null)) {
			List<BackupFile> seen = new ArrayList<>();
			backup.forEach(FileFilter.ALL, file -> {
				seen.add(file);
				return seen.size() < 2;
			});
			assertEquals(2, seen.size());
		}
	}

	@ParameterizedTest
	@MethodSource("generations")
	void skipsToAnywhere(Era era, @Nullable String password) throws IOException {
		byte[] content = content(200_000);
		BackupBuilder builder = new BackupBuilder(folder, era)
				.add(Item.file("HomeDomain", "file", content).withDigest());
		if (password != null) {
			builder.encrypted(password);
		}
		try (Backup backup = open(builder, password)) {
			BackupFile file = find(backup, "file");
			for (int at : new int[] { 0, 1, 15, 16, 17, 65_535, 65_536, 131_071, 131_073, 199_999, 200_000, 300_000 }) {
				for (int before : new int[] { 0, 1, 70_000 }) {
					int start = Math.min(at, 200_000);
					int skipFrom = Math.min(before, start);
					try (InputStream in = backup.read(file)) {
						assertEquals(skipFrom, in.readNBytes(skipFrom).length);
						long skipped = 0;
						for (long step = in.skip(at - skipFrom); step > 0; step = in.skip(at - skipFrom - skipped)) {
							skipped += step;
						}
						assertEquals(start - skipFrom, skipped, "to " + at + " after " + before);
						byte[] rest = in.readAllBytes();
						assertEquals(200_000 - start, rest.length, "after a skip to " + at);
						assertArrayEquals(Arrays.copyOfRange(content, start, 200_000), rest);
					}
				}
			}
		}
	}

	@Test
	void believesThePaddingBeforeAStaleSize() throws IOException {
		BackupBuilder builder = new BackupBuilder(folder, Era.DB).encrypted(PASSWORD)
				.add(Item.file("HomeDomain", "grown", content(100_000)).recordedSize(10))
				.add(Item.file("HomeDomain", "shrunk", content(10)).recordedSize(100_000))
				.add(Item.file("HomeDomain", "unpadded", zeroEnded(100_003)).unpadded())
				.add(Item.file("HomeDomain", "clear", content(77)).inClear());
		try (Backup backup = open(builder, PASSWORD)) {
			assertArrayEquals(content(100_000), read(backup, "grown"));
			assertArrayEquals(content(10), read(backup, "shrunk"));
			assertArrayEquals(zeroEnded(100_003), read(backup, "unpadded"));
			assertArrayEquals(content(77), read(backup, "clear"));
		}
	}

	private static byte[] zeroEnded(int length) {
		byte[] content = content(length);
		content[length - 1] = 0;
		return content;
	}

	static byte[] read(Backup backup, String path) throws IOException {
		try (InputStream in = backup.read(find(backup, path))) {
			return in.readAllBytes();
		}
	}

	@Test
	void namesAFileWhoseKeyOnlyTheDeviceHas() throws IOException {
		BackupBuilder builder = new BackupBuilder(folder, Era.DB).encrypted(PASSWORD)
				.add(Item.file("HomeDomain", "device", content(10)).protectedBy(KeyBagBuilder.DEVICE_CLASS))
				.add(Item.file("HomeDomain", "other", content(10)).protectedBy(13));
		try (Backup backup = open(builder, PASSWORD)) {
			assertProblem(BackupProblems.KEY_MISSING, () -> read(backup, "device"));
			assertProblem(BackupProblems.KEY_MISSING, () -> read(backup, "other"));
		}
	}

	@ParameterizedTest
	@MethodSource("generations")
	void tellsOfDamageEvenToWhoStopsAtTheLastByte(Era era, @Nullable String password) throws IOException {
		BackupBuilder builder = builder(folder, era, password);
		try (Backup backup = open(builder, password)) {
			Path stored = builder.stored("HomeDomain", "Library/65535.bin");
			BackupFile file = find(backup, "Library/65535.bin");
			byte[] bytes = Files.readAllBytes(stored);
			Files.write(stored, Arrays.copyOf(bytes, bytes.length - 16));
			assertProblem(BackupProblems.FILE_DAMAGED, () -> {
				try (InputStream in = backup.read(file)) {
					in.readNBytes(65_535);
				}
			});
			bytes[0] ^= 1;
			Files.write(stored, bytes);
			if (file.content().digest() != null) {
				assertProblem(BackupProblems.FILE_DAMAGED, () -> read(backup, file.path()));
			}
			Files.delete(stored);
			assertProblem(BackupProblems.FILE_MISSING, () -> backup.read(file));
		}
	}

	@Test
	void copiesAnIndexThatIsNotOnThisComputer() throws IOException {
		BackupBuilder builder = builder(folder, Era.DB, null);
		Path made = builder.build();
		FolderTree remote = new FolderTree(made);
		try (Backup backup = Backup.open(remote)) {
			assertEquals(contents().size() + 3, list(backup, FileFilter.ALL).size());
		}
		assertEquals(1, remote.closed());
	}

	@Test
	void changesNothingInTheBackup() throws IOException {
		BackupBuilder builder = builder(folder, Era.DB, null);
		Path made = builder.build();
		Map<Path, byte[]> before = snapshot(made);
		try (Backup backup = Backup.open(builder.tree())) {
			list(backup, FileFilter.ALL);
			backup.verify(VerifyLevel.CRYPTO, JobMonitor.NONE);
		}
		Map<Path, byte[]> after = snapshot(made);
		assertEquals(before.keySet(), after.keySet());
		before.forEach((path, bytes) -> assertArrayEquals(bytes, after.get(path)));
	}

	private static Map<Path, byte[]> snapshot(Path root) throws IOException {
		Map<Path, byte[]> files = new LinkedHashMap<>();
		try (Stream<Path> all = Files.walk(root).sorted()) {
			for (Path file : all.filter(Files::isRegularFile).toList()) {
				files.put(file, Files.readAllBytes(file));
			}
		}
		return files;
	}
}
