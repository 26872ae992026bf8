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

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.keepsake.virtual.StoredFiles;
import org.keepsake.virtual.VirtualFile;
import org.keepsake.virtual.VirtualFile.Kind;

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
		try (StoredFiles stored = StoredFiles.open(state)) {
			stored.files().batch(files -> {
				files.put(entry("a", Kind.DIRECTORY, 0755, ""));
				files.generate(entry("a/tab\tand\\line\n", Kind.FILE, 0644, ""), 1, 0);
				files.put(entry("b", Kind.LINK, 0777, "/a"));
			});
		}
	}

	@Test
	void treeHasFourColumns() throws IOException {
		hold();
		assertOut(0, "HomeDomain\ta\t0\t-\n" + "HomeDomain\ta/tab\\tand\\\\line\\n\t0\t" + EMPTY_SHA256 + '\n'
				+ "HomeDomain\tb\t0\t-> /a\n", "virtual", "tree", "--state", state.toString());
	}

	@Test
	void treeIsLinesForAProgram() throws IOException {
		hold();
		assertEquals(0, run("virtual", "tree", "--state", state.toString(), "--json"));
		assertEquals("{\"domain\":\"HomeDomain\",\"path\":\"a/tab\\tand\\\\line\\n\",\"kind\":\"file\",\"size\":0,"
				+ "\"sha256\":\"" + EMPTY_SHA256 + "\",\"mode\":420,\"modified\":\"2025-01-02T03:04:05Z\","
				+ "\"protectionClass\":3,\"linkTarget\":null}", terminal.outText().lines().toList().get(1));
	}

	@Test
	void contentIsChanged() throws IOException {
		hold();
		assertOut(0, "Added 2 files, altered 1, removed 0.\n", "virtual", "content", "--state", state.toString(), "--add",
				"2", "--alter", "1", "--bytes", "1KiB");
		try (StoredFiles stored = StoredFiles.open(state)) {
			assertTrue(stored.files().totalBytes() >= 1024);
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
		Files.createDirectories(state.resolve("services/x"));
		assertOut(0, "The virtual iPhone in " + state + " is reset.\n", "virtual", "reset", "--state", state.toString());
		assertFalse(StoredFiles.isState(state));
	}

	@Test
	void resetTouchesNoOtherFolder() throws IOException {
		Path precious = Files.writeString(state.resolve("precious.txt"), "x");
		assertOut(1, "", "virtual", "reset", "--state", state.toString());
		assertTrue(Files.exists(precious));
		assertTrue(terminal.errText().contains("(cli.no-virtual-iphone)"), terminal.errText());
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
