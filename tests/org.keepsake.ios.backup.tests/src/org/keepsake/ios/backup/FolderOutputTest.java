// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ios.backup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

import org.eclipse.jdt.annotation.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.keepsake.core.ProblemException;
import org.keepsake.core.dataset.ExportOutput;

/** A folder that an export fills. */
class FolderOutputTest {

	@TempDir
	Path folder = Path.of("");

	private static String put(FolderOutput output, String path, @Nullable Instant modified) throws IOException {
		try (ExportOutput.File file = output.create(path, modified)) {
			file.content().write(path.getBytes(StandardCharsets.UTF_8));
			file.commit();
			return file.path();
		}
	}

	private List<String> below(Path root) throws IOException {
		try (Stream<Path> walk = Files.walk(root)) {
			return walk.filter(Files::isRegularFile).map(file -> root.relativize(file).toString()).sorted().toList();
		}
	}

	@Test
	void writesWholeFilesWithTheirDates() throws Exception {
		Instant when = Instant.parse("2019-08-07T06:05:04Z");
		try (FolderOutput output = FolderOutput.open(folder.resolve("out"))) {
			assertEquals("a/b.txt", put(output, "a/b.txt", when));
			try (ExportOutput.File file = output.create("never.txt", null)) {
				file.content().write(1);
			}
			assertEquals(1, output.files());
			assertEquals(7, output.bytes());
		}
		assertEquals(List.of("a/b.txt"), below(folder.resolve("out")));
		assertEquals(when, Files.getLastModifiedTime(folder.resolve("out/a/b.txt")).toInstant());
		assertEquals("a/b.txt", Files.readString(folder.resolve("out/a/b.txt")));
	}

	@Test
	void neverLeavesTheFolder() throws Exception {
		Path out = folder.resolve("out");
		try (FolderOutput output = FolderOutput.open(out)) {
			assertEquals("etc/passwd", put(output, "../../etc/passwd", null));
			assertEquals("root", put(output, "/root", null));
			assertEquals("x", put(output, "..\\..\\x", null));
			assertEquals("_", put(output, "../..", null));
			put(output, "a\u0000b\nc", null);
		}
		assertEquals(List.of("_", "a_b_c", "etc/passwd", "root", "x"), below(out));
		assertEquals(5, below(folder).size(), "nothing beside it");
	}

	@Test
	void neverWritesThroughALink() throws Exception {
		Path outside = Files.createDirectory(folder.resolve("outside"));
		Path out = Files.createDirectory(folder.resolve("out"));
		Files.createSymbolicLink(out.resolve("a"), outside);
		try (FolderOutput output = FolderOutput.open(out)) {
			ProblemException e = assertThrows(ProblemException.class, () -> put(output, "a/b", null));
			assertTrue(e.is(BackupProblems.NOT_WRITABLE));
		}
		assertEquals(List.of(), below(outside));
	}

	@Test
	void aNameUsedInThisExportGetsANumber() throws Exception {
		try (FolderOutput output = FolderOutput.open(folder)) {
			assertEquals("IMG_1.JPG", put(output, "IMG_1.JPG", null));
			assertEquals("img_1 (2).jpg", put(output, "img_1.jpg", null));
			assertEquals("IMG_1 (3).JPG", put(output, "IMG_1.JPG", null));
			assertEquals("IMG_1 (2) (2).JPG", put(output, "IMG_1 (2).JPG", null));
		}
		try (FolderOutput again = FolderOutput.open(folder)) {
			assertEquals("IMG_1.JPG", put(again, "IMG_1.JPG", null), "another export replaces it");
		}
	}

	@Test
	void aNameTooLongForADiskIsCutBeforeItsExtension() throws Exception {
		try (FolderOutput output = FolderOutput.open(folder)) {
			String path = put(output, "ü".repeat(300) + ".html", null);
			assertTrue(path.endsWith("ü.html"), path);
			assertTrue(path.getBytes(StandardCharsets.UTF_8).length <= 180, path);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "create", "commit" })
	@DisabledOnOs(value = OS.WINDOWS, disabledReason = "a folder with open files cannot be moved there")
	void aFolderThatGoesAwayIsToldAsSuch(String moment) throws Exception {
		Path out = folder.resolve("out");
		try (FolderOutput output = FolderOutput.open(out); ExportOutput.File file = output.create("begun.txt", null)) {
			Path root = out.toRealPath();
			Files.move(out, folder.resolve("elsewhere"));
			assertTold(root, "went away",
					moment.equals("commit") ? file::commit : () -> output.create("more.txt", null).close());
		}
	}

	@Test
	@DisabledOnOs(value = OS.WINDOWS, disabledReason = "a folder with open files cannot be moved there")
	void whatCannotBeEndedIsTheFoldersFault() throws Exception {
		Path out = folder.resolve("out");
		try (FolderOutput output = FolderOutput.open(out)) {
			ExportOutput.File file = output.create("begun.txt", null);
			Path parts;
			try (Stream<Path> files = Files.list(out)) {
				parts = files.filter(Files::isDirectory).findFirst().orElseThrow();
			}
			Files.move(parts, folder.resolve("elsewhere"));
			Files.writeString(parts, "no folder");
			assertTold(out.toRealPath(), "refused", file::close);
		}
	}

	private static void assertTold(Path root, String cause, Executable work) {
		ProblemException told = assertThrows(ProblemException.class, work);
		assertTrue(told.is(BackupProblems.NOT_WRITABLE), told::toString);
		assertTrue(told.problem().title().contains(root.toString()), told.problem()::toString);
		assertTrue(told.problem().cause().contains(cause), told.problem()::toString);
		assertFalse(told.problem().remedy().isBlank());
	}
}
