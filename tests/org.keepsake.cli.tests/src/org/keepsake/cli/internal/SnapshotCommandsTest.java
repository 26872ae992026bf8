// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.cli.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.keepsake.ios.backup.BackupFile;
import org.keepsake.ios.backup.StoredContent;
import org.keepsake.ios.backup.VerifyReport.Damage;

class SnapshotCommandsTest extends CommandTest {

	private static final String LINE = "Anna's iPhone, iOS 18.5, backup of 4 Mar 2026, 05:06 (01234567, 1.5 GB, ";
	private static final String DAMAGED = "\"damaged\":[{\"domain\":\"HomeDomain\",\"path\":\"a\",\"fileId\":\"ff\","
			+ "\"what\":\"is too short\"}]";

	private static final StoredContent CONTENT = StoredContent.PLAIN;

	private void keep(boolean encrypted) {
		engine.kept.add(FakeEngine.backup("0123456789abcdef", encrypted));
	}

	@Nested
	class Snapshots {

		@Test
		void areATable() {
			keep(true);
			assertOut(0, """
					ID        DEVICE         IOS   FINISHED             SIZE  FILES  ENCRYPTED  PROVEN  TARGET
					01234567  Anna's iPhone  18.5  4 Mar 2026, 05:06  1.5 GB  1,234  yes        –       default
					""", "snapshots");
		}

		@Test
		void areAnArrayForAProgram() {
			keep(true);
			assertOut(0,
					"""
							[
							  {"id":"0123456789abcdef","udid":"00008120-0001234567890ABC","deviceName":"Anna's iPhone",\
							"iosVersion":"18.5","finishedAt":"2026-03-04T05:06:07Z","sizeBytes":1500000000,"files":1234,\
							"encrypted":true,"complete":true,"target":"default","path":"/backups/00008120-0001234567890ABC","verifications":[]}
							]
							""",
					"snapshots", "--json");
		}

		@Test
		void areLookedForWhereAskedFor() {
			assertOut(0, "", "snapshots", "--target", "./b", "--device", FakeEngine.PHONE.value());
			assertEquals(
					List.of("snapshots " + Path.of("b").toAbsolutePath() + ' ' + FakeEngine.PHONE.value(), "close"),
					engine.asked);
			assertEquals("There is no backup yet. Make one with: keepsake backup --to ./b\n", terminal.errText());
		}

		@Test
		void noneIsAnEmptyArrayForAProgram() {
			assertOut(0, "[]\n", "snapshots", "--json");
		}
	}

	@Nested
	class Verify {

		@Test
		void ofAnUnencryptedBackupNeedsNoPassword() {
			keep(false);
			assertOut(0, "The backup is whole: 1,234 files, 1.5 MB read and decrypted. 34 of them have a digest, and "
					+ "agree with it; the device recorded none for the others, which have their sizes.\n", "verify",
					"latest",
					"--level", "crypto");
			assertEquals("Verifying " + LINE + "not encrypted)\n", terminal.errText());
		}

		@Test
		void ofTheStructureGoesWithoutAPassword() {
			keep(true);
			assertOut(0, "The backup is whole: 1,234 files, 1.5 MB are there with their sizes.\n", "verify", "0123",
					"--target", "./b", "--device", FakeEngine.PHONE.value());
			assertEquals(List.of("find 0123 in " + Path.of("b").toAbsolutePath() + " of " + FakeEngine.PHONE.value(),
					"verify STRUCTURE without password", "close"), engine.asked);
		}

		@Test
		void finishesWithItsFigures() {
			keep(true);
			environment.put("KEEPSAKE_BACKUP_PASSWORD", "correct horse");
			assertEquals(0, run("verify", "latest", "--level", "crypto", "--json"));
			assertEquals("{\"event\":\"finished\",\"level\":\"crypto\",\"filesChecked\":1234,"
					+ "\"bytesChecked\":1500000,\"damaged\":[],\"remarks\":[]}",
					terminal.outText().lines().toList().getLast());
		}

		@Test
		void findsDamage() {
			keep(false);
			engine.damage.add(new Damage("HomeDomain", "a", "ff", "is too short"));
			assertOut(1, "", "verify", "latest");
			assertTrue(terminal.errText().contains("One file is damaged, first of all: HomeDomain/a: is too short\n"),
					terminal.errText());
		}

		@Test
		void findsDamageForAProgram() {
			keep(false);
			engine.damage.add(new Damage("HomeDomain", "a", "ff", "is too short"));
			assertEquals(1, run("verify", "latest", "--json"));
			String last = terminal.outText().lines().toList().getLast();
			assertTrue(last.startsWith("{\"event\":\"failed\",\"problem\":{\"code\":\"cli.damage-found\""), last);
			assertTrue(last.endsWith("\"level\":\"structure\",\"filesChecked\":1234,\"bytesChecked\":1500000," + DAMAGED
					+ ",\"remarks\":[]}"), last);
		}

		@Test
		void ofWhatIsNotThereIsAProblem() {
			assertOut(1, "", "verify", "beef");
			assertTrue(terminal.errText().startsWith("There is no backup beef\n"), terminal.errText());
		}

		@Test
		void refusesAnUnknownLevel() {
			assertOut(2, "", "verify", "latest", "--level", "some");
		}
	}

	@Nested
	class Files {

		private void hold() {
			Instant time = Instant.parse("2025-12-31T23:59:58Z");
			engine.backupFiles.add(new BackupFile("HomeDomain", "Library", "aa", BackupFile.Kind.DIRECTORY, 0, 040755,
					time, 0, null, CONTENT));
			engine.backupFiles.add(new BackupFile("HomeDomain", "Library/\u001b[2Jx", "bb", BackupFile.Kind.FILE, 12,
					0100640, time, 3, null, CONTENT));
			engine.backupFiles.add(new BackupFile("RootDomain", "l", "cc", BackupFile.Kind.LINK, 0, 0120777, time, 0,
					"/x", CONTENT));
		}

		@Test
		void areListedAndCannotSteerTheTerminal() {
			keep(false);
			hold();
			assertOut(0, """
					drwxr-xr-x            0  2025-12-31 23:59  HomeDomain  Library
					-rw-r-----           12  2025-12-31 23:59  HomeDomain  Library/\ufffd[2Jx
					lrwxrwxrwx            0  2025-12-31 23:59  RootDomain  l -> /x
					""", "files", "latest");
		}

		@Test
		void areLinesForAProgram() {
			keep(false);
			hold();
			assertOut(0, """
					{"domain":"HomeDomain","path":"Library","fileId":"aa","size":0,"mode":16877,\
					"modified":"2025-12-31T23:59:58Z","protectionClass":0,"kind":"directory","linkTarget":null}
					{"domain":"HomeDomain","path":"Library/\\u001b[2Jx","fileId":"bb","size":12,"mode":33184,\
					"modified":"2025-12-31T23:59:58Z","protectionClass":3,"kind":"file","linkTarget":null}
					{"domain":"RootDomain","path":"l","fileId":"cc","size":0,"mode":41471,\
					"modified":"2025-12-31T23:59:58Z","protectionClass":0,"kind":"link","linkTarget":"/x"}
					""", "files", "latest", "--json");
		}

		@Test
		void areChosenByDomainAndGlob() {
			keep(false);
			assertOut(0, "", "files", "latest", "--domain", "AppDomain-*", "--path", "**/*.jpg");
			assertTrue(engine.asked.contains("files AppDomain-* **/*.jpg"), engine.asked::toString);
			assertEquals("No file of the backup is like this.\n", terminal.errText());
		}
	}

	@Nested
	class Extract {

		@Test
		void tellsWhatItWrote() {
			keep(false);
			assertOut(0, "Wrote 3 files, 4.5 KB, to out.\n", "extract", "latest", "--output", "out");
			assertTrue(engine.asked.contains("extract null null to out"), engine.asked::toString);
		}

		@Test
		void needsAFolder() {
			assertOut(2, "", "extract", "latest");
			assertTrue(terminal.errText().contains("--output"), terminal.errText());
		}

		@Test
		void withDamageIsAProblemWithFigures() {
			keep(false);
			engine.damage.add(new Damage("HomeDomain", "a", "ff", "is too short"));
			assertEquals(1, run("extract", "latest", "-o", "out", "--json"));
			String last = terminal.outText().lines().toList().getLast();
			assertTrue(last.contains("\"code\":\"cli.extract-incomplete\""), last);
			assertTrue(
					last.endsWith("\"files\":3,\"bytes\":4500,\"output\":\"" + Path.of("out").toAbsolutePath() + "\","
							+ DAMAGED + "}"),
					last);
		}
	}

	@Nested
	class Delete {

		@Test
		void needsConfirmation() {
			keep(true);
			assertOut(1, "", "delete", "0123");
			assertTrue(terminal.errText().contains("(cli.not-confirmed)"), terminal.errText());
			assertFalse(engine.asked.contains("delete 01234567"), engine.asked::toString);
		}

		@Test
		void asksAndTakesNoForAnAnswer() {
			keep(true);
			terminal.answering("no");
			assertOut(130, "", "delete", "0123");
			assertFalse(engine.asked.contains("delete 01234567"), engine.asked::toString);
		}

		@Test
		void deletesOnceConfirmed() {
			keep(true);
			terminal.answering("yes");
			assertOut(0, "Deleted " + LINE + "encrypted).\n", "delete", "0123");
			assertTrue(engine.asked.contains("delete 01234567"), engine.asked::toString);
		}

		@Test
		void tellsAProgram() {
			keep(true);
			assertOut(0, "{\"event\":\"finished\",\"snapshot\":\"0123456789abcdef\","
					+ "\"path\":\"/backups/00008120-0001234567890ABC\"}\n", "delete", "0123", "--yes", "--json");
		}
	}
}
