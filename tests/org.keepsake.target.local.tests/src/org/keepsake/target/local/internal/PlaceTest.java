// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.target.local.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.keepsake.core.JobMonitor;
import org.keepsake.core.ProblemException;
import org.keepsake.core.Udid;
import org.keepsake.core.target.BackupTarget.WorkOptions;
import org.keepsake.core.target.Snapshot;
import org.keepsake.core.target.TargetProblems;
import org.keepsake.target.local.LocalProblems;
import org.keepsake.testing.SampleDevice;

/** The folder itself: where it may be, what it tells, and what is remembered in it. */
class PlaceTest {

	@TempDir
	Path temporary = Path.of("");

	private final SampleDevice device = Backups.device();

	private LocalTarget target(Path folder) {
		return LocalTarget.at(folder, Medium.DISK, ZoneOffset.UTC);
	}

	@Test
	void isMadeByTheFirstBackupAndNotByLooking() throws IOException {
		Path folder = temporary.resolve("a/b");
		assertEquals(List.of(), target(folder).snapshots());
		assertTrue(target(folder).capacity().freeBytes() > 0);
		assertProblem(TargetProblems.NOT_THERE_YET, target(folder)::check);
		assertFalse(Files.exists(folder.getParent()));
		Backups.make(target(folder), device, 0);
		assertTrue(Files.isDirectory(folder));
	}

	@Test
	void isNotAFile() throws IOException {
		Path file = Files.writeString(temporary.resolve("file"), "x");
		for (LocalTarget target : List.of(target(file))) {
			assertProblem(LocalProblems.NOT_A_FOLDER, target::snapshots);
			assertProblem(LocalProblems.NOT_A_FOLDER, target::check);
			assertProblem(LocalProblems.NOT_A_FOLDER,
					() -> target.begin(device.udid(), WorkOptions.DEFAULT, JobMonitor.NONE));
		}
	}

	@Test
	void isNotMadeOnTheSystemsDiskInPlaceOfAMissingOne() {
		assertTrue(Mounts.missingDisk(Path.of("/Volumes/no-such-disk/backups")).isPresent());
		assertTrue(Mounts.missingDisk(Path.of("/media/somebody/no-such-disk/backups")).isPresent());
		assertTrue(Mounts.missingDisk(Path.of("/run/media/somebody/no-such-disk")).isPresent());
		assertEquals(Optional.empty(), Mounts.missingDisk(temporary.resolve("a/b/c")));
		assertProblem(LocalProblems.FOLDER_MISSING, () -> target(Path.of("/media/somebody/no-such-disk/backups"))
				.begin(device.udid(), WorkOptions.DEFAULT, JobMonitor.NONE));
	}

	@Test
	void isCheckedInSentences() throws IOException {
		List<String> sentences = target(temporary).check();
		assertTrue(sentences.contains(Texts.WRITES.text(temporary)), sentences.toString());
		assertTrue(sentences.contains(Texts.LINKS.text()), sentences.toString());
		List<String> linkless = LocalTarget.at(temporary, new Medium() {
			@Override
			public void link(Path existing, Path name) throws IOException {
				throw new FileSystemException("no links");
			}
		}, ZoneOffset.UTC).check();
		assertTrue(linkless.contains(Texts.NO_LINKS.text()), linkless.toString());
		assertEquals(List.of(), Layout.children(temporary), "nothing stays");
	}

	@Test
	void everySentenceHasWords() {
		for (Texts text : Texts.values()) {
			assertFalse(text.text("x", "y").isBlank());
			assertFalse(text.text("x", "y").contains("{"), text.toString());
		}
	}

	@Test
	void remembersSizesUntilTheBackupChanges() throws IOException {
		Snapshot made = Backups.make(target(temporary), device, 0);
		Path extra = Path.of(made.path()).resolve("aa");
		Files.createDirectories(extra);
		Files.write(extra.resolve("behind-its-back"), new byte[1000]);
		assertEquals(made.summary().files(), target(temporary).snapshots().getFirst().summary().files(), "remembered");
		Path database = Path.of(made.path()).resolve("Manifest.db");
		Files.setLastModifiedTime(database,
				java.nio.file.attribute.FileTime.from(Instant.parse("2030-01-01T00:00:00Z")));
		Snapshot counted = target(temporary).snapshots().getFirst();
		assertEquals(made.summary().files() + 1, counted.summary().files());
		assertEquals(made.summary().sizeBytes() + 1000, counted.summary().sizeBytes());
		assertEquals(made.id(), counted.id());
	}

	@Test
	void countsWhatItDoesNotRemember() throws IOException {
		Snapshot made = Backups.make(target(temporary), device, 0);
		Eraser.erase(new Layout(temporary).own(), JobMonitor.NONE);
		assertEquals(List.of(made), target(temporary).snapshots());
		assertFalse(Files.exists(new Layout(temporary).own()), "looking leaves no trace in a folder of other programs");
	}

	@Test
	void findsTheDevicesFolderInAnyCase() throws IOException {
		Udid lower = new Udid("00008110-00123456789abcde");
		Backups.makeForeign(temporary, new SampleDevice(lower, 42), Integer.MAX_VALUE);
		Backups.make(target(temporary), device.atVersion(1), 0);
		List<Snapshot> all = target(temporary).snapshots();
		assertEquals(1, all.size());
		assertEquals(temporary.resolve(device.udid().value()).toString(), all.getFirst().path());
	}

	@Test
	void aTakenArchiveNameIsNotTakenAgain() throws IOException {
		Layout layout = new Layout(temporary);
		Instant made = Instant.parse("2026-01-02T03:04:05Z");
		Path first = layout.archive("u", made, ZoneOffset.UTC);
		assertEquals("u-20260102-030405", first.getFileName().toString());
		Files.createDirectory(first);
		assertEquals("u-20260102-030406", layout.archive("u", made, ZoneOffset.UTC).getFileName().toString());
	}

	@Test
	void onlyApplesFormsOfNamesTellADevice() {
		assertEquals(Optional.of(device.udid()), Layout.deviceOf("00008110-00123456789ABCDE"));
		assertEquals(Optional.of(device.udid()), Layout.deviceOf("00008110-00123456789ABCDE-20260102-030405"));
		assertEquals(Optional.empty(), Layout.deviceOf("00008110-00123456789ABCDE-copy"));
		assertEquals(Optional.empty(), Layout.deviceOf("My phone"));
	}

	private static void assertProblem(org.keepsake.core.ProblemType type,
			org.junit.jupiter.api.function.Executable operation) {
		ProblemException problem = assertThrows(ProblemException.class, operation);
		assertTrue(problem.is(type), problem.toString());
	}
}
