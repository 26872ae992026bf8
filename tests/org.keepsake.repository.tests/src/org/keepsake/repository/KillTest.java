// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.repository;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.keepsake.core.JobMonitor;
import org.keepsake.repository.internal.PackContents;
import org.keepsake.testing.Programs;

/**
 * A process that saves, or prunes, is killed at any moment. {@code -Dkeepsake.kills=N} for more than the few that are
 * usual, {@code -Dkeepsake.seed} for the same ones.
 */
@Timeout(value = 60, unit = TimeUnit.MINUTES)
class KillTest {

	@TempDir
	Path temp;
	private Path place;
	private Path folder;
	private Random random = new Random();
	private int files;

	@Test
	void losesNothingAndStoresNothingTwice() throws IOException, InterruptedException {
		int kills = Integer.getInteger("keepsake.kills", 5);
		long seed = Long.getLong("keepsake.seed", System.nanoTime());
		System.out.println("KillTest: seed " + seed);
		random = new Random(seed);
		place = temp.resolve("repository");
		folder = Samples.folder(temp, 81);
		try (Repository repository = Samples.init(place, 2)) {
			Samples.save(repository, folder);
		}
		change();
		long usual = complete("save");
		int saves = 0;
		int prunes = 0;
		int late = 0;
		for (int round = 0; saves + prunes < kills; round++) {
			boolean prune = round % 3 == 2;
			if (prune) {
				forgetTwo();
			} else {
				change();
			}
			Set<BlobId> snapshots = snapshots();
			long micros = (long) (random.nextDouble() * usual);
			boolean killed;
			try (WorkerProcess worker = prune ? WorkerProcess.begin(place, "prune")
					: WorkerProcess.begin(place, "save", folder.toString())) {
				killed = worker.killAfter(micros);
			}
			String what = (prune ? "prune" : "save") + " killed after " + micros + " µs, seed " + seed + ", round "
					+ round;
			late += killed ? 0 : 1;
			saves += killed && !prune ? 1 : 0;
			prunes += killed && prune ? 1 : 0;
			assertSound(snapshots, what);
			storesNothingTwice(what);
			assertSound(snapshots, what + ", and another run");
			assertTrue(late < 10 * kills, "hardly any was killed in time");
		}
		System.out.println("KillTest: " + saves + " saves and " + prunes + " prunes were killed");
		assertTheNewestIsTheFolder();
		if (Programs.isThere("restic")) {
			new Restic(place, Files.createDirectories(temp.resolve("logs"))).assertSound();
		}
	}

	/** The next run completes, and no blob of its packs was in a pack before. */
	private void storesNothingTwice(String what) throws IOException, InterruptedException {
		Map<BlobId, List<BlobId>> before = packs();
		Set<BlobId> stored = new HashSet<>();
		before.values().forEach(stored::addAll);
		complete("save");
		Set<BlobId> seen = new HashSet<>();
		for (Map.Entry<BlobId, List<BlobId>> pack : packs().entrySet()) {
			if (!before.containsKey(pack.getKey())) {
				assertTrue(!pack.getValue().isEmpty(), what);
				for (BlobId blob : pack.getValue()) {
					assertTrue(!stored.contains(blob) && seen.add(blob), blob + " was stored before: " + what);
				}
			}
		}
	}

	private Map<BlobId, List<BlobId>> packs() throws IOException {
		try (Repository repository = Samples.open(place)) {
			return PackContents.of(repository.vault());
		}
	}

	/** @return microseconds that it took */
	private long complete(String what) throws IOException {
		long begun;
		try (WorkerProcess worker = WorkerProcess.begin(place, what, folder.toString())) {
			begun = System.nanoTime();
			worker.complete();
		}
		return (System.nanoTime() - begun) / 1000;
	}

	private void change() throws IOException {
		for (int i = 0; i < 4; i++) {
			Files.write(folder.resolve("more-" + random.nextInt(8)),
					Samples.content(1000 + files++, 1_000_000 + random.nextInt(6_000_000)));
		}
		Files.writeString(folder.resolve("small"), "round " + files);
	}

	private void forgetTwo() throws IOException {
		try (Repository repository = Samples.open(place)) {
			List<SnapshotRecord> all = repository.snapshots();
			repository.forget(all.subList(1, all.size()).stream().filter(s -> random.nextBoolean()).limit(2)
					.map(SnapshotRecord::id).toList(), Duration.ofMinutes(1));
		}
	}

	private Set<BlobId> snapshots() throws IOException {
		try (Repository repository = Samples.open(place)) {
			return Set.copyOf(repository.snapshots().stream().map(SnapshotRecord::id).toList());
		}
	}

	private void assertSound(Set<BlobId> snapshots, String what) throws IOException {
		try (Repository repository = Samples.open(place)) {
			CheckReport report = Samples.check(repository);
			assertEquals(List.of(), report.findings(), what);
			assertTrue(repository.snapshots().stream().map(SnapshotRecord::id).toList().containsAll(snapshots), what);
		}
	}

	private void assertTheNewestIsTheFolder() throws IOException {
		try (Repository repository = Samples.open(place)) {
			Path out = temp.resolve("out");
			FolderExport.run(repository, repository.snapshot("latest").tree(), out, JobMonitor.NONE);
			assertEquals(Samples.describe(folder), Samples.describe(out.resolve(folder.getFileName())));
		}
	}
}
