// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0

package org.keepsake.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.keepsake.core.DeviceDetails;
import org.keepsake.core.Problem;
import org.keepsake.core.Secret;
import org.keepsake.engine.BackupRequest;
import org.keepsake.engine.BackupResult;
import org.keepsake.engine.KeptBackup;
import org.keepsake.engine.Preflight;
import org.keepsake.engine.RestorePlan;
import org.keepsake.engine.RestoreRequest;
import org.keepsake.engine.RestoreResult;
import org.keepsake.ios.backup.VerifyLevel;

/** The whole way of a person's data: from a phone into a folder, and onto another phone. */
@Timeout(120)
class JourneyTest {

	@TempDir
	Path folder;

	@Test
	void encryptedBackupsRestoreOntoABlankDevice() throws Exception {
		try (Lab lab = new Lab(folder, Lab.device(folder.resolve("phone"), 1, false),
				Lab.device(folder.resolve("blank"), 2, true))) {
			lab.keepsake.devices().pair(lab.udid(0), lab.monitor);
			assertTrue(lab.keepsake.devices().describe(lab.udid(0)).paired());
			lab.encrypt(0);
			BackupResult first = lab.backup(0, 1);
			assertTrue(first.full());
			Map<String, String> before = lab.content(0);

			lab.put(0, "CameraRollDomain", "Media/DCIM/100APPLE/IMG_9001.JPG", new byte[200_000]);
			lab.put(0, "HomeDomain", "Library/Notes/grüße.txt", "changed".getBytes());
			BackupResult second = lab.backup(0, 1);
			assertFalse(second.full());
			assertTrue(second.transfer().filesReceived() < first.transfer().filesReceived());
			assertEquals(2, lab.versions(0).size());
			for (KeptBackup version : lab.versions(0)) {
				lab.assertSound(version, version.snapshot().path());
			}

			RestoreResult restored = restore(lab, second.backup(), true);
			assertTrue(restored.confirmed().size() >= 3, restored.confirmed()::toString);
			assertRestored(lab.content(0), lab.content(1));

			restore(lab, lab.versions(0).getLast(), true);
			assertRestored(before, lab.content(1));
			assertTrue(lab.keepsake.lastVerification(second.backup()).isPresent());
		}
	}

	@Test
	void anUnencryptedBackupIsMadeVerifiedAndRestoredOntoTheSameDevice() throws Exception {
		try (Lab lab = new Lab(folder, Lab.device(folder.resolve("phone"), 3, false))) {
			BackupResult made = lab.backup(0, 0);
			assertFalse(made.backup().snapshot().summary().encrypted());
			assertEquals(0, lab.verify(made.backup(), VerifyLevel.STRUCTURE).damaged().size());
			lab.assertSound(made.backup(), "unencrypted");
			Map<String, String> before = lab.content(0);
			lab.put(0, "HomeDomain", "Library/Notes/later.txt", "not in the backup".getBytes());
			RestoreResult result = restore(lab, made.backup(), true);
			assertTrue(result.remaining().stream().anyMatch(step -> step.contains("passwords")));
			Map<String, String> after = lab.content(0);
			assertRestored(Lab.unencrypted(before), after);
			assertEquals(Lab.unencrypted(after), after, "what was not in the backup is not there");
		}
	}

	@Test
	void theKeptBackupIsTheSameAfterARestore() throws Exception {
		try (Lab lab = new Lab(folder, Lab.device(folder.resolve("phone"), 4, false))) {
			BackupResult made = lab.backup(0, 0);
			Map<String, String> before = Lab.folderContent(Path.of(made.backup().snapshot().path()));
			restore(lab, made.backup(), true);
			assertEquals(before, Lab.folderContent(Path.of(made.backup().snapshot().path())));
		}
	}

	@Test
	void theWrongPasswordIsFoundBeforeTheDeviceIsTouched() throws Exception {
		try (Lab lab = new Lab(folder, Lab.device(folder.resolve("phone"), 5, false))) {
			lab.encrypt(0);
			BackupResult made = lab.backup(0, 0);
			Map<String, String> before = lab.content(0);
			RestoreRequest request = new RestoreRequest(made.backup(), lab.udid(0), Secret.of("wrong"), false, true,
					false, true, true);
			RestorePlan plan = lab.keepsake.planRestore(request, lab.monitor);
			assertFalse(plan.ready());
			Problem problem = Lab.problemOf(() -> lab.keepsake.restore(request, lab.monitor));
			assertEquals("backup.wrong-password", problem.code());
			assertEquals(before, lab.content(0));
		}
	}

	@Test
	void changingThePasswordMakesTheNextBackupFullAndOldVersionsKeepTheirs() throws Exception {
		try (Lab lab = new Lab(folder, Lab.device(folder.resolve("phone"), 6, false))) {
			lab.encrypt(0);
			BackupResult first = lab.backup(0, 1);
			try (Secret before = Secret.of(Lab.PASSWORD); Secret after = Secret.of("another")) {
				lab.keepsake.changeBackupPassword(lab.udid(0), before, after, lab.monitor);
				BackupResult second = lab.backup(0, 1);
				assertTrue(second.full());
				assertEquals(0, lab.keepsake.verify(second.backup(), VerifyLevel.CRYPTO, after, lab.monitor).damaged()
						.size());
			}
			KeptBackup old = lab.versions(0).getLast();
			assertEquals(first.backup().snapshot().id(), old.snapshot().id());
			lab.assertSound(old, "older version");
		}
	}

	@Test
	void preflightAndDoctorSpeakOfTheRealDevice() throws Exception {
		try (Lab lab = new Lab(folder, Lab.device(folder.resolve("phone"), 7, false))) {
			lab.keepsake.devices().pair(lab.udid(0), lab.monitor);
			Preflight preflight = lab.keepsake.preflight(new BackupRequest(lab.udid(0), lab.shelf(), false, 0),
					lab.monitor);
			assertTrue(preflight.ready(), () -> preflight.findings().toString());
			DeviceDetails device = preflight.device();
			assertTrue(device.capacityBytes() != null && device.batteryPercent() != null, device::toString);
			assertFalse(Files.exists(Path.of(lab.shelf())), "nothing is made by looking");
		}
	}

	private static RestoreResult restore(Lab lab, KeptBackup backup, boolean removeOthers) throws IOException {
		int target = lab.phones.udids().size() - 1;
		boolean encrypted = backup.snapshot().summary().encrypted();
		return lab.keepsake.restore(new RestoreRequest(backup, lab.udid(target),
				encrypted ? Secret.of(Lab.PASSWORD) : null, true, false, false, removeOthers, true), lab.monitor);
	}

	private static void assertRestored(Map<String, String> expected, Map<String, String> actual) {
		Map<String, String> missing = new TreeMap<>(expected);
		missing.entrySet().removeIf(entry -> entry.getValue().equals(actual.get(entry.getKey())));
		assertEquals(Map.of(), missing, () -> missing.size() + " of " + expected.size() + " differ");
	}
}
