// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0

package org.keepsake.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.keepsake.core.target.HostFiles;
import org.keepsake.core.target.TreeEntry;
import org.keepsake.core.target.TreeException;
import org.keepsake.core.target.TreeException.Reason;
import org.keepsake.core.target.TreePath;
import org.keepsake.engine.internal.restore.OverlayFiles;

/** What a device sees, and cannot change, during a restore. */
class OverlayFilesTest {

	/** Enough for what the tests write. */
	private static final long LIMIT = 1_000;

	@TempDir
	Path scratch;
	private FakeTree kept;
	private Map<String, byte[]> before;
	private OverlayFiles files;

	@BeforeEach
	void setUp() {
		kept = FakeTree.of("U/Status.plist", "finished", "U/Manifest.db", "db", "U/00/00a", "A", "U/00/00b", "B",
				"U/01/01c", "C");
		before = new TreeMap<>(kept.files);
		files = new OverlayFiles(kept.folder("U"), "Source", scratch, LIMIT);
	}

	@AfterEach
	void theKeptBackupIsUntouchedAndScratchIsEmpty() throws IOException {
		assertEquals(before, kept.files);
		files.close();
		try (var left = Files.list(scratch)) {
			assertEquals(List.of(), left.toList());
		}
	}

	private static TreePath path(String text) {
		return new TreePath(text);
	}

	private void write(String path, String text) throws IOException {
		try (OutputStream out = files.write(path(path))) {
			out.write(text.getBytes(StandardCharsets.UTF_8));
		}
	}

	private static String read(HostFiles files, String path) throws IOException {
		try (SeekableByteChannel channel = files.read(path(path))) {
			ByteBuffer buffer = ByteBuffer.allocate((int) channel.size());
			while (buffer.hasRemaining() && channel.read(buffer) >= 0) {
				// until all is read
			}
			return new String(buffer.array(), StandardCharsets.UTF_8);
		}
	}

	private static List<String> names(HostFiles files, String directory) throws IOException {
		return files.list(path(directory)).stream().map(TreeEntry::name).sorted().toList();
	}

	private static void fails(Reason reason, Executable executable) {
		assertEquals(reason, assertThrows(TreeException.class, executable).reason());
	}

	@Test
	void showsTheBackupUnderItsFolder() throws Exception {
		assertEquals(List.of("Source"), names(files, ""));
		assertEquals(List.of("00", "01", "Manifest.db", "Status.plist"), names(files, "Source"));
		assertEquals("A", read(files, "Source/00/00a"));
		assertTrue(files.stat(path("Source/00")).orElseThrow().isDirectory());
		assertFalse(files.stat(path("Source/99")).isPresent());
		assertFalse(files.stat(path("U")).isPresent());
	}

	@Test
	void writesOverAKeptFileInScratchOnly() throws Exception {
		write("Source/Status.plist", "restoring");
		write("Source/00/00a", "changed");
		write("Source/new/deep/file", "n");
		assertEquals("restoring", read(files, "Source/Status.plist"));
		assertEquals("changed", read(files, "Source/00/00a"));
		assertEquals("B", read(files, "Source/00/00b"));
		assertEquals(7, files.stat(path("Source/00/00a")).orElseThrow().sizeBytes());
		assertEquals(List.of("deep"), names(files, "Source/new"));
	}

	@Test
	void movesAndRemovesNamesNotBytes() throws Exception {
		files.move(path("Source/00"), path("Source/Snapshot/00"));
		assertEquals("A", read(files, "Source/Snapshot/00/00a"));
		assertFalse(files.stat(path("Source/00")).isPresent());
		files.remove(path("Source/Snapshot/00/00a"));
		assertEquals(List.of("00b"), names(files, "Source/Snapshot/00"));
		files.remove(path("Source/none"));
		files.move(path("Source/01/01c"), path("Source/Snapshot/00/00b"));
		assertEquals("C", read(files, "Source/Snapshot/00/00b"));
		assertEquals("00b", files.stat(path("Source/Snapshot/00/00b")).orElseThrow().name());
	}

	@Test
	void aCopyIsASecondNameThatLaterChangesDoNotReach() throws Exception {
		write("Source/00/00a", "first");
		files.copy(path("Source"), path("Copy"));
		write("Source/00/00a", "second");
		files.remove(path("Source/01"));
		assertEquals("first", read(files, "Copy/00/00a"));
		assertEquals("C", read(files, "Copy/01/01c"));
		write("Copy/Manifest.db", "other");
		assertEquals("db", read(files, "Source/Manifest.db"));
		files.copy(path("Copy/00"), path("Copy/00/inside"));
		assertEquals(List.of("00a", "00b", "inside"), names(files, "Copy/00"));
		assertEquals(List.of("00a", "00b"), names(files, "Copy/00/inside"));
	}

	@Test
	void saysWhyItRefuses() {
		fails(Reason.NOT_FOUND, () -> files.read(path("Source/none")));
		fails(Reason.NOT_FOUND, () -> files.list(path("Source/none")));
		fails(Reason.NOT_FOUND, () -> files.move(path("Source/none"), path("x")));
		fails(Reason.NOT_FOUND, () -> files.copy(path("none"), path("x")));
		fails(Reason.NOT_A_DIRECTORY, () -> files.list(path("Source/Manifest.db")));
		fails(Reason.NOT_A_DIRECTORY, () -> files.write(path("Source/Manifest.db/x")));
		fails(Reason.NOT_A_DIRECTORY, () -> files.createDirectory(path("Source/Manifest.db")));
		fails(Reason.IS_A_DIRECTORY, () -> files.write(path("Source/00")));
		fails(Reason.IS_A_DIRECTORY, () -> files.write(path("")));
		fails(Reason.IS_A_DIRECTORY, () -> files.read(path("Source/00")));
		fails(Reason.OTHER, () -> files.move(path("Source"), path("Source/00/x")));
		fails(Reason.OTHER, () -> files.copy(path("Source/00"), path("Source")));
	}

	@Test
	void aHostileDeviceCannotFillTheDisk() throws Exception {
		try (OutputStream out = files.write(path("big"))) {
			out.write(new byte[900]);
			assertEquals(100, files.freeBytes());
			fails(Reason.NO_SPACE, () -> out.write(new byte[101]));
		}
		try (OutputStream out = files.write(path("big"))) {
			fails(Reason.NO_SPACE, () -> out.write(new byte[101]));
		}
	}

	/** The same random operations on a plain tree in memory and on the overlay end in the same files. */
	@Test
	void behavesAsAPlainTreeWould() throws Exception {
		long seed = new Random().nextLong();
		Random random = new Random(seed);
		FakeTree plain = new FakeTree();
		kept.files.forEach((path, content) -> plain.files.put("Source" + path.substring(1), content));
		String[] places = { "Source", "Source/00", "Source/01", "Copy", "Copy/00", "Source/Snapshot", "x" };
		String[] leaves = { "00a", "00b", "01c", "Manifest.db", "n" };
		for (int i = 0; i < 400; i++) {
			TreePath from = path(places[random.nextInt(places.length)] + "/" + leaves[random.nextInt(leaves.length)]);
			TreePath to = path(places[random.nextInt(places.length)] + "/" + leaves[random.nextInt(leaves.length)]);
			boolean there = plain.stat(from).isPresent();
			switch (random.nextInt(4)) {
				case 0 -> {
					write(to.value(), "w" + i);
					plain.put(to.value(), "w" + i);
				}
				case 1 -> {
					files.remove(from);
					plain.remove(from);
				}
				case 2 -> {
					if (there && !from.equals(to)) {
						files.move(from, to);
						plain.move(from, to);
					}
				}
				default -> {
					if (there) {
						files.copy(from, to);
						plain.copy(from, to);
					}
				}
			}
		}
		for (String place : places) {
			for (String leaf : leaves) {
				String path = place + "/" + leaf;
				String expected = plain.text(path);
				assertEquals(expected != null, files.stat(path(path)).isPresent(), path + " seed " + seed);
				if (expected != null) {
					assertEquals(expected, read(files, path), path + " seed " + seed);
				}
			}
		}
	}
}
