// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0

package org.keepsake.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.Map;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.keepsake.core.ProblemException;
import org.keepsake.engine.BackupResult;
import org.keepsake.engine.KeptBackup;

/**
 * The connection is cut at random moments of incremental backups. After each, the version before is untouched and sound,
 * and the next run completes. {@code -Dkeepsake.cuts=N} sets the number of cuts.
 */
@Timeout(3600)
class CutTest {

	private static final int CUTS = Integer.getInteger("keepsake.cuts", 4);

	@TempDir
	Path folder;

	@Test
	void loseNothing() throws Exception {
		long seed = Long.getLong("keepsake.seed", System.nanoTime());
		System.out.println("seed " + seed);
		Random random = new Random(seed);
		try (Lab lab = new Lab(folder, Lab.device(folder.resolve("phone"), 21, false))) {
			lab.encrypt(0);
			KeptBackup before = lab.backup(0, 1).backup();
			for (int cut = 0; cut < CUTS; cut++) {
				String moment = random.nextBoolean() ? "cut-at-message=" + (1 + random.nextInt(40))
						: "cut-after-bytes=" + random.nextInt(400_000);
				String when = "cut " + cut + " by " + moment + ", seed " + seed;
				Map<String, String> kept = Lab.folderContent(Path.of(before.snapshot().path()));
				lab.put(0, "CameraRollDomain", "Media/DCIM/100APPLE/IMG_8%03d.JPG".formatted(cut), bytes(random));
				lab.put(0, "HomeDomain", "Library/Notes/same.txt", bytes(random));
				lab.faults(0, moment);
				try {
					lab.backup(0, 1);
				} catch (ProblemException e) {
					assertEquals("device.connection-lost", e.problem().code(), when);
					assertEquals(kept, Lab.folderContent(Path.of(before.snapshot().path())), when);
				}
				lab.faults(0, "");
				lab.assertSound(lab.newest(0), "newest after " + when);
				BackupResult next = lab.backup(0, 1);
				lab.assertSound(next.backup(), "next after " + when);
				before = next.backup();
			}
		}
	}

	private static byte[] bytes(Random random) {
		byte[] bytes = new byte[random.nextInt(300_000)];
		random.nextBytes(bytes);
		return bytes;
	}
}
