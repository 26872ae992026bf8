// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.cli.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordTest extends CommandTest {

	private static final String CRYPTO = "verify CRYPTO";

	@TempDir
	private Path folder = Path.of("");

	private String file(String content) throws IOException {
		return Files.writeString(Files.createTempFile(folder, "password", ".txt"), content).toString();
	}

	private List<String> changes() {
		return engine.asked.stream().filter(asked -> asked.startsWith("password ")).toList();
	}

	@Nested
	class OfABackup {

		private int verify(String... more) {
			engine.kept.add(FakeEngine.backup("0123456789abcdef", true));
			String[] arguments = new String[more.length + 4];
			List.of("verify", "latest", "--level", "crypto").toArray(arguments);
			System.arraycopy(more, 0, arguments, 4, more.length);
			return run(arguments);
		}

		@ParameterizedTest
		@ValueSource(
				strings = { "correct horse", "correct horse\n", "correct horse\r\n", "correct horse\nnext line\n" })
		void isTheFirstLineOfAFile(String content) throws IOException {
			assertEquals(0, verify("--password-file", file(content)));
		}

		@Test
		void keepsItsSpaces() throws IOException {
			engine.rightPassword = " ä ö ";
			assertEquals(0, verify("--password-file", file(" ä ö \n")));
		}

		@Test
		void comesFromStandardInput() {
			terminal.piping("correct horse\nmore\n");
			assertEquals(0, verify("--password-file", "-"));
		}

		@Test
		void comesFromTheEnvironment() {
			environment.put("KEEPSAKE_BACKUP_PASSWORD", "correct horse");
			assertEquals(0, verify());
		}

		@Test
		void inAFileGoesBeforeTheEnvironment() throws IOException {
			environment.put("KEEPSAKE_BACKUP_PASSWORD", "wrong");
			assertEquals(0, verify("--password-file", file("correct horse")));
		}

		@Test
		void isRemembered() {
			engine.remembered.put(FakeEngine.PHONE, "correct horse");
			assertEquals(0, verify());
			assertEquals(List.of(), terminal.questions);
		}

		@Test
		void thatIsRememberedAndWrongIsAskedFor() {
			engine.remembered.put(FakeEngine.PHONE, "old");
			terminal.answering("correct horse");
			assertEquals(0, verify());
			assertEquals(List.of("hidden: Backup password: "), terminal.questions);
		}

		@Test
		void isAskedForWithoutShowingIt() {
			terminal.answering("correct horse");
			assertEquals(0, verify());
			assertEquals(List.of("hidden: Backup password: "), terminal.questions);
		}

		@Test
		void isAskedForThreeTimesAtMost() {
			terminal.answering("a", "b", "c", "correct horse");
			assertEquals(1, verify());
			assertEquals(3, terminal.questions.size());
			assertEquals(3, engine.asked.stream().filter(CRYPTO::equals).count());
		}

		@Test
		void isNotAskedForWhereNobodyIs() {
			assertEquals(1, verify());
			assertEquals(List.of(), terminal.questions);
			assertTrue(terminal.errText().contains("--password-file FILE, or set the\n"), terminal.errText());
			assertTrue(terminal.errText().contains("KEEPSAKE_BACKUP_PASSWORD"), terminal.errText());
		}

		@Test
		void inputThatEndsIsACancel() {
			terminal.answering();
			assertEquals(130, verify());
		}

		@Test
		void isRememberedOnlyOnceItProvedRight() {
			environment.put("KEEPSAKE_BACKUP_PASSWORD", "wrong");
			assertEquals(1, verify("--remember-password"));
			assertEquals(Map.of(), engine.remembered);
			environment.put("KEEPSAKE_BACKUP_PASSWORD", "correct horse");
			assertEquals(0, verify("--remember-password"));
			assertEquals(Map.of(FakeEngine.PHONE, "correct horse"), engine.remembered);
		}

		@Test
		void fileThatIsMissingIsAProblem() {
			assertEquals(1, verify("--password-file", folder.resolve("none").toString()));
			assertTrue(terminal.errText().contains("there is no such file."), terminal.errText());
		}

		@Test
		void fileThatIsEmptyIsAProblem() throws IOException {
			assertEquals(1, verify("--password-file", file("\n")));
			assertTrue(terminal.errText().contains("(cli.password-empty)"), terminal.errText());
		}

		@Test
		void fileThatIsNoTextIsAProblem() throws IOException {
			Path binary = Files.write(folder.resolve("binary"), new byte[] { 'a', (byte) 0xFF, 'b' });
			assertEquals(1, verify("--password-file", binary.toString()));
			assertTrue(terminal.errText().contains("(cli.password-file)"), terminal.errText());
		}

		@Test
		void fileThatIsHugeIsAProblem() throws IOException {
			assertEquals(1, verify("--password-file", file("x".repeat(1_000_000))));
			assertTrue(terminal.errText().replaceAll("\\s+", " ").contains("longer than 4096 bytes"),
					terminal.errText());
		}

		@Test
		void isNeverWritten() {
			environment.put("KEEPSAKE_BACKUP_PASSWORD", "wrong-and-private");
			verify("--json");
			assertFalse(terminal.outText().contains("private"), terminal.outText());
			assertFalse(terminal.errText().contains("private"), terminal.errText());
		}

		@Test
		void isNoArgument() {
			assertEquals(2, verify("--password", "correct horse"));
		}
	}

	@Nested
	class OfADevice {

		@Test
		void isSetFromTheNewOnesVariable() {
			environment.put("KEEPSAKE_NEW_BACKUP_PASSWORD", "new");
			environment.put("KEEPSAKE_BACKUP_PASSWORD", "other");
			assertOut(0, "Backups of Anna's iPhone are encrypted from now on.\n", "encryption", "on");
			assertEquals(List.of("password none -> new"), changes());
		}

		@Test
		void isSetFromTheUsualVariableIfThatIsTheOnlyOne() {
			environment.put("KEEPSAKE_BACKUP_PASSWORD", "usual");
			assertOut(0, "{\"event\":\"finished\",\"udid\":\"00008120-0001234567890ABC\",\"encryption\":true}\n",
					"encryption", "on", FakeEngine.PHONE.value(), "--json");
			assertEquals(List.of("password none -> usual"), changes());
		}

		@ParameterizedTest
		@ValueSource(strings = { "--password-file", "--new-password-file" })
		void isSetFromAFile(String option) throws IOException {
			environment.put("KEEPSAKE_NEW_BACKUP_PASSWORD", "other");
			assertEquals(0, run("encryption", "on", option, file("from file\n"), "--remember-password"));
			assertEquals(List.of("password none -> from file"), changes());
			assertEquals(Map.of(FakeEngine.PHONE, "from file"), engine.remembered);
		}

		@Test
		void isTypedTwice() {
			terminal.answering("new", "new");
			assertEquals(0, run("encryption", "on"));
			assertEquals(List.of("hidden: New backup password: ", "hidden: The same again: "), terminal.questions);
			assertEquals(List.of("password none -> new"), changes());
		}

		@Test
		void isNotSetIfTypedDifferently() {
			terminal.answering("new", "mew");
			assertOut(1, "", "encryption", "on");
			assertTrue(terminal.errText().contains("(cli.passwords-differ)"), terminal.errText());
			assertEquals(List.of(), changes());
		}

		@Test
		void isNotAskedForWhereNobodyIs() {
			assertOut(1, "", "encryption", "on");
			assertTrue(terminal.errText().contains("--new-password-file FILE"), terminal.errText());
			assertEquals(List.of(), changes());
		}

		@Test
		void isRemovedWithTheOldOne() {
			environment.put("KEEPSAKE_BACKUP_PASSWORD", "correct horse");
			assertOut(0, "Backups of Anna's iPhone are no longer encrypted.\n", "encryption", "off");
			assertEquals(List.of("password correct horse -> none"), changes());
		}

		@Test
		void isRemovedForAProgram() {
			environment.put("KEEPSAKE_BACKUP_PASSWORD", "correct horse");
			assertOut(0, "{\"event\":\"finished\",\"udid\":\"00008120-0001234567890ABC\",\"encryption\":false}\n",
					"encryption", "off", "--json");
		}

		@Test
		void isChangedWithBothVariables() {
			environment.put("KEEPSAKE_BACKUP_PASSWORD", "correct horse");
			environment.put("KEEPSAKE_NEW_BACKUP_PASSWORD", "next");
			assertOut(0, "The backup password of Anna's iPhone is changed.\n", "encryption", "change");
			assertEquals(List.of("password correct horse -> next"), changes());
		}

		@Test
		void isChangedWithTwoLinesOfStandardInput() {
			terminal.piping("correct horse\nnext\n");
			assertOut(0, "{\"event\":\"finished\",\"udid\":\"00008120-0001234567890ABC\",\"encryption\":true}\n",
					"encryption", "change", "--password-file", "-", "--new-password-file", "-", "--json");
			assertEquals(List.of("password correct horse -> next"), changes());
		}

		@Test
		void needsToBeToldWhatToDo() {
			assertOut(2, "", "encryption");
			assertTrue(terminal.errText().contains("on, off or change"), terminal.errText());
		}
	}
}
