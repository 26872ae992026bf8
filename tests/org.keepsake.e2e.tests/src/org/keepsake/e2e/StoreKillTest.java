// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0

package org.keepsake.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.keepsake.core.JobMonitor;
import org.keepsake.core.target.SnapshotId;
import org.keepsake.engine.BackupRequest;
import org.keepsake.repository.CheckOptions;
import org.keepsake.repository.CheckReport;
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
			change(lab, random);
			long whole = backup(lab);
			for (int kill = 1; kill <= KILLS; kill++) {
				change(lab, random);
				kill(lab, Moment.random(random, whole), "kill " + kill + ", seed " + seed, tally);
				if (kill % KILLS_BETWEEN_PRUNES == 0) {
					prune(lab);
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

		@Override
		public String toString() {
			return early + " kills before the first pack was put, " + midway + " after one, " + late
					+ " after the commit; " + found + " bytes of theirs were there, " + added + " were added by the next";
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
		assertTrue(packsKilled.keySet().containsAll(packsBefore.keySet()), when);

		backup(lab);
		assertEquals(lab.filesOf(0), lab.filesOf(lab.newest(0)), when);
		assertTrue(ids(lab).contains(versions.getFirst()), when);
		Map<String, Long> packsNow = lab.packs();
		assertTrue(packsNow.keySet().containsAll(packsKilled.keySet()), when);
		assertSoundAndAllInUse(lab, when);
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

	/** By our own check, through the server; no pack is left unlisted. */
	private static void assertSoundAndAllInUse(Lab lab, String when) throws IOException {
		try (Repository repository = lab.keepsake.repositories().open(lab.shelf())) {
			CheckReport report = repository.check(CheckOptions.READ_DATA, JobMonitor.NONE);
			assertEquals(List.of(), report.findings(), when);
			assertEquals(List.of(), report.hints(), when);
			assertEquals(report.packs(), report.packsRead(), when);
		}
	}

	private static void prune(Lab lab) throws IOException {
		try (Repository repository = lab.keepsake.repositories().open(lab.shelf())) {
			repository.prune(PruneOptions.DEFAULT.withMaxUnused(0), JobMonitor.NONE);
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

	/** New photos in place of the last, so that the device stays as large as it is. */
	private static void change(Lab lab, Random random) throws IOException {
		for (int photo = 0; photo < PHOTOS; photo++) {
			byte[] bytes = new byte[PHOTO_BYTES + random.nextInt(PHOTO_BYTES / 10)];
			random.nextBytes(bytes);
			lab.put(0, "CameraRollDomain", "Media/DCIM/100APPLE/IMG_7%03d.JPG".formatted(photo), bytes);
		}
	}
}
