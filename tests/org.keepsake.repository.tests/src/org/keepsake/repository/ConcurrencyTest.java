// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.repository;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.keepsake.core.JobMonitor;
import org.keepsake.testing.Programs;

/** Several processes at work on one repository at once, of Keepsake and of restic. */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class ConcurrencyTest {

	@TempDir
	Path temp;
	private Path place;
	private final List<Path> folders = new ArrayList<>();

	@BeforeEach
	void fill() throws IOException {
		place = temp.resolve("repository");
		for (int i = 0; i < 2; i++) {
			Path folder = Samples.folder(Files.createDirectories(temp.resolve("device-" + i)), 61 + i);
			folders.add(Files.move(folder, folder.resolveSibling("device-" + i)));
		}
		try (Repository repository = Samples.init(place, 2)) {
			for (Path folder : folders) {
				Samples.save(repository, folder);
			}
		}
	}

	private void change(int round) throws IOException {
		for (Path folder : folders) {
			for (int i = 0; i < 3; i++) {
				Files.write(folder.resolve("new-" + i),
						Samples.content(3000L + folders.indexOf(folder) + round * 40L + i * 4, 3_500_000));
			}
		}
	}

	@Test
	void twoWritersAndAPruneBetweenThemLoseNothing() throws IOException {
		for (int round = 0; round < 2; round++) {
			change(round);
			try (Repository repository = Samples.open(place)) {
				// Both write what nobody needs now, so that there is something to prune, and to save anew.
				repository.forget(repository.snapshots().stream().filter(s -> s.paths().contains("/device-0"))
						.map(SnapshotRecord::id).toList(), Duration.ZERO);
			}
			try (WorkerProcess one = WorkerProcess.begin(place, "save", folders.get(0).toString());
					WorkerProcess two = WorkerProcess.begin(place, "save", folders.get(1).toString());
					WorkerProcess prune = WorkerProcess.begin(place, "prune");
					WorkerProcess three = WorkerProcess.begin(place, "save", folders.get(0).toString())) {
				one.complete();
				two.complete();
				prune.complete();
				three.complete();
			}
			assertNewestAreWhole("round " + round);
		}
		if (Programs.isThere("restic")) {
			new Restic(place, temp).assertSound();
		}
	}

	@Test
	void resticWritesAtTheSameTime() throws Exception {
		Programs.require("restic");
		Restic restic = new Restic(place, temp);
		for (int round = 0; round < 2; round++) {
			change(round);
			Process theirs = restic.start(temp.resolve("theirs.log"), temp.resolve("device-1"), "backup", "device-1");
			try (WorkerProcess ours = WorkerProcess.begin(place, "save", folders.get(0).toString())) {
				ours.complete();
				assertEquals(0, theirs.waitFor(), Files.readString(temp.resolve("theirs.log")));
			} finally {
				theirs.destroyForcibly();
			}
			assertNewestAreWhole("round " + round);
		}
		restic.assertSound();
	}

	@Test
	void resticPrunesBetweenOursAndWeBetweenTheirs() throws IOException {
		Programs.require("restic");
		Restic restic = new Restic(place, temp);
		Path cache = temp.resolve("cache");
		Map<String, String> first = Samples.describe(folders.get(0));
		for (int round = 0; round < 3; round++) {
			change(round);
			// With a cache and an index from before the prune, as a program has that runs for days.
			try (Repository old = Samples.open(new TestStorage(place), OpenOptions.remote(cache))) {
				SnapshotRecord before = old.snapshots().stream().filter(s -> s.paths().contains("/device-0"))
						.findFirst()
						.orElseThrow();
				assertEquals(first, export(old, before, "device-0"), "round " + round);
				restic.run(temp, "forget", "--prune", "--max-unused", "0", "--keep-last", "1", "--group-by", "paths");
				assertEquals(first, export(old, before, "device-0"), "after their prune, round " + round);
				Samples.save(old, folders.get(0));
			}
			first = Samples.describe(folders.get(0));
			restic.run(temp.resolve("device-1"), "backup", "device-1");
			try (Repository repository = Samples.open(place)) {
				repository.forget(KeepPolicy.last(1).apply(repository.snapshots())
						.stream().filter(d -> !d.keeps()).map(d -> d.snapshot().id()).toList(), Duration.ZERO);
				repository.prune(PruneOptions.DEFAULT.withMaxUnused(0), JobMonitor.NONE);
			}
			change(round + 10);
			restic.run(temp.resolve("device-1"), "backup", "device-1");
			Files.writeString(folders.get(1).resolve("more"), "round " + round);
			restic.run(temp.resolve("device-1"), "backup", "device-1");
			for (int i = 0; i < 3; i++) {
				Files.write(folders.get(0).resolve("new-" + i),
						Samples.content(3000L + round * 40L + i * 4, 3_500_000));
			}
			try (Repository repository = Samples.open(place)) {
				Samples.save(repository, folders.get(0));
			}
			first = Samples.describe(folders.get(0));
			assertNewestAreWhole("round " + round);
			restic.assertSound();
		}
	}

	private void assertNewestAreWhole(String what) throws IOException {
		try (Repository repository = Samples.open(place)) {
			assertEquals(List.of(), Samples.check(repository).findings(), what);
			Map<String, SnapshotRecord> newest = new TreeMap<>();
			for (SnapshotRecord snapshot : repository.snapshots().reversed()) {
				String path = snapshot.paths().getFirst();
				newest.put(path.substring(path.lastIndexOf('/') + 1), snapshot);
			}
			assertEquals(2, newest.size(), newest.toString());
			assertTrue(repository.unlock(false) == 0, "all locks were given back");
			for (Path folder : folders) {
				String name = folder.getFileName().toString();
				SnapshotRecord snapshot = newest.get(name);
				assertEquals(Samples.describe(folder),
						export(repository, java.util.Objects.requireNonNull(snapshot), name), what + ", " + name);
			}
		}
	}

	private Map<String, String> export(Repository repository, SnapshotRecord snapshot, String name) throws IOException {
		Path out = Files.createTempDirectory(temp, "out");
		FolderExport.Exported exported = FolderExport.run(repository, snapshot.tree(), out, JobMonitor.NONE);
		assertEquals(List.of(), exported.failed());
		return Samples.describe(out.resolve(name));
	}
}
