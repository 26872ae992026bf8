// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.cli.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.keepsake.core.BackupSummary;
import org.keepsake.core.IosVersion;
import org.keepsake.core.JobMonitor;
import org.keepsake.core.Secret;
import org.keepsake.core.target.Snapshot;
import org.keepsake.core.target.SnapshotId;
import org.keepsake.engine.KeptBackup;
import org.keepsake.ios.backup.BackupFile;
import org.keepsake.ios.backup.StoredContent;
import org.keepsake.repository.CheckOptions;
import org.keepsake.repository.FolderImport;
import org.keepsake.repository.ImportOptions;
import org.keepsake.repository.Repository;
import org.keepsake.repository.SaveOptions;
import org.keepsake.repository.SnapshotRecord;

class RepoCommandsTest extends CommandTest {

	private static final String PLACE = "restic:/repo";
	private static final String PASSWORD = "open sesame";
	private static final String FILE_ID = "00" + "ab".repeat(19);
	private static final Instant FIRST = Instant.parse("2026-01-01T10:00:00Z");

	private void make() throws IOException {
		engine.places.make(PLACE, PASSWORD).close();
		engine.places.remembered.put(PLACE + " repository-password", PASSWORD);
	}

	private Repository open(String place) throws IOException {
		try (Secret password = Secret.of(PASSWORD)) {
			return Repository.open(engine.places.store(place), password);
		}
	}

	/** A snapshot of a folder of random bytes that no other has. */
	private SnapshotRecord save(int day, String host) throws IOException {
		Path folder = Files.createDirectories(home.resolve("made").resolve("phone"));
		byte[] bytes = new byte[200_000];
		new Random(day).nextBytes(bytes);
		Files.createDirectories(folder.resolve("00"));
		Files.write(folder.resolve("00").resolve(FILE_ID), bytes);
		try (Repository open = open(PLACE)) {
			return FolderImport.run(open, folder, new ImportOptions(List.of("tag" + day), host,
					FIRST.plusSeconds(day * 86_400L), SaveOptions.DEFAULT), JobMonitor.NONE).snapshot();
		}
	}

	/** A snapshot that is a backup of the phone. */
	private SnapshotRecord backup(int day, boolean complete) throws IOException {
		SnapshotRecord made = save(day, "desk");
		BackupSummary summary = new BackupSummary(FakeEngine.PHONE, "Anna's iPhone", "iPhone15,2",
				new IosVersion("18.5"), made.time(), 200_000, 1, false, complete);
		engine.kept.addFirst(new KeptBackup(PLACE, PLACE,
				new Snapshot(new SnapshotId(made.id().toString()), summary, PLACE + '#' + made.brief(), true)));
		return made;
	}

	private List<String> left() throws IOException {
		try (Repository open = open(PLACE)) {
			return open.snapshots().stream().map(SnapshotRecord::brief).toList();
		}
	}

	private void assertSound() throws IOException {
		try (Repository open = open(PLACE)) {
			assertTrue(open.check(CheckOptions.READ_DATA, JobMonitor.NONE).isSound());
		}
	}

	private static void assertHas(String text, String... parts) {
		for (String part : parts) {
			assertTrue(text.contains(part), () -> part + " is not in:\n" + text);
		}
	}

	private static String line(String text, String begin) {
		return text.lines().filter(each -> each.startsWith(begin)).findFirst().orElse("");
	}

	// Making one

	@Test
	void isMadeWithAPasswordThatIsTypedTwice() throws IOException {
		terminal.answering(PASSWORD, PASSWORD);
		assertEquals(0, run("repo", "init", PLACE), terminal::errText);
		assertHas(terminal.outText(), "Made a repository at memory:" + PLACE + " (version 2 of the format, id ");
		assertEquals(List.of("hidden: New password of the repository: ", "hidden: The same again: "),
				terminal.questions);
		assertFalse(terminal.errText().contains(PASSWORD) || terminal.outText().contains(PASSWORD));
		open(PLACE).close();
	}

	@Test
	void isMadeInTheOlderVersionAndCutAsAnother() throws IOException {
		make();
		Path file = Files.writeString(home.resolve("password"), PASSWORD + "\nnot this\n");
		assertEquals(0, run("repo", "init", "restic:/other", "--format-version", "1", "--copy-chunker-from", PLACE,
				"--repository-password-file", file.toString()), terminal::errText);
		try (Repository first = open(PLACE); Repository other = open("restic:/other")) {
			assertEquals(1, other.version());
			assertEquals(first.polynomial(), other.polynomial());
		}
	}

	@Test
	void twoDifferentPasswordsMakeNone() {
		terminal.answering("one", "two");
		assertEquals(1, run("repo", "init", PLACE));
		assertHas(terminal.errText(), "cli.passwords-differ");
		assertTrue(engine.places.store(PLACE).blobs.isEmpty());
	}

	@Test
	void withNobodyToAskThePasswordIsAProblemThatNamesTheWays() {
		assertEquals(1, run("repo", "init", PLACE));
		assertHas(terminal.errText(), "cli.place-secret-not-given", "--repository-password-file FILE",
				"KEEPSAKE_REPOSITORY_PASSWORD");
	}

	@Test
	void aProgramIsNeverAsked() {
		terminal.answering(PASSWORD, PASSWORD);
		assertEquals(1, run("repo", "init", PLACE, "--json"));
		assertEquals(List.of(), terminal.questions);
		assertHas(terminal.outText(), "\"code\":\"cli.place-secret-not-given\"");
	}

	@Test
	void whereOneIsNobodyIsAskedForAPassword() throws IOException {
		make();
		terminal.answering(PASSWORD, PASSWORD);
		assertEquals(1, run("repo", "init", PLACE));
		assertHas(terminal.errText(), "repository.exists");
		assertEquals(List.of(), terminal.questions);
	}

	@Test
	void aFolderOfPlainBackupsIsNone() {
		assertEquals(1, run("repo", "check", "/media/disk/backups"));
		assertHas(terminal.errText(), "cli.not-a-repository", "restic:/media/disk/backups");
	}

	@Test
	void aPlaceOfAnUnknownKindIsToldWithThoseThereAre() {
		assertEquals(1, run("repo", "check", "ftp://host/folder"));
		assertHas(terminal.errText(), "storage.unknown", "sftp:USER@HOST:/PATH");
	}

	@Test
	void aPasswordInALocationIsRefusedWithoutBeingRepeated() {
		for (String location : List.of("smb://anna:geheim@nas/share", "sftp:anna:geheim@nas:/backups",
				"rest:https://anna:geheim@host:8000/")) {
			assertEquals(1, run("repo", "check", location));
		}
		assertHas(terminal.errText(), "cli.password-in-location", "smb://anna@nas/share", "sftp:anna@nas:/backups",
				"rest:https://anna@host:8000/");
		assertFalse(terminal.errText().contains("geheim"));
	}

	// Passwords

	@Test
	void isOpenedByAnAnswerWhichIsRememberedIfWanted() throws IOException {
		engine.places.make(PLACE, PASSWORD).close();
		terminal.answering("wrong", PASSWORD);
		assertEquals(0, run("repo", "keys", "list", PLACE, "--remember"), terminal::errText);
		assertEquals(List.of("hidden: Password of the repository (" + PLACE + "): ",
				"hidden: Password of the repository (" + PLACE + "): "), terminal.questions);
		assertHas(terminal.errText(), "That is not right. Try again.");
		assertEquals(PASSWORD, engine.places.remembered.get(PLACE + " repository-password"));
	}

	@Test
	void anAnswerIsForgottenOtherwise() throws IOException {
		engine.places.make(PLACE, PASSWORD).close();
		terminal.answering(PASSWORD);
		assertEquals(0, run("repo", "keys", "list", PLACE), terminal::errText);
		assertTrue(engine.places.remembered.isEmpty());
	}

	@Test
	void theEnvironmentsPasswordIsRememberedIfWanted() throws IOException {
		engine.places.make(PLACE, PASSWORD).close();
		Path file = Files.writeString(home.resolve("password"), PASSWORD + '\n');
		environment.put("KEEPSAKE_REPOSITORY_PASSWORD_FILE", file.toString());
		assertEquals(0, run("repo", "keys", "list", PLACE, "--remember"), terminal::errText);
		assertEquals(PASSWORD, engine.places.remembered.get(PLACE + " repository-password"));
	}

	@Test
	void keysAreAddedChangedAndRemoved() throws IOException {
		make();
		Path second = Files.writeString(home.resolve("second"), "another\n");
		assertEquals(0, run("repo", "keys", "add", PLACE, "--new-repository-password-file", second.toString()));
		String added = terminal.outText().replaceAll("(?s)Added key ([0-9a-f]{8}).*", "$1");
		assertEquals(0, run("repo", "keys", "list", PLACE));
		assertHas(terminal.outText(), "KEY", "USED NOW", added);
		assertEquals(1, run("repo", "keys", "remove", PLACE, added));
		assertHas(terminal.errText(), "cli.not-confirmed");
		assertEquals(0, run("repo", "keys", "remove", PLACE, added, "--yes"));
		assertHas(terminal.outText(), "Removed the key " + added);
		environment.put("KEEPSAKE_NEW_REPOSITORY_PASSWORD", "the third");
		assertEquals(0, run("repo", "keys", "change", PLACE), terminal::errText);
		assertHas(terminal.outText(), "Changed the password.");
		assertHas(terminal.errText(), "keepsake targets login " + PLACE);
		try (Secret third = Secret.of("the third")) {
			assertEquals(1, Repository.open(engine.places.store(PLACE), third).keys().size());
		}
	}

	@Test
	void theKeyInUseStays() throws IOException {
		make();
		assertEquals(0, run("repo", "keys", "list", PLACE, "--json"));
		String id = terminal.outText().replaceAll("(?s).*\"id\":\"([0-9a-f]{64})\".*", "$1");
		assertEquals(1, run("repo", "keys", "remove", PLACE, id.substring(0, 10), "--yes"));
		assertHas(terminal.errText(), "repository.key-in-use");
		assertEquals(1, run("repo", "keys", "remove", PLACE, "ffff", "--yes"));
	}

	// Looking

	@Test
	void snapshotsOfAllProgramsAreListed() throws IOException {
		make();
		SnapshotRecord other = save(1, "server");
		SnapshotRecord phone = backup(2, true);
		assertEquals(0, run("repo", "snapshots", PLACE), terminal::errText);
		assertHas(line(terminal.outText(), phone.brief()), "Anna's iPhone", "3 Jan 2026, 10:00", "200 KB", "desk");
		assertHas(line(terminal.outText(), other.brief()), "/phone", "server");
		assertEquals(0, run("repo", "snapshots", PLACE, "--json"));
		assertHas(terminal.outText(), "\"udid\":\"" + FakeEngine.PHONE.value() + '"', "\"tags\":[\"tag1\"]",
				"\"udid\":null");
	}

	@Test
	void statsTellWhatDeletingFrees() throws IOException {
		make();
		backup(1, true);
		backup(2, true);
		assertEquals(0, run("repo", "stats", PLACE), terminal::errText);
		assertHas(terminal.outText(), "Snapshots  2", "DELETING IT FREES", "DELETING ALL FREES", "Anna's iPhone");
		assertHas(terminal.outText(), "Anna's iPhone         2              402 KB");
		assertEquals(0, run("repo", "stats", PLACE, "--json"));
		assertHas(terminal.outText(), "\"freesBytes\":", "\"versions\":2", "\"storedBytes\":");
	}

	@Test
	void aSoundOneIsSaidToBe() throws IOException {
		make();
		backup(1, true);
		assertOut(0, "The repository is sound: 1 snapshot, 2 packs, 4 pieces of content. All of it is there with its "
				+ "size.\n", "repo", "check", PLACE);
		assertHas(terminal.errText(), "To read and prove every byte as well: --read-data");
		assertEquals(0, run("repo", "check", PLACE, "--read-data"));
		assertHas(terminal.outText(), "2 of 2 packs (20", " KB) read: every byte of what was read is what was stored.");
		assertEquals(0, run("repo", "check", PLACE, "--read-data-subset", "1/256", "--json"));
		assertHas(terminal.outText(), "\"event\":\"finished\",\"snapshots\":1,\"packs\":2");
	}

	@Test
	void damageNamesTheFileTheSnapshotAndTheDevicesFile() throws IOException {
		make();
		SnapshotRecord made = backup(1, true);
		engine.backupFiles.add(new BackupFile("CameraRollDomain", "Media/DCIM/IMG_0001.HEIC", FILE_ID,
				BackupFile.Kind.FILE, 200_000, 0100644, FIRST, 3, null, StoredContent.PLAIN));
		String pack = largest();
		engine.places.store(PLACE).flip(pack);
		assertEquals(1, run("repo", "check", PLACE, "--read-data"));
		assertHas(terminal.errText(), pack, "What cannot be restored whole:", "Anna's iPhone, 2 Jan 2026, 10:00",
				made.brief(), "CameraRollDomain/Media/DCIM/IMG_0001.HEIC", FILE_ID, "cli.repository-damaged");
		assertEquals(1, run("repo", "check", PLACE, "--read-data", "--json"));
		assertHas(terminal.outText(), "\"event\":\"failed\"", "\"touchedCount\":1",
				"\"onDevice\":\"CameraRollDomain/Media/DCIM/IMG_0001.HEIC\"");
	}

	@Test
	void aRandomPartHasAPackAndHowManyWereReadIsAlwaysSaid() throws IOException {
		make();
		backup(1, true);
		for (String part : List.of("1K", "0.4%", "1%", "50%", "1GB")) {
			int before = terminal.outText().length();
			assertEquals(0, run("repo", "check", PLACE, "--read-data-subset", part));
			String said = terminal.outText().substring(before);
			assertTrue(said.contains(" 1 of 2 packs (") || said.contains(" 2 of 2 packs ("), said);
		}
		int empty = 1;
		for (String name : engine.places.store(PLACE).blobs.keySet()) {
			if (name.startsWith("data/") && Integer.parseInt(name.substring(5, 7), 16) == empty - 1) {
				empty++;
			}
		}
		assertEquals(0, run("repo", "check", PLACE, "--read-data-subset", empty + "/256"));
		assertHas(terminal.errText(), "0 of 2 packs (0 bytes) read: none lies in this part.");
	}

	private String largest() {
		return engine.places.store(PLACE).blobs.entrySet().stream().filter(each -> each.getKey().startsWith("data/"))
				.max((a, b) -> a.getValue().length - b.getValue().length).orElseThrow().getKey();
	}

	@Test
	void partsOfTheDataAreUnderstood() throws IOException {
		make();
		for (String part : List.of("0/3", "4/3", "1/300", "0%", "101%", "x")) {
			assertEquals(2, run("repo", "check", PLACE, "--read-data-subset", part), part);
		}
		for (String part : List.of("3/3", "10%", "0.1%", "100%", "1GB")) {
			assertEquals(0, run("repo", "check", PLACE, "--read-data-subset", part), part + terminal.errText());
		}
		assertEquals(2, run("repo", "check", PLACE, "--read-data", "--read-data-subset", "1/2"));
	}

	@Test
	void aSnapshotOfOtherFilesIsToldAsSuch() throws IOException {
		make();
		SnapshotRecord other = save(1, "desk");
		engine.kept.clear();
		for (List<String> command : List.of(List.of("files", other.brief()),
				List.of("extract", other.brief(), "--output", home.resolve("out").toString()),
				List.of("export", other.brief(), home.resolve("out").toString()))) {
			List<String> all = new ArrayList<>(command);
			all.addAll(List.of("--target", PLACE));
			int before = terminal.errText().length();
			assertEquals(1, run(all.toArray(String[]::new)), terminal::errText);
			assertHas(terminal.errText().substring(before), "cli.not-of-a-device", "phone of desk",
					"restic restore " + other.brief());
			assertFalse(Files.exists(home.resolve("out")));
		}
		assertEquals(1, run("files", "ffffffff", "--target", PLACE), terminal::errText);
		assertHas(terminal.errText(), "engine.snapshot-not-found");
	}

	@Test
	void repairTellsFirstAndThenSavesTheRest() throws IOException {
		make();
		backup(1, true);
		engine.places.store(PLACE).flip(largest());
		assertEquals(0, run("repo", "repair", PLACE, "--dry-run"), terminal::errText);
		assertHas(terminal.outText(), "out of 1 damaged pack", "replace 1 snapshot by");
		assertEquals(1, run("repo", "repair", PLACE));
		assertHas(terminal.errText(), "cli.not-confirmed");
		assertEquals(0, run("repo", "repair", PLACE, "--yes"), terminal::errText);
		assertHas(terminal.outText(), "Repaired:");
		assertSound();
		assertEquals(0, run("repo", "repair", PLACE, "--yes"), terminal::errText);
		assertHas(terminal.outText(), "There is nothing to repair.");
	}

	// Deleting

	@Test
	void rulesDeleteWhatTheyDoNotKeep() throws IOException {
		make();
		SnapshotRecord old = backup(1, true);
		SnapshotRecord middle = backup(2, true);
		SnapshotRecord young = backup(3, true);
		assertEquals(0, run("repo", "forget", PLACE, "--keep-last", "2", "--dry-run"), terminal::errText);
		assertHas(line(terminal.outText(), old.brief()), "goes");
		assertHas(line(terminal.outText(), young.brief()), "stays", "last");
		assertHas(terminal.outText(), "Nothing was deleted: this was a dry run.");
		assertHas(terminal.errText(), "1 snapshot of 3 would go. Freed by that and a prune: 201 KB.");
		assertEquals(3, left().size());
		assertEquals(1, run("repo", "forget", PLACE, "--keep-last", "2"));
		assertHas(terminal.errText(), "cli.not-confirmed");
		assertEquals(3, left().size());
		terminal.answering("yes");
		assertEquals(0, run("repo", "forget", PLACE, "--keep-last", "2", "--prune"), terminal::errText);
		assertEquals(List.of(young.brief(), middle.brief()), left());
		assertHas(terminal.outText(), "Deleted 1 snapshot.", "Freed 20");
		assertSound();
	}

	@Test
	void anotherAnswerThanYesDeletesNothing() throws IOException {
		make();
		backup(1, true);
		backup(2, true);
		terminal.answering("y");
		assertEquals(130, run("repo", "forget", PLACE, "--keep-last", "1"));
		assertEquals(2, left().size());
	}

	@Test
	void rulesKeepTheLastCompleteVersionOfADevice() throws IOException {
		make();
		SnapshotRecord whole = backup(1, true);
		SnapshotRecord broken = backup(2, false);
		assertEquals(0, run("repo", "forget", PLACE, "--keep-last", "1", "--yes"), terminal::errText);
		assertHas(line(terminal.outText(), whole.brief()), "stays", "last complete version");
		assertEquals(List.of(broken.brief(), whole.brief()), left());
	}

	@Test
	void theLastCompleteVersionGoesOnlyIfNamedAndForced() throws IOException {
		make();
		SnapshotRecord whole = backup(1, true);
		backup(2, false);
		assertEquals(1, run("repo", "forget", PLACE, whole.brief(), "--yes"));
		assertHas(terminal.errText(), "cli.last-version", "Anna's iPhone", "--force");
		assertEquals(2, left().size());
		assertEquals(0, run("repo", "forget", PLACE, whole.brief(), "--yes", "--force"), terminal::errText);
		assertEquals(1, left().size());
	}

	@Test
	void devicesAreDecidedForThemselvesWhateverComputerMadeTheBackups() throws IOException {
		make();
		SnapshotRecord server = save(1, "server");
		SnapshotRecord old = backup(2, true);
		SnapshotRecord young = backup(3, true);
		assertEquals(0, run("repo", "forget", PLACE, "--keep-last", "1", "--yes", "--json"), terminal::errText);
		assertEquals(List.of(young.brief(), server.brief()), left());
		assertHas(terminal.outText(), "\"forgotten\":[{\"id\":\"" + old.id(), "\"reasons\":[\"last\"]");
	}

	@Test
	void oneDeviceAloneCanBeMeant() throws IOException {
		make();
		SnapshotRecord server = save(1, "server");
		SnapshotRecord server2 = save(2, "server");
		backup(3, true);
		SnapshotRecord young = backup(4, true);
		assertEquals(0, run("repo", "forget", PLACE, "--keep-last", "1", "--device", FakeEngine.PHONE.value(), "-y"));
		assertEquals(List.of(young.brief(), server2.brief(), server.brief()), left());
	}

	@Test
	void groupsCanBeMadeOtherwise() throws IOException {
		make();
		save(1, "one");
		SnapshotRecord two = save(2, "two");
		assertEquals(0, run("repo", "forget", PLACE, "--keep-last", "1", "--group-by", "paths", "-y"));
		assertEquals(List.of(two.brief()), left());
	}

	@Test
	void sayingNothingDeletesNothing() throws IOException {
		make();
		backup(1, true);
		assertEquals(2, run("repo", "forget", PLACE, "--yes"));
		assertEquals(2, run("repo", "forget", PLACE, "--keep-last", "0", "--yes"));
		assertEquals(2, run("repo", "forget", PLACE, "ab", "--keep-last", "1", "--yes"));
		assertEquals(2, run("repo", "forget", PLACE, "--keep-last", "1", "--force", "--yes"));
		assertEquals(2, run("repo", "forget", PLACE, "--keep-last", "-3", "--yes"));
		assertEquals(2, run("repo", "forget", PLACE, "--keep-within", "3 weeks", "--yes"));
		assertEquals(1, left().size());
	}

	@Test
	void spansAreUnderstood() throws IOException {
		make();
		SnapshotRecord old = backup(1, true);
		backup(3, true);
		SnapshotRecord young = backup(12, true);
		assertEquals(0, run("repo", "forget", PLACE, "--keep-within", "1w1d", "--keep-tag", "tag1", "-y"));
		assertEquals(List.of(young.brief(), old.brief()), left());
	}

	@Test
	void theNewestOfEachDayOrMonthWithinASpanStays() throws IOException {
		make();
		backup(1, true);
		SnapshotRecord second = backup(3, true);
		SnapshotRecord young = backup(12, true);
		assertEquals(0, run("repo", "forget", PLACE, "--keep-within-daily", "10d", "-y"));
		assertEquals(List.of(young.brief(), second.brief()), left());
		assertEquals(0, run("repo", "forget", PLACE, "--keep-within-monthly", "1y", "-y"));
		assertEquals(List.of(young.brief()), left());
		assertEquals(2, run("repo", "forget", PLACE, "--keep-within-yearly", "3", "--yes"));
	}

	@Test
	void pruningTellsFirst() throws IOException {
		make();
		SnapshotRecord old = backup(1, true);
		backup(2, true);
		assertEquals(0, run("repo", "forget", PLACE, old.brief(), "--yes"));
		long before = engine.places.store(PLACE).blobs.size();
		assertEquals(0, run("repo", "prune", PLACE, "--dry-run"), terminal::errText);
		assertHas(terminal.outText(), "This would free 20");
		assertEquals(before, engine.places.store(PLACE).blobs.size());
		assertEquals(0, run("repo", "prune", PLACE, "--max-unused", "0%", "--json"), terminal::errText);
		assertHas(terminal.outText(), "\"event\":\"finished\",\"dryRun\":false,\"packsBefore\":");
		assertSound();
		assertEquals(2, run("repo", "prune", PLACE, "--max-unused", "200%"));
	}

	@Test
	void locksAreRemoved() throws IOException {
		make();
		try (Repository other = open(PLACE); var lock = other.lock(true, java.time.Duration.ZERO)) {
			assertTrue(lock.isExclusive());
			assertEquals(1, run("repo", "prune", PLACE));
			assertHas(terminal.errText(), "repository.locked");
			assertEquals(0, run("repo", "unlock", PLACE));
			assertHas(terminal.outText(), "There is no lock whose holder is gone.");
			assertEquals(1, run("repo", "unlock", PLACE, "--all"));
			assertEquals(0, run("repo", "unlock", PLACE, "--all", "--yes"));
			assertHas(terminal.outText(), "Removed one lock.");
		}
	}

	// Copying

	@Test
	void copiesWhatIsNotThere() throws IOException {
		make();
		engine.places.make("restic:/other", PASSWORD).close();
		SnapshotRecord first = save(1, "desk");
		save(2, "desk");
		Path file = Files.writeString(home.resolve("password"), PASSWORD + '\n');
		assertEquals(0, run("repo", "copy", PLACE, "restic:/other", first.brief(), first.brief(),
				"--repository-password-file", file.toString()), terminal::errText);
		assertHas(terminal.outText(), "Copied 1 snapshot into memory:restic:/other.");
		assertEquals(0, run("repo", "copy", PLACE, "restic:/other", "--repository-password-file", file.toString()));
		assertHas(terminal.outText(), "Copied 1 snapshot into memory:restic:/other; 1 was there already.");
		assertEquals(2, run("repo", "copy", PLACE, PLACE));
		assertHas(terminal.errText(), "the same repository");
	}

	@Test
	void needsToBeToldWhatToDo() {
		assertEquals(2, run("repo"));
		assertHas(terminal.errText(), "init, keys, snapshots, stats, check, repair, forget, prune, unlock, copy");
	}
}
