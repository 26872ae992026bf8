// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0

package org.keepsake.engine.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.keepsake.core.BackupSummary;
import org.keepsake.core.ProblemException;
import org.keepsake.core.Udid;
import org.keepsake.core.target.Snapshot;
import org.keepsake.core.target.SnapshotId;
import org.keepsake.engine.KeptBackup;
import org.keepsake.engine.ProofLevel;
import org.keepsake.engine.Verification;
import org.keepsake.ios.backup.VerifyLevel;
import org.keepsake.ios.backup.VerifyReport;

/** The state folder and the journal in it. */
class StateTest {

	private static final Path USER = Path.of("/home/anna");

	@TempDir
	Path folder;

	@Test
	void livesWhereEachSystemExpectsIt() {
		assertEquals(USER.resolve(".local/share/keepsake"), Home.locate(Map.of(), "Linux", USER));
		assertEquals(Path.of("/data/keepsake"), Home.locate(Map.of("XDG_DATA_HOME", "/data"), "Linux", USER));
		assertEquals(USER.resolve(".local/share/keepsake"),
				Home.locate(Map.of("XDG_DATA_HOME", "relative"), "Linux", USER));
		assertEquals(USER.resolve("Library/Application Support/Keepsake"), Home.locate(Map.of(), "Mac OS X", USER));
		assertEquals(Path.of("/roaming/Keepsake"), Home.locate(Map.of("APPDATA", "/roaming"), "Windows 11", USER));
		assertEquals(Path.of("/else"), Home.locate(Map.of("KEEPSAKE_HOME", "/else"), "Windows 11", USER));
	}

	@Test
	void aFileIsReplacedWholeAndNothingElseIsLeft() throws Exception {
		Home home = new Home(folder.resolve("home"));
		home.replace(home.resolve("a"), "one".getBytes());
		home.replace(home.resolve("a"), "two".getBytes());
		assertEquals("two", Files.readString(home.resolve("a")));
		try (var files = Files.list(home.folder())) {
			assertEquals(List.of(home.resolve("a")), files.toList());
		}
	}

	@Test
	void aFolderThatCannotBeMadeIsAProblem() throws Exception {
		Files.writeString(folder.resolve("file"), "");
		Home home = new Home(folder.resolve("file/home"));
		ProblemException e = assertThrows(ProblemException.class, () -> home.replace(home.resolve("a"), new byte[1]));
		assertEquals("engine.home-unusable", e.problem().code());
	}

	private static KeptBackup backup(String id) {
		BackupSummary summary = new BackupSummary(new Udid("abc"), "Anna \"the\" first\n", "", null, Instant.EPOCH, 1,
				1,
				true, true);
		return new KeptBackup("t", "C:\\Backups \u00e4", new Snapshot(new SnapshotId(id), summary, "/x", true));
	}

	@Test
	void theJournalRemembersTheLastOfEachKind() {
		Home home = new Home(folder);
		KeptBackup backup = backup("0123456789abcdef");
		Journal early = new Journal(home, Clock.fixed(Instant.ofEpochSecond(10), java.time.ZoneOffset.UTC));
		early.backedUp(backup, true);
		Journal later = new Journal(home, Clock.fixed(Instant.ofEpochSecond(20), java.time.ZoneOffset.UTC));
		later.backedUp(backup, false);
		later.verified(backup, new VerifyReport(VerifyLevel.CRYPTO, 1, 1, 0,
				List.of(new VerifyReport.Damage("", "Manifest.db", "", "short")), List.of()));
		assertEquals(Optional.of(Instant.ofEpochSecond(20)), early.lastBackup(new Udid("ABC")));
		assertEquals(Optional.empty(), early.lastBackup(new Udid("other")));
		var verification = early.lastVerification(backup).orElseThrow();
		assertEquals(1, verification.damaged());
		assertEquals(ProofLevel.CRYPTO, verification.level());
		assertFalse(early.wasRehearsed(backup.snapshot().id()));
		early.rehearsed(backup);
		assertTrue(later.wasRehearsed(backup.snapshot().id()));
	}

	@Test
	void aProofIsNoneOfACopyElsewhere() {
		KeptBackup here = backup("0123456789abcdef");
		KeptBackup copy = new KeptBackup("other", "/other", here.snapshot());
		Journal journal = new Journal(new Home(folder), Clock.systemUTC());
		journal.verified(here, ProofLevel.DRILL, 0);
		journal.verified(copy, ProofLevel.CRYPTO, 2);
		assertEquals(List.of(ProofLevel.DRILL), journal.verifications(here).stream().map(Verification::level).toList());
		assertEquals(2, journal.lastVerification(copy).orElseThrow().damaged());
		assertEquals(List.of(), journal.verifications(new KeptBackup("third", "/third", here.snapshot())));
	}

	@Test
	void aLineCutShortIsPassedOver() throws Exception {
		Journal journal = new Journal(new Home(folder), Clock.systemUTC());
		journal.backedUp(backup("0123456789abcdef"), true);
		Path file = folder.resolve("history.jsonl");
		String line = Files.readString(file);
		Files.writeString(file, line + line.substring(0, line.length() / 2) + "\nnonsense\n");
		assertTrue(journal.lastBackup(new Udid("abc")).isPresent());
	}

	@Test
	void theJournalDoesNotGrowForEver() throws Exception {
		Path file = folder.resolve("history.jsonl");
		Files.writeString(file, "{\"event\":\"x\"}\n".repeat(5_000));
		Journal journal = new Journal(new Home(folder), Clock.systemUTC());
		journal.backedUp(backup("0123456789abcdef"), true);
		assertEquals(2_001, Files.readAllLines(file).size());
		assertTrue(journal.lastBackup(new Udid("abc")).isPresent());
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "{}", "{\"a\"}", "{\"a\":1}", "{\"a\":\"b\"", "{\"a\":\"b\"} x", "[\"a\"]",
			"{\"a\":\"\\u12\"}", "{\"a\":\"b\",}" })
	void whatIsNoFlatObjectIsNotRead(String line) {
		assertEquals(Optional.empty(), FlatJson.read(line), line);
	}

	@Test
	void objectsAreReadAsTheyWereWritten() {
		Map<String, String> members = Map.of("a\"b", "c\\d\n\t\u0001é\uD83D\uDE00", "", "/");
		assertEquals(Optional.of(members), FlatJson.read(FlatJson.write(members)));
		assertEquals(Optional.of(Map.of("k", "\b\f\r\n\t/ü")),
				FlatJson.read(" { \"k\" : \"\\b\\f\\r\\n\\t\\/\\u00fc\" } "));
	}
}
