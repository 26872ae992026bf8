// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.target.local.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.keepsake.core.JobMonitor;
import org.keepsake.core.target.BackupTarget.WorkOptions;
import org.keepsake.core.target.Snapshot;
import org.keepsake.core.target.WorkingTree;
import org.keepsake.target.local.internal.Medium.Step;
import org.keepsake.testing.SampleDevice;

/** A commit that dies after any of its steps loses nothing and is completed by whoever comes next. */
class CommitRecoveryTest {

	@TempDir
	Path folder = Path.of("");

	private final SampleDevice device = Backups.device();

	/** Stands for a SIGKILL. */
	private static final class Killed extends Error {
		private static final long serialVersionUID = 1L;
	}

	private LocalTarget target() {
		return LocalTarget.at(folder, Medium.DISK, ZoneOffset.UTC);
	}

	private void dieAfter(Step step, int keepEarlier) throws IOException {
		Medium mortal = new Medium() {
			@Override
			public void reached(Step reached) {
				if (reached == step) {
					throw new Killed();
				}
			}
		};
		LocalTarget dying = LocalTarget.at(folder, mortal, ZoneOffset.UTC);
		try (WorkingTree tree = dying.begin(device.udid(), new WorkOptions(false, keepEarlier), JobMonitor.NONE)) {
			device.backUp(tree);
			assertThrows(Killed.class, () -> tree.commit(JobMonitor.NONE));
		}
	}

	private Path newest() {
		return folder.resolve(device.udid().value());
	}

	@ParameterizedTest
	@CsvSource({ "JOURNALED,0", "ARCHIVED,0", "RENAMED,0", "PRUNED,0", "TIDIED,0", "DONE,0", "JOURNALED,1",
			"ARCHIVED,1", "RENAMED,1", "PRUNED,1", "TIDIED,1", "DONE,1" })
	void listingCompletesIt(Step step, int keepEarlier) throws IOException {
		Snapshot first = Backups.make(target(), device, 0);
		Map<String, String> firstContent = device.content();
		device.change();
		dieAfter(step, keepEarlier);

		List<Snapshot> all = target().snapshots();
		assertEquals(1 + keepEarlier, all.size());
		assertEquals(newest().toString(), all.getFirst().path());
		Backups.assertContent(device.content(), target(), all.getFirst());
		if (keepEarlier == 1) {
			assertEquals(first.id(), all.get(1).id());
			Backups.assertContent(firstContent, target(), all.get(1));
		}
		device.change();
		Backups.assertContent(device.content(), target(), Backups.make(target(), device, keepEarlier));
		assertTidy();
	}

	@ParameterizedTest
	@EnumSource(Step.class)
	void theNextBackupCompletesIt(Step step) throws IOException {
		Backups.make(target(), device, 0);
		dieAfter(step, 1);
		device.change();
		Backups.assertContent(device.content(), target(), Backups.make(target(), device, 5));
		assertEquals(List.of(true, true, true),
				target().snapshots().stream().map(snapshot -> snapshot.summary().complete()).toList());
		assertTidy();
	}

	@ParameterizedTest
	@EnumSource(Step.class)
	void theFirstBackupOfADeviceIsCompletedToo(Step step) throws IOException {
		dieAfter(step, 0);
		Backups.assertContent(device.content(), target(), target().snapshots().getFirst());
	}

	@Test
	void whoCannotWriteStillSeesTheEarlierVersion() throws IOException {
		Snapshot first = Backups.make(target(), device, 0);
		Map<String, String> content = device.content();
		device.change();
		dieAfter(Step.ARCHIVED, 0);
		assertFalse(Files.exists(newest()), "between the two renames nothing has the device's name");
		List<Snapshot> all = new Listing(new Layout(folder)).all();
		assertEquals(List.of(first.id()), all.stream().map(Snapshot::id).toList());
		assertTrue(all.getFirst().newest());
		Backups.assertContent(content, target(), all.getFirst());
	}

	@Test
	void whatAnotherProgramWroteMeanwhileIsKept() throws IOException {
		Backups.make(target(), device, 0);
		device.change();
		dieAfter(Step.ARCHIVED, 0);
		Map<String, String> ours = device.content();
		SampleDevice later = Backups.device().atVersion(7);
		Backups.makeForeign(folder, later, Integer.MAX_VALUE);

		List<Snapshot> all = target().snapshots();
		assertEquals(2, all.size());
		Backups.assertContent(later.content(), target(), all.get(0));
		Backups.assertContent(ours, target(), all.get(1));
		assertEquals(newest().toString(), all.get(1).path());
		Backups.make(target(), device.atVersion(8), 0);
		assertTrue(target().snapshots().stream().anyMatch(kept -> later.date().equals(kept.summary().finishedAt())),
				"what others made is never pruned");
	}

	@Test
	void readersOfTheOldVersionGoOnReadingIt() throws IOException {
		Snapshot first = Backups.make(target(), device, 0);
		Map<String, String> content = device.content();
		try (var tree = target().open(first)) {
			Backups.make(target(), device.atVersion(1), 1);
			assertEquals(content, SampleDevice.contentOf(tree));
		}
	}

	private void assertTidy() throws IOException {
		Layout layout = new Layout(folder);
		assertEquals(List.of(), Layout.children(layout.trash(device.udid())));
		assertEquals(List.of(), Layout.children(layout.parts(device.udid())));
		assertFalse(Files.exists(layout.work(device.udid())));
		assertFalse(Files.exists(layout.journal(device.udid())));
	}
}
