// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.cli.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.keepsake.core.JobEvent;
import org.keepsake.core.ProblemException;
import org.keepsake.engine.Targets;

class BackupCommandTest extends CommandTest {

	private static final String UDID = FakeEngine.PHONE.value();

	@Test
	void tellsWhatWasDone() {
		assertOut(0, """
				The incremental backup is done: 12 files, 3.4 MB received in 2.5 s.
				  Snapshot   01234567
				  Kept in    /backups/00008120-0001234567890ABC
				  Encrypted  yes
				""", "backup");
		assertEquals("""
				Note: The device asked for its passcode.
				Note: HomeDomain/x: could not be read
				To prove it: keepsake verify 01234567 --level crypto
				""", terminal.errText());
		assertEquals(List.of("backup " + UDID + " to null keep 0", "close"), engine.asked);
	}

	@Test
	void passesItsOptionsOn() {
		assertEquals(0, run("backup", UDID, "--to", "./b", "--full", "--keep", "3"));
		assertEquals(List.of("backup " + UDID + " to " + Path.of("b").toAbsolutePath() + " full keep 3", "close"),
				engine.asked);
		assertTrue(terminal.errText().endsWith("keepsake verify 01234567 --target ./b --level crypto\n"),
				terminal.errText());
	}

	@Test
	void keepsAllVersionsInARepositoryUnlessTold() {
		engine.entries.add(new Targets.Entry("nas", "restic:/nas", true));
		engine.places.store("nas");
		assertEquals(0, run("backup", UDID));
		assertEquals(0, run("backup", UDID, "--to", "restic:/repo"));
		assertEquals(0, run("backup", UDID, "--to", "restic:/repo", "--keep", "2"));
		assertEquals(0, run("backup", UDID, "--to", "./b", "--keep", "all"));
		String all = " keep " + Integer.MAX_VALUE;
		assertEquals(List.of("backup " + UDID + " to null" + all, "backup " + UDID + " to restic:/repo" + all,
				"backup " + UDID + " to restic:/repo keep 2",
				"backup " + UDID + " to " + Path.of("b").toAbsolutePath() + all),
				engine.asked.stream().filter(one -> one.startsWith("backup")).toList());
		assertTrue(terminal.errText().contains("keepsake verify 01234567 --target restic:/repo --level crypto"));
	}

	@Test
	void takesAConfiguredNameAsItIs() {
		engine.entries.add(new Targets.Entry("nas", "/mnt/nas", false));
		assertEquals(0, run("backup", "--to", "nas"));
		assertEquals("backup " + UDID + " to nas keep 0", engine.asked.getFirst());
	}

	@Test
	void takesAnyOtherWordForAFolderAndSaysSo() {
		assertEquals(0, run("backup", "--to", "nsa"));
		assertEquals("backup " + UDID + " to " + Path.of("nsa").toAbsolutePath() + " keep 0", engine.asked.getFirst());
		assertTrue(terminal.errText().startsWith("No target is called nsa; the folder "), terminal.errText());
	}

	@Test
	void writesEventsForAProgram() {
		engine.during = monitor -> {
			monitor.report(new JobEvent.Phase("receiving", "Receiving"));
			monitor.report(new JobEvent.Progress(0.25, 1_000_000, 4_000_000, 3, -1));
			monitor.report(new JobEvent.Notice("device.enter-passcode", "Enter the \"passcode\"", true));
		};
		assertOut(0, """
				{"event":"progress","phase":"receiving","fraction":null,"bytesDone":0,"bytesTotal":null,"filesDone":0,\
				"filesTotal":null,"bytesPerSecond":null,"secondsLeft":null}
				{"event":"progress","phase":"receiving","fraction":0.25,"bytesDone":1000000,"bytesTotal":4000000,\
				"filesDone":3,"filesTotal":null,"bytesPerSecond":null,"secondsLeft":null}
				{"event":"notice","code":"device.enter-passcode","text":"Enter the \\"passcode\\"","urgent":true}
				{"event":"finished","snapshot":"0123456789abcdef","filesReceived":12,"bytesReceived":3400000,\
				"seconds":2.5,"full":true,"udid":"00008120-0001234567890ABC","target":"default",\
				"path":"/backups/00008120-0001234567890ABC",\
				"warnings":["The device asked for its passcode.","HomeDomain/x: could not be read"]}
				""", "backup", "--full", "--json");
		assertEquals("", terminal.errText());
	}

	@Test
	void endsWithTheProblem() {
		engine.failure = new ProblemException(FakeEngine.LOCKED, null);
		assertOut(1, "", "backup");
		assertTrue(terminal.errText().contains("What to do: Unlock it and try again."), terminal.errText());
	}

	@Test
	void endsWithTheProblemAsLastEvent() {
		engine.failure = new ProblemException(FakeEngine.LOCKED, null);
		assertEquals(1, run("backup", "--json"));
		assertTrue(terminal.outText().lines().toList().getLast()
				.startsWith("{\"event\":\"failed\",\"problem\":{\"code\":\"device.locked\","), terminal.outText());
	}

	@Test
	void cancelledByCtrlCEndsWith130() {
		engine.during = monitor -> {
			interrupts.interrupt();
			while (!monitor.isCancelled()) {
				Thread.onSpinWait();
			}
		};
		assertEquals(130, run("backup"));
		assertTrue(terminal.errText().endsWith("Cancelled.\n"), terminal.errText());
		assertEquals(List.of(), exits);
	}

	@Test
	void failureThatFollowsACancelIsTheCancel() {
		engine.during = monitor -> {
			interrupts.interrupt();
			while (!monitor.isCancelled()) {
				Thread.onSpinWait();
			}
			engine.failure = new IOException("Socket closed");
		};
		assertEquals(130, run("backup", "--json"));
		assertTrue(terminal.outText().startsWith("{\"event\":\"failed\",\"problem\":{\"code\":\"cli.cancelled\""),
				terminal.outText());
	}

	@Test
	void secondCtrlCEndsAtOnce() {
		engine.during = monitor -> {
			interrupts.interrupt();
			interrupts.interrupt();
			while (!monitor.isCancelled()) {
				Thread.onSpinWait();
			}
		};
		run("backup");
		assertEquals(List.of(Integer.valueOf(130)), exits);
	}

	@Test
	void refusesANegativeNumberOfVersions() {
		assertOut(2, "", "backup", "--keep", "-1");
		assertTrue(terminal.errText().contains("'-1' is no number from 0 on"), terminal.errText());
	}

	@Test
	void fileThatIsMissingIsToldWithoutAJavaName() {
		engine.failure = new NoSuchFileException("/gone");
		assertOut(1, "", "backup");
		assertTrue(terminal.errText().contains("Why:        /gone does not exist."), terminal.errText());
	}

	@Test
	void faultOfOursIsAProblemWithoutAStackTraceButInTheLog() throws IOException {
		engine.during = monitor -> {
			throw new IllegalStateException("secret inner text");
		};
		assertOut(1, "", "backup");
		assertTrue(terminal.errText().contains("(cli.unexpected)"), terminal.errText());
		assertFalse(terminal.errText().contains("secret inner text"), terminal.errText());
		assertFalse(terminal.errText().contains("\tat "), terminal.errText());
		try (Stream<Path> logs = Files.list(home.resolve("logs"))) {
			assertTrue(Files.readString(logs.filter(log -> log.toString().endsWith("0.log")).findFirst().orElseThrow())
					.contains("IllegalStateException"));
		}
	}

	@Test
	void colourIsOnlyForTerminals() {
		engine.failure = new ProblemException(FakeEngine.LOCKED, null);
		run("backup");
		assertFalse(terminal.errText().contains("\u001b"), terminal.errText());
	}

	@Test
	void colourIsOnATerminal() {
		terminal.isTerminal = true;
		engine.failure = new ProblemException(FakeEngine.LOCKED, null);
		run("backup");
		assertTrue(terminal.errText().contains("\u001b[1;31mThe iPhone is locked\u001b[0m"), terminal.errText());
	}

	@Test
	void colourIsOffWhereItIsNotWanted() {
		terminal.isTerminal = true;
		environment.put("NO_COLOR", "1");
		engine.failure = new ProblemException(FakeEngine.LOCKED, null);
		run("devices");
		assertFalse(terminal.errText().contains("\u001b"), terminal.errText());
	}
}
