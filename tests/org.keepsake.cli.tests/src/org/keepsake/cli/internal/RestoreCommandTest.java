// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.cli.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RestoreCommandTest extends CommandTest {

	private static final String UDID = FakeEngine.PHONE.value();

	@BeforeEach
	void keep() {
		engine.kept.add(FakeEngine.backup("0123456789abcdef", false));
	}

	private List<String> restores() {
		return engine.asked.stream().filter(asked -> asked.startsWith("restore ")).toList();
	}

	@Test
	void warnsAsksRestoresAndTellsWhatRemains() {
		terminal.answering("yes");
		assertOut(0, """
				Anna's iPhone is restored: 99 files, 5 MB sent in 1 min 1 s.
				The device confirms:
				  - It runs iOS 18.5.
				What remains to do on the device:
				  - Sign in with the Apple Account.
				What should be on it:
				  - Notes: 12
				What it fetches later:
				  - Apps are loaded.
				What the backup never had:
				  - Cards.
				""", "restore", "latest", "--device", UDID);
		assertEquals("""
				Restore   Anna's iPhone, iOS 18.5, backup of 4 Mar 2026, 05:06 (01234567, 1.5 GB, not encrypted)
				onto      Anna's iPhone, iPhone 14 Pro, iOS 18.5
				  !  Everything on Anna's iPhone is replaced.
				The restore can begin.
				""", terminal.errText());
		assertEquals(List.of("restore 01234567 onto " + UDID + " keep-settings reboot"), restores());
	}

	@Test
	void isNotBegunWithoutATerminalOrYes() {
		assertOut(1, "", "restore", "latest", "--device", UDID);
		assertTrue(terminal.errText().contains("What to do: Add --yes if you are sure."), terminal.errText());
		assertEquals(List.of(), restores());
	}

	@Test
	void isNotBegunOnAnotherAnswer() {
		terminal.answering("y");
		assertOut(130, "", "restore", "latest", "--device", UDID);
		assertEquals(List.of(), restores());
	}

	@Test
	void passesEveryOptionOn() {
		assertEquals(0, run("restore", "0123", "--device", UDID, "--system-files", "--no-keep-settings", "--copy-first",
				"--remove-others", "--no-reboot", "--yes"));
		assertEquals(List.of("restore 01234567 onto " + UDID + " system copy remove"), restores());
	}

	@Test
	void settingsAreKeptIfAskedFor() {
		assertEquals(0, run("restore", "0123", "--device", UDID, "--keep-settings", "--yes"));
		assertEquals(List.of("restore 01234567 onto " + UDID + " keep-settings reboot"), restores());
	}

	@Test
	void tellsAProgramThePlanAndTheEnd() {
		assertOut(0, """
				{"event":"plan","snapshot":"0123456789abcdef","device":"00008120-0001234567890ABC",\
				"verdict":"The restore can begin.","warnings":["Everything on Anna's iPhone is replaced."],\
				"findings":[{"id":"fit","severity":"good","what":"It fits.","remedy":null}]}
				{"event":"finished","device":"00008120-0001234567890ABC","filesSent":99,"bytesSent":5000000,\
				"seconds":61.0,"confirmed":["It runs iOS 18.5."],"remaining":["Sign in with the Apple Account."],\
				"checklist":{"there":[{"dataSet":"notes","title":"Notes","records":12}],\
				"later":["Apps are loaded."],"never":["Cards."]}}
				""", "restore", "latest", "--device", UDID, "--yes", "--json");
	}

	@Test
	void isNotBegunIfThePlanForbidsIt() {
		engine.blocker = FakeEngine.LOCKED;
		assertOut(1, "", "restore", "latest", "--device", UDID, "--yes");
		assertTrue(terminal.errText().contains("  stop  The iPhone is locked\n"), terminal.errText());
		assertTrue(terminal.errText().endsWith("  (device.locked)\n"), terminal.errText());
		assertEquals(List.of(), restores());
	}

	@Test
	void latestMeansTheDevicesOwnBackupIfItHasOne() {
		run("restore", "latest", "--device", UDID, "--yes", "--target", "./b");
		assertTrue(engine.asked.contains("find latest in " + Path.of("b").toAbsolutePath() + " of " + UDID),
				engine.asked::toString);
	}

	@Test
	void anIdIsLookedForAmongAllDevices() {
		run("restore", "0123", "--device", UDID, "--yes");
		assertTrue(engine.asked.contains("find 0123 in null of null"), engine.asked::toString);
	}

	@Test
	void needsTheDevice() {
		assertOut(2, "", "restore", "latest", "--yes");
		assertTrue(terminal.errText().contains("--device"), terminal.errText());
	}

	@Test
	void wrongPasswordIsAskedForAgain() {
		engine.kept.set(0, FakeEngine.backup("0123456789abcdef", true));
		terminal.answering("wrong", "correct horse", "yes");
		assertEquals(0, run("restore", "latest", "--device", UDID));
		assertEquals(
				List.of("hidden: Backup password: ", "hidden: Backup password: ", "shown: Type yes to go on: "),
				terminal.questions);
		assertEquals(1, restores().size());
	}

	@Test
	void wrongPasswordFromTheEnvironmentEndsBeforeTheDeviceIsTouched() {
		engine.kept.set(0, FakeEngine.backup("0123456789abcdef", true));
		environment.put("KEEPSAKE_BACKUP_PASSWORD", "wrong");
		terminal.canAsk = true;
		assertOut(1, "", "restore", "latest", "--device", UDID, "--yes");
		assertTrue(terminal.errText().contains("(backup.wrong-password)"), terminal.errText());
		assertEquals(List.of(), restores());
	}
}
