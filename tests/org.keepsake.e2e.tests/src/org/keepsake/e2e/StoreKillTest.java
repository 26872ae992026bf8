// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0

package org.keepsake.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.keepsake.core.JobMonitor;
import org.keepsake.core.target.SnapshotId;
import org.keepsake.engine.BackupRequest;
import org.keepsake.repository.PruneOptions;
import org.keepsake.repository.Repository;

/**
 * The client is killed at random moments of whole backups into a repository, wherever that is kept. After each, earlier
 * versions are sound to the last byte, and the next run completes with what the killed one has stored, storing nothing
 * twice. {@code -Dkeepsake.kills=N} sets the number of kills for each kind of store.
 */
@Timeout(3600)
class StoreKillTest {

	private static final int KILLS = Integer.getInteger("keepsake.kills", 2);
	/** Packs of 4 MiB are filled and put while the backup goes on: about seven of what is new in each. */
	private static final int PHOTOS = 14;
	private static final int PHOTO_BYTES = 2_000_000;
	/** A repository is kept small by this. */
	private static final int KILLS_BETWEEN_PRUNES = 4;

	@TempDir
	Path folder;

	@ParameterizedTest
	@EnumSource
	void aKilledClientLosesNothingAndWhatItStoredIsUsed(Store.Kind kind) throws Exception {
		long seed = Long.getLong("keepsake.seed", System.nanoTime());
		Random random = new Random(seed);
		System.out.println(kind + ", seed " + seed);
		long begun = System.nanoTime();
		Tally tally = new Tally();
		try (Store store = kind.open(folder.resolve("server"));
				Lab lab = Lab.with(store, Map.of("prune", "never", "pack.size", "4M"), folder.resolve("lab"),
						Lab.device(folder.resolve("phone"), 31, false))) {
			lab.keepsake.devices().pair(lab.udid(0), lab.monitor);
			lab.putPhotos(0, PHOTOS, PHOTO_BYTES, random);
			long whole = backup(lab);
			for (int kill = 1; kill <= KILLS; kill++) {
				lab.putPhotos(0, PHOTOS, PHOTO_BYTES, random);
				kill(lab, Moment.random(random, whole), "kill " + kill + ", seed " + seed, tally);
				if (kill % KILLS_BETWEEN_PRUNES == 0 || kill == KILLS) {
					tally.left += prune(lab);
				}
			}
			Restic.check(lab);
			System.out.println(kind + " in " + (System.nanoTime() - begun) / 1_000_000 + " ms: " + tally);
		}
	}

	/** When the client is killed: at the beginning of a phase, or in the long one when it has received so much. */
	private record Moment(String phase, long bytes) {

		private static final List<String> EARLY = List.of("preparing", "applications", "waiting");
		private static final List<String> LATE = List.of("verifying", "finishing", "proving", "keeping", "committing",
				"freeing");

		static Moment random(Random random, long whole) {
			return switch (random.nextInt(8)) {
				case 0 -> new Moment(EARLY.get(random.nextInt(EARLY.size())), 0);
				case 1 -> new Moment(LATE.get(random.nextInt(LATE.size())), 0);
				default -> new Moment("", random.nextLong(whole));
			};
		}

		void kill(ClientProcess client) throws Exception {
			if (phase.isEmpty()) {
				client.killAtBytes(bytes);
			} else {
				client.killAtPhase(phase);
			}
		}
	}

	/** What was seen. */
	private static final class Tally {
		private int early;
		private int midway;
		private int late;
		private long found;
		private long added;
		private int left;

		@Override
		public String toString() {
			return early + " kills before the first pack was put, " + midway + " after one, " + late
					+ " after the commit; " + found + " bytes of theirs were there, " + added
					+ " were added by the next; "
					+ left + " files were left half-written";
		}
	}

	private static void kill(Lab lab, Moment moment, String kill, Tally tally) throws Exception {
		String when = kill + " at " + moment;
		SnapshotId before = lab.newest(0).snapshot().id();
		Map<String, Long> packsBefore = lab.packs();
		try (ClientProcess client = ClientProcess.begin(lab, 0, true, 1)) {
			moment.kill(client);
		}
		Restic.check(lab);
		List<SnapshotId> versions = ids(lab);
		assertTrue(versions.contains(before), when);
		boolean committed = !versions.getFirst().equals(before);
		Map<String, Long> packsKilled = lab.packs();
		packsKilled.keySet().removeIf(pack -> !packsBefore.containsKey(pack) && !lab.isWhole(pack));
		assertTrue(packsKilled.keySet().containsAll(packsBefore.keySet()), when);

		backup(lab);
		assertEquals(lab.unencryptedFilesOf(0), lab.filesOf(lab.newest(0)), when);
		assertTrue(ids(lab).contains(versions.getFirst()), when);
		Map<String, Long> packsNow = lab.packs();
		assertTrue(packsNow.keySet().containsAll(packsKilled.keySet()), when);
		lab.assertStoreSound(when);
		Restic.assertNothingIsStoredTwice(lab);

		packsNow.keySet().removeAll(packsKilled.keySet());
		packsKilled.keySet().removeAll(packsBefore.keySet());
		tally.found += bytes(packsKilled);
		tally.added += bytes(packsNow);
		if (committed) {
			tally.late++;
		} else if (packsKilled.isEmpty()) {
			tally.early++;
		} else {
			tally.midway++;
		}
	}

	/** Frees all room; what lies half-written since yesterday goes too. @return how much there was of it */
	private static int prune(Lab lab) throws IOException {
		FileTime longAgo = FileTime.from(Instant.now().minus(Duration.ofDays(2)));
		List<Path> half = halfWritten(lab);
		for (Path file : half) {
			Files.setLastModifiedTime(file, longAgo);
		}
		try (Repository repository = lab.keepsake.repositories().open(lab.shelf())) {
			repository.prune(PruneOptions.DEFAULT.withMaxUnused(0), JobMonitor.NONE);
		}
		assertEquals(List.of(), halfWritten(lab));
		return half.size();
	}

	private static List<Path> halfWritten(Lab lab) throws IOException {
		try (Stream<Path> files = Files.walk(lab.repository())) {
			return files.filter(file -> file.getFileName().toString().contains("tmp-")
					|| file.getFileName().toString().contains("-temp-")).toList();
		}
	}

	/** A whole backup. @return bytes that were received */
	private static long backup(Lab lab) throws IOException {
		return lab.keepsake.backup(new BackupRequest(lab.udid(0), lab.shelf(), true, 1), lab.monitor).transfer()
				.bytesReceived();
	}

	private static List<SnapshotId> ids(Lab lab) throws IOException {
		return lab.versions(0).stream().map(version -> version.snapshot().id()).toList();
	}

	private static long bytes(Map<String, Long> packs) {
		return packs.values().stream().mapToLong(Long::longValue).sum();
	}
}
