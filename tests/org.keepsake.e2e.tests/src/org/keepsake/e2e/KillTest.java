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

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.keepsake.core.target.SnapshotId;
import org.keepsake.engine.KeptBackup;

/**
 * The client is killed at random moments of incremental backups. After each, what was kept before is untouched and
 * sound, or the new version is; then the next run completes, and what was the newest before it is still sound.
 * {@code -Dkeepsake.kills=N} sets the number of kills.
 */
@Timeout(3600)
class KillTest {

	private static final int KILLS = Integer.getInteger("keepsake.kills", 4);
	private static final int KEEP_EARLIER = 1;

	@TempDir
	Path folder;

	private int changes;

	@Test
	void loseNothing() throws Exception {
		long seed = Long.getLong("keepsake.seed", System.nanoTime());
		System.out.println("seed " + seed);
		Random random = new Random(seed);
		try (Lab lab = new Lab(folder.resolve("lab"), Lab.device(folder.resolve("phone"), 31, false))) {
			lab.encrypt(0);
			complete(lab, "the first backup");
			change(lab, random);
			long whole = complete(lab, "the first incremental backup");
			int late = 0;
			for (int kill = 0; kill < KILLS; kill++) {
				KeptBackup before = lab.newest(0);
				Map<String, String> kept = Lab.folderContent(Path.of(before.snapshot().path()));
				change(lab, random);
				long moment = random.nextLong(whole + 1);
				String when = "kill " + kill + " after " + moment + " of " + whole + " ms, seed " + seed;
				try (ClientProcess client = ClientProcess.begin(lab, 0, KEEP_EARLIER)) {
					boolean killed = client.killAfter(moment);
					boolean committed = assertNothingLost(lab, before, kept, when);
					late += committed ? 1 : 0;
					assertTrue(killed || committed, when);
				}
				whole = Math.max(whole / 2, complete(lab, "the backup after " + when));
			}
			System.out.println(KILLS + " kills, of which " + late + " after the commit");
		}
	}

	/** Whether the run that was killed had committed its version. */
	private boolean assertNothingLost(Lab lab, KeptBackup before, Map<String, String> kept, String when)
			throws IOException {
		KeptBackup newest = lab.newest(0);
		lab.assertSound(newest, when);
		SnapshotId id = before.snapshot().id();
		boolean committed = !newest.snapshot().id().equals(id);
		KeptBackup same = version(lab, id, when);
		assertEquals(kept, Lab.folderContent(Path.of(same.snapshot().path())), when);
		if (committed) {
			lab.assertSound(same, when);
			assertEquals(lab.filesOf(0), lab.filesOf(newest), when);
		}
		assertNothingOutside(when);
		return committed;
	}

	/** Runs a backup to its end, in milliseconds. */
	private long complete(Lab lab, String what) throws Exception {
		List<KeptBackup> before = lab.versions(0);
		long duration;
		try (ClientProcess client = ClientProcess.begin(lab, 0, KEEP_EARLIER)) {
			long started = System.nanoTime();
			client.complete();
			duration = (System.nanoTime() - started) / 1_000_000;
		}
		lab.assertSound(lab.newest(0), what);
		assertEquals(lab.filesOf(0), lab.filesOf(lab.newest(0)), what);
		if (!before.isEmpty()) {
			assertStillSound(lab, before.getFirst().snapshot().id(), what);
		}
		assertNothingOutside(what);
		return duration;
	}

	private static void assertStillSound(Lab lab, SnapshotId id, String what) throws IOException {
		lab.assertSound(version(lab, id, what), "the version before " + what);
		assertEquals(KEEP_EARLIER + 1, lab.versions(0).size(), what);
	}

	private static KeptBackup version(Lab lab, SnapshotId id, String when) throws IOException {
		return lab.versions(0).stream().filter(version -> version.snapshot().id().equals(id)).findFirst()
				.orElseThrow(() -> new AssertionError("The version before is gone: " + when));
	}

	/** What lies around: neither the backups, nor the device, nor what the engine keeps in its own folder. */
	private void assertNothingOutside(String when) throws IOException {
		Map<String, String> around = Lab.folderContent(folder, folder.resolve("lab/backups"),
				folder.resolve("lab/home"), folder.resolve("phone"));
		around.remove("lab/class-path.txt");
		assertEquals(Map.of(), around, when);
	}

	/** Some photos come, one goes, a note is rewritten. */
	private void change(Lab lab, Random random) throws IOException {
		for (int photo = 0; photo < 6; photo++) {
			lab.put(0, "CameraRollDomain", "Media/DCIM/100APPLE/IMG_7%04d.JPG".formatted(changes++),
					bytes(random, 400_000));
		}
		if (changes > 12) {
			lab.files(0).remove("CameraRollDomain", "Media/DCIM/100APPLE/IMG_7%04d.JPG".formatted(changes - 12));
		}
		lab.put(0, "HomeDomain", "Library/Notes/same.txt", bytes(random, 200_000));
	}

	private static byte[] bytes(Random random, int most) {
		byte[] bytes = new byte[random.nextInt(most)];
		random.nextBytes(bytes);
		return bytes;
	}
}
