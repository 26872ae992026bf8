// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.cli.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.keepsake.cli.internal.FakeOpenedBackup.Note;
import org.keepsake.cli.internal.FakeOpenedBackup.Notes;
import org.keepsake.core.dataset.Survey;
import org.keepsake.engine.Comparison;
import org.keepsake.engine.Comparison.Amount;
import org.keepsake.engine.Proof;
import org.keepsake.engine.ProofLevel;
import org.keepsake.engine.Verification;

/** What is in a backup, as the command line tells it. */
class DataCommandsTest extends CommandTest {

	private static final Instant FIRST = Instant.parse("2024-01-02T03:04:05Z");
	private static final Instant LAST = Instant.parse("2026-03-04T23:30:00Z");

	@TempDir
	Path folder = Path.of("");

	private record Run(int status, String out, String err) {
	}

	/** Runs a command, and gives what this one wrote. */
	private Run ran(String... arguments) {
		int out = terminal.outText().length();
		int err = terminal.errText().length();
		int status = run(arguments);
		return new Run(status, terminal.outText().substring(out), terminal.errText().substring(err));
	}

	private void assertSays(int status, String out, String... arguments) {
		Run ran = ran(arguments);
		assertEquals(out, ran.out(), ran::err);
		assertEquals(status, ran.status(), ran::err);
	}

	@BeforeEach
	void keep() {
		engine.kept.add(FakeEngine.backup("0123456789abcdef", false));
		engine.dataSets.add(new Notes("calls", Survey.absent("Only encrypted backups hold them."), List.of()));
		engine.dataSets
				.add(new Notes("notes", Survey.present(2, FIRST, LAST).withParts(Map.of("locked", Long.valueOf(1))),
						List.of(new Note("a", FIRST, "buy \u001b[2Jmilk"), new Note("b", LAST, "call Anna"))));
		engine.dataSets.add(new Notes("health", Survey.unreadable("The database is damaged."), List.of()));
	}

	@Nested
	class Data {

		@Test
		void isATableOfDataSets() {
			assertSays(0, """
					DATA SET     RECORDS  FROM        TO          REMARKS
					calls              –                          Only encrypted backups hold them.
					notes              2  2024-01-02  2026-03-04  locked: 1
					health    unreadable                          The database is damaged.
					""", "data", "latest");
		}

		@Test
		void isAnArrayForAProgram() {
			Run run = ran("data", "latest", "--json");
			assertTrue(run.out().contains("{\"dataSet\":\"notes\",\"title\":\"Your notes\",\"presence\":\"present\","
					+ "\"records\":2,\"parts\":{\"locked\":1},\"first\":\"2024-01-02T03:04:05Z\","
					+ "\"last\":\"2026-03-04T23:30:00Z\",\"remarks\":[]}"), run::out);
			assertEquals("", run.err());
		}

		@Test
		void printsRecordsThatCannotSteerTheTerminal() {
			assertSays(0, """
					2024-01-02 03:04  buy \uFFFD[2Jmilk
					2026-03-04 23:30  call Anna
					""", "data", "latest", "notes");
		}

		@Test
		void printsWhatIsWantedOnly() {
			String anna = "2026-03-04 23:30  call Anna\n";
			assertSays(0, anna, "data", "latest", "notes", "--search", "ANNA call");
			assertSays(0, anna, "data", "latest", "notes", "--since", "2026-03-04", "--until", "2026-03-04");
			assertSays(0, anna, "data", "latest", "notes", "--since", "2026-03-04T23:30");
			assertSays(0, anna, "data", "latest", "notes", "--since", "2026-03-05T00:30+01:00");
			assertSays(0, "", "data", "latest", "notes", "--until", "2024-01-01");
			assertSays(0, "", "data", "latest", "notes", "--since", "2026-03-04 23:31");
			assertEquals(2, ran("data", "latest", "notes", "--since", "yesterday").status());
		}

		@ParameterizedTest
		@ValueSource(strings = { "--search milk", "--since 2026-01-01", "--until 2026-01-01", "--format csv",
				"--output out", "--secrets" })
		void refusesWhatItWouldIgnoreWithoutAName(String options) {
			List<String> words = new ArrayList<>(List.of("data", "latest"));
			words.addAll(List.of(options.split(" ")));
			Run run = ran(words.toArray(String[]::new));
			assertEquals(2, run.status());
			assertEquals("", run.out());
			assertEquals(2, ran("data", "latest", "notes", "--option", "a=b").status());
		}

		@Test
		void printsALineOfJsonForEachRecord() {
			assertSays(0, """
					{"key":"b","date":"2026-03-04T23:30:00Z","headline":"call Anna","text":"call Anna"}
					""", "data", "latest", "notes", "--search", "anna", "--json");
		}

		@Test
		void saysWhyThereIsNothing() {
			Run run = ran("data", "latest", "calls");
			assertTrue(run.err().contains("Only encrypted backups hold them.") && run.err().contains("has none"),
					run::err);
			assertTrue(ran("data", "latest", "notes", "--search", "zzz").err().contains("nothing like this"));
			Run unknown = ran("data", "latest", "nope");
			assertEquals(1, unknown.status());
			assertTrue(unknown.err().contains("There is no data set nope"), unknown::err);
		}

		@Test
		void writesAFormatToStandardOutputOrAFolder() throws Exception {
			Run run = ran("data", "latest", "notes", "--format", "lines", "--option", "a=b", "--search", "anna");
			assertEquals("call Anna{a=b}\n", run.out());
			Run files = ran("data", "latest", "notes", "--output", folder.resolve("out").toString());
			assertTrue(files.out().contains("Wrote 2 records as Lines, 1 file, to "), files::out);
			assertTrue(files.err().contains("2 files that belong to these records are not in the backup."), files::err);
			assertTrue(files.err().contains("One thing to know."), files::err);
			assertEquals(2, Files.readAllLines(folder.resolve("out/notes.txt")).size());
			String last = ran("data", "latest", "notes", "-o", folder.toString(), "--json").out().lines().toList()
					.getLast();
			assertTrue(last.startsWith("{\"event\":\"finished\",\"dataSet\":\"notes\",\"format\":\"lines\""), last);
			String formats = ran("data", "latest", "notes", "--format", "list").out();
			assertTrue(formats.contains("lines   Lines  one"), formats);
			assertTrue(formats.contains("lines.end=crlf  lines   Lines end as in Windows"), formats);
			assertEquals(
					"[\n  {\"format\":\"lines\",\"title\":\"Lines\",\"singleFile\":true,\"options\":[{\"name\":\"lines.end\","
							+ "\"value\":\"crlf\",\"title\":\"Lines end as in Windows\"}]}\n]",
					ran("data", "latest", "notes", "--format", "list", "--json").out().strip());
		}

		@Test
		void asksForThePasswordOfAnEncryptedBackup() {
			engine.kept.set(0, FakeEngine.backup("0123456789abcdef", true));
			engine.remembered.put(FakeEngine.PHONE, "correct horse");
			assertEquals(0, ran("data", "latest").status());
			engine.remembered.put(FakeEngine.PHONE, "wrong");
			assertEquals(1, ran("data", "latest").status());
		}
	}

	@Nested
	class Search {

		@Test
		void groupsWhatItFinds() {
			Run run = ran("search", "latest", "hello", "there");
			assertEquals("""
					Your notes: 3 records
					  2026-01-02 03:04  a line – say \uFFFDhello there
					  and 2 more: keepsake search 01234567 'hello there' --data notes --limit 3
					""", run.out());
			assertEquals(2, ran("search", "latest", "hello", "--limit", "0").status());
			assertTrue(run.err().contains("Calls could not be searched."), run::err);
		}

		@Test
		void isOneDocumentForAProgram() {
			assertSays(0, """
					{"text":"hello","matches":3,"groups":[{"dataSet":"notes","title":"Your notes","matches":3,\
					"hits":[{"key":"k","date":"2026-01-02T03:04:05Z","headline":"a line",\
					"excerpt":"say \\u001bhello there","marks":[[5,10]]}]}],\
					"remarks":["Calls could not be searched."]}
					""", "search", "latest", "hello", "--json");
		}

		@Test
		void needsABackupAndAWord() {
			assertEquals(1, ran("search").status());
			assertEquals(1, ran("search", "latest").status());
		}

		@Test
		void clearsTheIndexes() {
			assertTrue(ran("search", "--clear-index").err().contains("4.1 KB"));
			assertSays(0, "{\"clearedBytes\":4096}\n", "search", "--clear-index", "--json");
			assertTrue(engine.asked.contains("clear indexes"));
		}
	}

	@Nested
	class Diff {

		@Test
		void tellsRecordsAndFiles() {
			engine.comparison = new Comparison(
					List.of(new Comparison.DomainChange("HomeDomain", new Amount(2, 2_000), Amount.NONE,
							new Amount(1, 5))),
					List.of(new Comparison.DataSetChange("contacts", "Contacts", 10, 7, 0, 0, 3, null),
							new Comparison.DataSetChange("messages", "Messages", 100, 314, 214, 1, 0, null),
							new Comparison.DataSetChange("notes", "Notes", 1, 1, 0, 0, 0, null),
							new Comparison.DataSetChange("calls", "Calls", 1, 0, 0, 0, 0, "It is damaged.")));
			Run run = ran("diff", "0123", "latest");
			assertEquals("""
					Contacts: 3 gone (10 before, 7 now)
					Messages: 214 new, 1 changed (100 before, 314 now)

					DOMAIN       ADDED  CHANGED      REMOVED
					HomeDomain  2 (2 KB)        –  1 (5 bytes)
					""".replace("     ADDED", "       ADDED"), run.out());
			assertTrue(run.err().contains("Calls could not be compared. It is damaged."), run::err);
			String json = ran("diff", "0123", "latest", "--json").out();
			assertTrue(json.contains("\"domains\":[{\"domain\":\"HomeDomain\",\"added\":{\"files\":2,\"bytes\":2000},"),
					json);
			assertTrue(json.contains("{\"dataSet\":\"contacts\",\"title\":\"Contacts\",\"before\":10,\"after\":7,"),
					json);
		}

		@Test
		void listsRecords() {
			assertTrue(ran("diff", "0123", "latest", "--data", "notes").out()
					.contains("- 2026-03-04 23:30  call Anna\n"));
			assertTrue(ran("diff", "0123", "latest", "--data", "notes", "--json").out()
					.contains("{\"change\":\"removed\",\"key\":\"b\","));
			assertTrue(ran("diff", "0123", "latest").out().contains("Nothing differs."));
		}
	}

	@Nested
	class Proofs {

		@Test
		void ofTheContentAreCounted() {
			Run run = ran("verify", "latest", "--level", "content");
			assertEquals(0, run.status());
			assertEquals("""
					DATA SET  RECORDS
					notes          12
					What is in the backup can be read: 12 records; 5 databases are sound.
					""", run.out());
		}

		@Test
		void byARehearsedRestoreCompareCounts() {
			Run run = ran("verify", "latest", "--level", "drill");
			assertTrue(run.out().contains("notes         12      12\n"), run::out);
			assertTrue(run.out().contains("The restore was rehearsed in 3.0 s: all 5 files, 4 KB, and all records"),
					run::out);
			String last = ran("verify", "latest", "--level", "drill", "--json").out().lines().toList().getLast();
			assertTrue(last.startsWith("{\"event\":\"finished\",\"level\":\"drill\",\"filesChecked\":5,"), last);
			assertTrue(last.contains("\"records\":12,\"onDevice\":12}"), last);
		}

		@Test
		void tellDamageWithItsDataSetAndTheVersionThatHasIt() {
			engine.flaws
					.add(new Proof.Damage(List.of("Contacts"), "HomeDomain", "a.db", "is damaged", "fedcba9876543210"));
			Run run = ran("verify", "latest", "--level", "content");
			assertEquals(1, run.status());
			assertTrue(run.err().contains("Contacts: HomeDomain/a.db: is damaged (sound in version fedcba98)"),
					run::err);
			assertTrue(run.err().replaceAll("\\s+", " ").contains("The version fedcba98 still has it sound."),
					run::err);
			String last = ran("verify", "latest", "--level", "content", "--json").out().lines().toList().getLast();
			assertTrue(last.contains("\"event\":\"failed\"") && last.contains("\"earlier\":\"fedcba9876543210\""),
					last);
		}

		@Test
		void areShownBySnapshots() {
			assertFalse(ran("snapshots").out().contains("drill"));
			engine.verifications.add(new Verification(LAST, ProofLevel.DRILL, 0));
			engine.verifications.add(new Verification(LAST.plusSeconds(1), ProofLevel.STRUCTURE, 0));
			assertTrue(ran("snapshots").out().contains("drill"));
			assertTrue(ran("snapshots", "--json").out().contains(
					"\"verifications\":[{\"level\":\"drill\",\"at\":\"2026-03-04T23:30:00Z\",\"damaged\":0},"));
			engine.verifications.add(new Verification(LAST.plusSeconds(2), ProofLevel.CRYPTO, 3));
			assertTrue(ran("snapshots").out().contains("DAMAGED"));
		}
	}

	@Test
	void theReportsFileIsNamed() {
		assertSays(0, "Wrote r/report.pdf.\n", "report", "latest", "--format", "pdf", "--output", "r");
		assertTrue(ran("report", "latest", "--json").out().startsWith("{\"file\":\"/"));
	}
}
