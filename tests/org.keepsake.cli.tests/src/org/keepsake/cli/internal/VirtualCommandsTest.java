// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.cli.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.keepsake.virtual.VirtualFile;
import org.keepsake.virtual.VirtualFile.Kind;
import org.keepsake.virtual.VirtualFiles;
import org.keepsake.virtual.VirtualIPhones;
import org.keepsake.virtual.VirtualOptions;
import org.keepsake.virtual.VirtualOptions.Profile;
import org.keepsake.virtual.VirtualOptions.Trust;

class VirtualCommandsTest extends CommandTest {

	private static final Instant TIME = Instant.parse("2025-01-02T03:04:05Z");
	private static final String EMPTY_SHA256 = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

	@TempDir
	Path state = Path.of("");

	private static VirtualFile entry(String path, Kind kind, int mode, String link) {
		return new VirtualFile("HomeDomain", path, kind, mode, 501, 501, path.length(), TIME, TIME, TIME, 0,
				kind == Kind.FILE ? 3 : 0, link.isEmpty() ? null : link, null);
	}

	private void hold() throws IOException {
		VirtualOptions blank = new VirtualOptions(state, null, null, null, Profile.SMALL, 0, 0, 1, false, Trust.AUTO,
				true, true);
		VirtualIPhones.start(0, List.of(blank)).close();
		try (VirtualFiles stored = VirtualIPhones.openFiles(state)) {
			stored.batch(files -> {
				files.put(entry("a", Kind.DIRECTORY, 0755, ""));
				files.generate(entry("a/tab\tand\\line\n", Kind.FILE, 0644, ""), 1, 0);
				files.put(entry("b", Kind.LINK, 0777, "/a"));
			});
		}
	}

	@Test
	void treeHasFourColumns() throws IOException {
		hold();
		assertEquals(0, run("virtual", "tree", "--state", state.toString()));
		List<String> lines = terminal.outText().lines().toList();
		assertTrue(lines.stream().allMatch(line -> line.split("\t", -1).length == 4), terminal::outText);
		int first = lines.indexOf("HomeDomain\ta\t0\t-");
		assertEquals(List.of("HomeDomain\ta\t0\t-",
				"HomeDomain\ta/tab\\tand\\\\line\\n\t0\t" + EMPTY_SHA256, "HomeDomain\tb\t0\t-> /a"),
				lines.stream().filter(line -> line.matches("HomeDomain\t[ab](/.*)?\t.*")).toList());
		assertTrue(first > 0, terminal::outText);
	}

	@Test
	void treeIsLinesForAProgram() throws IOException {
		hold();
		assertEquals(0, run("virtual", "tree", "--state", state.toString(), "--json"));
		assertEquals("{\"domain\":\"HomeDomain\",\"path\":\"a/tab\\tand\\\\line\\n\",\"kind\":\"file\",\"size\":0,"
				+ "\"sha256\":\"" + EMPTY_SHA256 + "\",\"mode\":420,\"modified\":\"2025-01-02T03:04:05Z\","
				+ "\"protectionClass\":3,\"linkTarget\":null}",
				terminal.outText().lines().filter(line -> line.contains("and")).findFirst().orElseThrow());
	}

	@Test
	void contentIsChanged() throws IOException {
		hold();
		assertOut(0, "Added 2 files, altered 1, removed 0.\n", "virtual", "content", "--state", state.toString(),
				"--add",
				"2", "--alter", "1", "--bytes", "1KiB");
		try (VirtualFiles stored = VirtualIPhones.openFiles(state)) {
			assertNotNull(stored.find("HomeDomain", "Library/Keepsake/added-1-00001.bin"));
		}
	}

	@Test
	void contentIsChangedForAProgram() throws IOException {
		hold();
		assertOut(0, "{\"added\":[\"HomeDomain/Library/Keepsake/added-9-00000.bin\"],\"altered\":[],\"removed\":[]}\n",
				"virtual", "content", "--state", state.toString(), "--add", "1", "--seed", "9", "--json");
	}

	@Test
	void contentNeedsToBeToldWhatToChange() throws IOException {
		hold();
		assertOut(2, "", "virtual", "content", "--state", state.toString());
		assertOut(2, "", "virtual", "content", "--state", state.toString(), "--add", "-1");
		assertOut(2, "", "virtual", "content", "--state", state.toString(), "--add", "1", "--bytes", "many");
	}

	@Test
	void resetForgetsEverything() throws IOException {
		hold();
		Path mine = Files.writeString(state.resolve("mine.txt"), "x");
		assertOut(0, "The virtual iPhone in " + state + " is reset.\n", "virtual", "reset", "--state",
				state.toString());
		assertFalse(Files.exists(state.resolve("files")));
		assertTrue(Files.exists(mine));
	}

	@Test
	void resetTouchesNoOtherFolder() throws IOException {
		Path precious = Files.writeString(state.resolve("precious.txt"), "x");
		assertOut(1, "", "virtual", "reset", "--state", state.toString());
		assertTrue(Files.exists(precious));
		assertTrue(terminal.errText().contains("(virtual.no-device)"), terminal.errText());
	}

	@Test
	void faultsAreWrittenAndTakenBack() throws IOException {
		hold();
		assertOut(0, "The virtual iPhone misbehaves from now on: cut-after-bytes=5,locked\n", "virtual", "faults",
				"--state", state.toString(), "locked,cut-after-bytes=5");
		assertTrue(Files.exists(state.resolve("faults")));
		assertEquals(0, run("virtual", "faults", "--state", state.toString(), "--json"));
		assertTrue(terminal.outText().endsWith("{\"faults\":{}}\n"), terminal.outText());
		assertFalse(Files.exists(state.resolve("faults")));
	}

	/** Runs the command on another thread until it is interrupted, and returns its exit status. */
	private int startAndInterrupt(Wait ready, String... more) throws InterruptedException {
		List<String> arguments = new ArrayList<>(List.of("virtual", "start", "--blank", "--fast-keys", "--seed", "5",
				"--state", state.toString()));
		arguments.addAll(List.of(more));
		AtomicInteger status = new AtomicInteger(-1);
		Thread running = Thread.ofPlatform().start(() -> status.set(run(arguments.toArray(String[]::new))));
		ready.await();
		interrupts.interrupt();
		running.join();
		return status.get();
	}

	@FunctionalInterface
	private interface Wait {
		void await() throws InterruptedException;
	}

	@Test
	@Timeout(120)
	void startTellsTheAddressAndEndsWellWhenInterrupted() throws InterruptedException {
		assertEquals(0, startAndInterrupt(() -> terminal.awaitErr("Ctrl-C")));
		assertTrue(terminal.outText().matches("USBMUXD_SOCKET_ADDRESS=127\\.0\\.0\\.1:\\d+\n"), terminal.outText());
	}

	@Test
	@Timeout(120)
	void startTellsAProgramTheAddress() throws InterruptedException {
		assertEquals(0, startAndInterrupt(() -> terminal.awaitOut("\n"), "--json"));
		assertTrue(
				terminal.outText().matches("\\{\"event\":\"ready\",\"port\":(\\d+),\"address\":\"127\\.0\\.0\\.1:\\1\","
						+ "\"udids\":\\[\"[0-9A-F-]+\"]}\n"),
				terminal.outText());
	}

	@Test
	@Timeout(120)
	void startObeysCommandsFromItsInput() throws InterruptedException {
		terminal.piping("lock\nbogus\nunlock\n");
		assertEquals(0, startAndInterrupt(() -> terminal.awaitErr(": unlock"), "--console"));
		assertTrue(terminal.errText().contains(": lock\nCommands: trust, deny"), terminal.errText());
	}

	@Test
	void startRefusesWhatItCannotDo() {
		String folder = state.toString();
		assertOut(2, "", "virtual", "start", "--port", "70000", "--state", folder);
		assertOut(2, "", "virtual", "start", "--count", "0", "--state", folder);
		assertOut(2, "", "virtual", "start", "--count", "2", "--udid", "x", "--state", folder);
		assertOut(2, "", "virtual", "start", "--trust", "perhaps", "--state", folder);
		assertOut(2, "", "virtual", "start", "--profile", "huge", "--state", folder);
		assertOut(2, "", "virtual", "start", "--port", "0");
	}
}
