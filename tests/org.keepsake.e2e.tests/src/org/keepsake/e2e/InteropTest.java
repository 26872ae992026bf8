// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0

package org.keepsake.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.keepsake.engine.BackupResult;
import org.keepsake.engine.KeptBackup;
import org.keepsake.testing.Programs;

/**
 * Keepsake and {@code idevicebackup2}, which was written for real devices, on the same virtual iPhone and the same folder:
 * each reads, continues and restores what the other wrote.
 */
class InteropTest {

	private static final String TOOL = "idevicebackup2";
	private static final int PATIENCE_MINUTES = 4;

	@TempDir
	Path folder;

	private record Outcome(int status, String text) {
	}

	@BeforeEach
	void lookForTheTool() {
		Programs.require(TOOL, "libimobiledevice-utils");
	}

	@Test
	void continuesWhatTheOtherWroteAndIsContinued() throws Exception {
		try (Lab lab = new Lab(folder, Lab.device(folder.resolve("phone"), 21, 40, 4_000_000))) {
			lab.keepsake.devices().pair(lab.udid(0), lab.monitor);
			lab.encrypt(0);
			Files.createDirectories(Path.of(lab.shelf()));

			assertSuccess(tool(lab, 0, "backup", "--full", lab.shelf()));
			KeptBackup theirs = lab.newest(0);
			lab.assertSound(theirs, "a backup made by " + TOOL);
			assertEquals(lab.filesOf(0), lab.filesOf(theirs));

			lab.put(0, "HomeDomain", "Library/new.txt", "made in between".getBytes(StandardCharsets.UTF_8));
			BackupResult ours = lab.backup(0, 1);
			assertEquals(false, ours.full(), "continued, not begun anew");
			assertEquals(lab.filesOf(0), lab.filesOf(ours.backup()));
			assertEquals(2, lab.versions(0).size(), "the other's version is kept");

			lab.put(0, "HomeDomain", "Library/newer.txt", "and after".getBytes(StandardCharsets.UTF_8));
			assertSuccess(tool(lab, 0, "backup", lab.shelf()));
			KeptBackup again = lab.newest(0);
			lab.assertSound(again, "one of ours, continued by " + TOOL);
			assertEquals(lab.filesOf(0), lab.filesOf(again));
			assertEquals(ours.backup().snapshot().summary().udid(), again.snapshot().summary().udid());
		}
	}

	@Test
	void theOtherRestoresWhatWeWrote() throws Exception {
		try (Lab lab = new Lab(folder, Lab.device(folder.resolve("phone"), 22, 40, 4_000_000),
				Lab.device(folder.resolve("blank"), 23, true))) {
			lab.keepsake.devices().pair(lab.udid(0), lab.monitor);
			lab.keepsake.devices().pair(lab.udid(1), lab.monitor);
			lab.encrypt(0);
			lab.backup(0, 0);
			Map<String, String> held = lab.filesOf(0);

			Outcome restore = tool(lab, 1, "--source", lab.phones.udids().getFirst(), "restore", "--system",
					"--settings",
					"--remove", "--password", Lab.PASSWORD, lab.shelf());

			assertTrue(restore.text().contains("Restore Successful"), restore.text());
			assertEquals(held, lab.filesOf(1));
		}
	}

	@Test
	void aPasswordTheOtherSetOpensOurBackup() throws Exception {
		try (Lab lab = new Lab(folder, Lab.device(folder.resolve("phone"), 24, false))) {
			lab.keepsake.devices().pair(lab.udid(0), lab.monitor);
			Files.createDirectories(Path.of(lab.shelf()));

			assertSuccess(tool(lab, 0, "encryption", "on", "first", lab.shelf()));
			assertSuccess(tool(lab, 0, "changepw", "first", Lab.PASSWORD, lab.shelf()));

			lab.assertSound(lab.backup(0, 0).backup(), "under a password that " + TOOL + " set");
		}
	}

	private static void assertSuccess(Outcome outcome) {
		assertEquals(0, outcome.status(), outcome.text());
	}

	private static Outcome tool(Lab lab, int device, String... arguments) throws IOException, InterruptedException {
		List<String> command = new ArrayList<>(List.of(TOOL, "-u", lab.phones.udids().get(device)));
		command.addAll(List.of(arguments));
		ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
		builder.environment().putAll(lab.environment);
		Process process = builder.start();
		process.getOutputStream().close();
		try (InputStream out = process.getInputStream()) {
			String text = new String(out.readAllBytes(), StandardCharsets.UTF_8);
			assertTrue(process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES), TOOL + " does not end: " + text);
			return new Outcome(process.exitValue(), text);
		} finally {
			process.destroyForcibly();
		}
	}
}
