// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.target.local.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.keepsake.core.JobMonitor;
import org.keepsake.core.target.BackupTarget.WorkOptions;
import org.keepsake.core.target.Snapshot;
import org.keepsake.core.target.WorkingTree;
import org.keepsake.testing.SampleDevice;

/** Backups that other programs made, or are making, in the same folder. */
class ForeignBackupsTest {

	private static final int ALL = Integer.MAX_VALUE;

	@TempDir
	Path folder = Path.of("");

	private final SampleDevice device = Backups.device();

	private LocalTarget target() {
		return LocalTarget.at(folder, Medium.DISK, ZoneOffset.UTC);
	}

	private Path newest() {
		return folder.resolve(device.udid().value());
	}

	@Test
	void areListedOpenedAndContinued() throws IOException {
		Backups.makeForeign(folder, device, ALL);
		Snapshot found = target().snapshots().getFirst();
		assertTrue(found.summary().complete());
		Backups.assertContent(device.content(), target(), found);
		device.change();
		try (WorkingTree tree = target().begin(device.udid(), WorkOptions.DEFAULT, JobMonitor.NONE)) {
			assertTrue(tree.stat(device.path("Manifest.db")).isPresent(), "the device can go on from it");
			device.backUp(tree);
			tree.commit(JobMonitor.NONE);
		}
		assertEquals(1, target().snapshots().size());
		Backups.assertContent(device.content(), target(), target().snapshots().getFirst());
	}

	@Test
	void goOnFromOursWithoutDamagingTheVersionsThatShareFilesWithIt() throws IOException {
		Backups.make(target(), device, 3);
		Map<String, String> first = device.content();
		Backups.make(target(), device.atVersion(1), 3);
		Backups.makeForeign(folder, device.atVersion(2), ALL);
		List<Snapshot> all = target().snapshots();
		assertEquals(2, all.size());
		Backups.assertContent(device.content(), target(), all.get(0));
		Backups.assertContent(first, target(), all.get(1));
	}

	@Test
	void areNotPrunedIfAPersonArchivedThem() throws IOException {
		Backups.makeForeign(folder, device, ALL);
		Path archived = folder.resolve(device.udid().value() + "-20250101-120000");
		Files.move(newest(), archived);
		for (int version = 1; version < 4; version++) {
			Backups.make(target(), device.atVersion(version), 1);
		}
		assertEquals(3, target().snapshots().size());
		assertTrue(Files.isDirectory(archived));
	}

	@Test
	void areNotPrunedIfAPersonRenamedOneOfOurs() throws IOException {
		Backups.make(target(), device, 1);
		Snapshot old = target().snapshots().getFirst();
		Backups.make(target(), device.atVersion(1), 1);
		Path mine = folder.resolve("before the holidays");
		Files.move(Path.of(target().snapshots().get(1).path()), mine);
		for (int version = 2; version < 5; version++) {
			Backups.make(target(), device.atVersion(version), 1);
		}
		assertTrue(target().snapshots().stream()
				.anyMatch(kept -> kept.id().equals(old.id()) && kept.path().equals(mine.toString())));
		assertEquals(3, target().snapshots().size());
	}

	@Test
	void areNotPrunedIfTheyTookTheNameOfOneOfOurs() throws IOException {
		Backups.make(target(), device, 1);
		Backups.make(target(), device.atVersion(1), 1);
		Path ours = Path.of(target().snapshots().get(1).path());
		Eraser.erase(ours, JobMonitor.NONE);
		SampleDevice others = new SampleDevice(device.udid(), 7);
		Backups.makeForeign(folder.resolve("elsewhere"), others, ALL);
		Files.move(folder.resolve("elsewhere").resolve(device.udid().value()), ours);
		Backups.make(target(), device.atVersion(2), 0);
		assertTrue(Files.isDirectory(ours));
		assertEquals(2, target().snapshots().size());
	}

	@Test
	void canWriteTheirPropertyListsInPlaceWhileWeWork() throws IOException {
		Backups.make(target(), device, 0);
		Path work = new Layout(folder).work(device.udid()).resolve(device.udid().value());
		try (WorkingTree tree = target().begin(device.udid(), WorkOptions.DEFAULT, JobMonitor.NONE)) {
			assertTrue(tree.stat(device.path("Info.plist")).isPresent());
			for (String list : List.of("Info.plist", "Status.plist", "Manifest.plist")) {
				assertFalse(Files.isSameFile(newest().resolve(list), work.resolve(list)), list);
			}
			assertTrue(Files.isSameFile(newest().resolve("Manifest.db"), work.resolve("Manifest.db")));
		}
	}

	@Test
	void areListedAsIncompleteBesideOlderCompleteOnes() throws IOException {
		Backups.make(target(), device, 1);
		Map<String, String> first = device.content();
		Backups.make(target(), device.atVersion(1), 1);
		Backups.makeForeign(folder, device.atVersion(2), 12);
		List<Snapshot> all = target().snapshots();
		assertEquals(2, all.size());
		Snapshot broken = all.stream().filter(snapshot -> !snapshot.summary().complete()).findFirst().orElseThrow();
		Snapshot whole = all.stream().filter(snapshot -> snapshot.summary().complete()).findFirst().orElseThrow();
		assertFalse(broken.newest());
		assertTrue(whole.newest());
		Backups.assertContent(first, target(), whole);
	}

	@Test
	void thatWereInterruptedAreContinuedAndThenGone() throws IOException {
		Backups.makeForeign(folder, device, 12);
		assertFalse(target().snapshots().getFirst().summary().complete());
		try (WorkingTree tree = target().begin(device.udid(), new WorkOptions(false, 5), JobMonitor.NONE)) {
			assertTrue(tree.stat(device.path("Snapshot")).isPresent(), "the device goes on from the state it left");
			device.backUp(tree);
			tree.commit(JobMonitor.NONE);
		}
		assertEquals(1, target().snapshots().size());
		assertTrue(target().snapshots().getFirst().summary().complete());
	}

	@Test
	void thatBeganOnlyJustAreNoBackupsYet() throws IOException {
		Backups.makeForeign(folder, device, 1);
		assertTrue(Files.exists(newest().resolve("Info.plist")));
		assertEquals(List.of(), target().snapshots());
		Backups.make(target(), device, 0);
		Backups.assertContent(device.content(), target(), target().snapshots().getFirst());
	}

	@Test
	void thatWouldPoisonTheDeviceAreBegunAnew() throws IOException {
		Backups.makeForeign(folder, device, ALL);
		Files.write(newest().resolve("Manifest.plist"), new byte[0]);
		try (WorkingTree tree = target().begin(device.udid(), WorkOptions.DEFAULT, JobMonitor.NONE)) {
			assertTrue(tree.stat(device.path("Status.plist")).isEmpty(), "finished, but with an empty manifest");
			device.backUp(tree);
			tree.commit(JobMonitor.NONE);
		}
		Backups.assertContent(device.content(), target(), target().snapshots().getFirst());
	}

	@Test
	void writtenDuringOurRunAreKeptBesideOurs() throws IOException {
		Backups.make(target(), device, 0);
		device.change();
		SampleDevice later = Backups.device().atVersion(9);
		try (WorkingTree tree = target().begin(device.udid(), WorkOptions.DEFAULT, JobMonitor.NONE)) {
			device.backUp(tree);
			Backups.makeForeign(folder, later, ALL);
			tree.commit(JobMonitor.NONE);
		}
		List<Snapshot> all = target().snapshots();
		assertEquals(2, all.size());
		Backups.assertContent(later.content(), target(), all.get(0));
		Backups.assertContent(device.content(), target(), all.get(1));
	}

	@Test
	void writtenAfterAnInterruptedRunMakeTheNextOneBeginFromThem() throws IOException {
		Backups.make(target(), device, 0);
		try (WorkingTree tree = target().begin(device.udid(), WorkOptions.DEFAULT, JobMonitor.NONE)) {
			Backups.write(tree, device.path("Snapshot/aa/left"), "by the interrupted run");
		}
		Backups.makeForeign(folder, device.atVersion(3), ALL);
		try (WorkingTree tree = target().begin(device.udid(), WorkOptions.DEFAULT, JobMonitor.NONE)) {
			assertTrue(tree.stat(device.path("Snapshot")).isEmpty());
			assertEquals(Files.size(newest().resolve("Manifest.plist")),
					tree.stat(device.path("Manifest.plist")).orElseThrow().sizeBytes());
		}
	}

	@Test
	void areFoundUnderAnyNameButNotInHiddenFolders() throws IOException {
		Backups.makeForeign(folder, device, ALL);
		Files.move(newest(), folder.resolve("My old phone"));
		Files.createDirectories(folder.resolve("empty"));
		Files.writeString(folder.resolve("a file"), "x");
		Snapshot found = target().snapshots().getFirst();
		assertEquals(device.udid(), found.summary().udid());
		Files.move(folder.resolve("My old phone"), folder.resolve(".hidden"));
		assertEquals(List.of(), target().snapshots());
	}

	@Test
	void haveTheSameIdWhereverTheyLie() throws IOException {
		Backups.makeForeign(folder, device, ALL);
		var id = target().snapshots().getFirst().id();
		Path elsewhere = folder.resolve("deeper").resolve("copy");
		Files.createDirectories(elsewhere.getParent());
		Files.move(newest(), elsewhere);
		assertEquals(id, LocalTarget.at(elsewhere.getParent()).snapshots().getFirst().id());
	}

	@Test
	void areOpenedByTheirOwnPath() throws IOException {
		Backups.make(target(), device, 1);
		Backups.make(target(), device.atVersion(1), 1);
		Path version = Path.of(target().snapshots().get(1).path());
		LocalTarget one = LocalTarget.forBackupFolder(version).orElseThrow();
		assertEquals(folder.toString(), one.location());
		assertEquals(List.of(version.toString()), one.snapshots().stream().map(Snapshot::path).toList());
		assertFalse(one.snapshots().getFirst().newest());
		assertTrue(LocalTarget.forBackupFolder(folder).isEmpty());
	}

	@Test
	void archivesHaveApplesNamesWithTheBackupsOwnDate() throws IOException {
		Backups.make(target(), device, 1);
		Backups.make(target(), device.atVersion(1), 1);
		assertTrue(Files.isDirectory(folder.resolve(device.udid().value() + "-20260102-030405")));
	}

	@Test
	void shareTheFilesThatDidNotChange() throws IOException {
		Backups.make(target(), device, 1);
		Backups.make(target(), device.atVersion(1), 1);
		List<Snapshot> all = target().snapshots();
		long shared = 0;
		for (String file : device.content().keySet()) {
			Path one = Path.of(all.get(0).path()).resolve(file);
			Path two = Path.of(all.get(1).path()).resolve(file);
			if (file.contains("/") && Files.exists(two) && Files.isSameFile(one, two)) {
				shared++;
			}
		}
		assertTrue(shared > 20, "files that are shared: " + shared);
	}
}
