// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0

package org.keepsake.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.keepsake.core.Secret;
import org.keepsake.engine.BackupResult;
import org.keepsake.engine.KeptBackup;
import org.keepsake.engine.Proof;
import org.keepsake.engine.ProofLevel;
import org.keepsake.engine.RestoreRequest;

/** The whole way of a person's data through a repository: from a phone, and onto another phone. */
@Timeout(180)
class RepositoryJourneyTest {

	@TempDir
	Path folder;

	@Test
	void encryptedBackupsRestoreOntoABlankDevice() throws Exception {
		try (Lab lab = new Lab(folder, Lab.device(folder.resolve("phone"), 1, false),
				Lab.device(folder.resolve("blank"), 2, true)).withRepository()) {
			lab.keepsake.devices().pair(lab.udid(0), lab.monitor);
			lab.encrypt(0);
			BackupResult first = lab.backup(0, 1);
			assertTrue(first.full());
			Restic.check(lab);
			Map<String, String> before = lab.content(0);

			lab.put(0, "CameraRollDomain", "Media/DCIM/100APPLE/IMG_9001.JPG", new byte[200_000]);
			lab.put(0, "HomeDomain", "Library/Notes/grüße.txt", "changed".getBytes());
			BackupResult second = lab.backup(0, 1);
			assertFalse(second.full());
			assertTrue(second.transfer().filesReceived() < first.transfer().filesReceived());
			Restic.check(lab);
			assertEquals(2, lab.versions(0).size());
			for (KeptBackup version : lab.versions(0)) {
				lab.assertSound(version, version.snapshot().path());
			}
			try (Secret password = Secret.of(Lab.PASSWORD)) {
				for (ProofLevel level : List.of(ProofLevel.CONTENT, ProofLevel.DRILL)) {
					Proof proof = lab.keepsake.prove(second.backup(), level, password, lab.monitor);
					assertEquals(List.of(), proof.damage(), level.toString());
				}
			}
			restore(lab, second.backup());
			assertRestored(lab.content(0), lab.content(1));
			restore(lab, lab.versions(0).getLast());
			assertRestored(before, lab.content(1));
		}
	}

	private static void restore(Lab lab, KeptBackup backup) throws IOException {
		try (Secret password = Secret.of(Lab.PASSWORD)) {
			lab.keepsake.restore(new RestoreRequest(backup, lab.udid(1), password, true, false, false, true, true),
					lab.monitor);
		}
	}

	private static void assertRestored(Map<String, String> expected, Map<String, String> actual) {
		Map<String, String> missing = new TreeMap<>(expected);
		missing.entrySet().removeIf(entry -> entry.getValue().equals(actual.get(entry.getKey())));
		assertEquals(Map.of(), missing, () -> missing.size() + " of " + expected.size() + " differ");
	}
}
