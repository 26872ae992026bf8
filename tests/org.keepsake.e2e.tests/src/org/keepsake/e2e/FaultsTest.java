// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0

package org.keepsake.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.keepsake.core.Problem;
import org.keepsake.core.Secret;
import org.keepsake.engine.BackupRequest;
import org.keepsake.engine.BackupResult;
import org.keepsake.engine.RestoreRequest;
import org.keepsake.virtual.VirtualOptions;
import org.keepsake.virtual.VirtualOptions.Profile;
import org.keepsake.virtual.VirtualOptions.Trust;

/** Whatever a device does ends in a problem that a person can act on, in time, and costs no kept backup. */
@Timeout(120)
class FaultsTest {

	@TempDir
	Path folder;

	@ParameterizedTest
	@CsvSource({ "cut-at-message=3, device.connection-lost", "cut-after-bytes=20000, device.connection-lost",
			"disk-full, device.host-disk-full", "device-cancel=5, device.cancelled-on-device",
			"passcode-ignored=1, device.needs-passcode", "setup, device.setup-not-finished",
			"icloud-restore, device.cloud-restore-running", "service-missing=com.apple.mobilebackup2, *",
			"sync-busy, device.busy", "mdm-forbidden, *", "file-error=all, device.files-unreadable",
			"hostile-length=message, *", "before-first-unlock, device.locked", "lie-listing, *" })
	void endsInAProblemAndTheVersionBeforeStaysAndTheNextRunCompletes(String fault, String code) throws Exception {
		try (Lab lab = new Lab(folder.resolve("lab"), Lab.device(folder.resolve("phone"), 11, false))) {
			BackupResult first = lab.backup(0, 1);
			Map<String, String> kept = Lab.folderContent(Path.of(first.backup().snapshot().path()));
			Map<String, String> around = outside();
			lab.put(0, "HomeDomain", "Library/Notes/new.txt", new byte[50_000]);
			lab.faults(0, fault);
			Problem problem = Lab.problemOf(() -> lab.backup(0, 1));
			assertFalse(problem.remedy().isBlank() || problem.title().isBlank(), problem::toString);
			assertFalse(problem.code().equals("engine.unexpected"), problem::toString);
			if (!code.equals("*")) {
				assertEquals(code, problem.code(), problem::cause);
			}
			assertEquals(kept, Lab.folderContent(Path.of(first.backup().snapshot().path())), "the version before");
			assertEquals(around, outside(), "files outside the target");
			lab.faults(0, "");
			BackupResult next = lab.backup(0, 1);
			lab.assertSound(next.backup(), "after " + fault);
			lab.assertSound(lab.versions(0).getLast(), "the version before " + fault);
		}
	}

	/** The limit is read when a device is first spoken to; on real devices it is twenty minutes. */
	@ParameterizedTest
	@ValueSource(strings = { "stall=3", "stall=bytes:30000" })
	void aDeviceThatFallsSilentInMidBackupEndsInAProblemAndTheNextRunCompletes(String fault) throws Exception {
		String usual = System.setProperty("keepsake.device.silence", "2");
		try {
			endsInAProblemAndTheVersionBeforeStaysAndTheNextRunCompletes(fault, "device.not-responding");
		} finally {
			System.setProperty("keepsake.device.silence", usual == null ? "" : usual);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "hostile-path=..", "hostile-path=absolute", "hostile-path=nul", "hostile-path",
			"unknown-message", "hostile-length=name", "hostile-length=path", "no-ssl-services", "gestalt",
			"undashed-serial" })
	void oddDevicesTouchNothingOutsideTheTarget(String fault) throws Exception {
		try (Lab lab = new Lab(folder.resolve("lab"), Lab.device(folder.resolve("phone"), 12, false))) {
			lab.faults(0, fault);
			Map<String, String> around = outside();
			try {
				lab.assertSound(lab.backup(0, 0).backup(), fault);
			} catch (org.keepsake.core.ProblemException e) {
				assertFalse(e.problem().code().equals("engine.unexpected"), e.problem()::toString);
			}
			assertEquals(around, outside());
		}
	}

	/** Everything near the backups that is neither theirs, nor the device's own, nor the engine's journal. */
	private Map<String, String> outside() throws Exception {
		return Lab.folderContent(folder, folder.resolve("lab/backups"), folder.resolve("phone"),
				folder.resolve("lab/home"));
	}

	@ParameterizedTest
	@CsvSource({ "find-my, *", "setup, device.setup-not-finished", "cut-at-message=4, engine.restore-interrupted",
			"icloud-restore, device.cloud-restore-running" })
	void aRestoreThatTheDeviceRefusesLeavesBothSidesAsTheyWere(String fault, String code) throws Exception {
		try (Lab lab = new Lab(folder.resolve("lab"), Lab.device(folder.resolve("phone"), 13, false))) {
			lab.encrypt(0);
			BackupResult made = lab.backup(0, 0);
			Map<String, String> kept = Lab.folderContent(Path.of(made.backup().snapshot().path()));
			Map<String, String> device = lab.content(0);
			lab.faults(0, fault);
			Problem problem = Lab.problemOf(() -> lab.keepsake.restore(new RestoreRequest(made.backup(), lab.udid(0),
					Secret.of(Lab.PASSWORD), true, true, false, true, true), lab.monitor));
			if (!code.equals("*")) {
				assertEquals(code, problem.code(), problem::cause);
			}
			assertEquals(kept, Lab.folderContent(Path.of(made.backup().snapshot().path())));
			assertEquals(device, lab.content(0));
		}
	}

	@Test
	void aProfileThatDemandsEncryptionIsToldBeforeTheBackup() throws Exception {
		try (Lab lab = new Lab(folder, Lab.device(folder.resolve("phone"), 14, false))) {
			lab.faults(0, "mdm-encryption");
			String code = Lab.problemOf(() -> lab.backup(0, 0)).code();
			assertTrue(code.equals("engine.encryption-required") || code.startsWith("device."), code);
		}
	}

	@Test
	void aPersonWhoDoesNotTrustEndsTheBackup() throws Exception {
		VirtualOptions denied = new VirtualOptions(folder.resolve("phone"), null, null, null, Profile.SMALL, 0, 0, 15,
				true, Trust.DENY, false, true);
		try (Lab lab = new Lab(folder, denied)) {
			assertEquals("device.pairing-denied", Lab.problemOf(() -> lab.backup(0, 0)).code());
		}
	}

	@Test
	void aDeviceThatIsUnpluggedIsWaitedForAndTheBackupCompletes() throws Exception {
		try (Lab lab = new Lab(folder, Lab.device(folder.resolve("phone"), 16, 200, 8_000_000))) {
			lab.keepsake.devices().pair(lab.udid(0), lab.monitor);
			boolean[] pulled = new boolean[1];
			String udid = lab.udid(0).value();
			var monitor = new org.keepsake.core.JobControl(event -> {
				if (event instanceof org.keepsake.core.JobEvent.Progress progress && progress.filesDone() > 20
						&& !pulled[0]) {
					pulled[0] = true;
					Thread.ofVirtual().start(() -> lab.phones.unplug(udid));
				} else if (event instanceof org.keepsake.core.JobEvent.Notice notice
						&& notice.code().equals("backup.resuming")) {
					Thread.ofVirtual().start(() -> lab.phones.plug(udid));
				}
			});
			BackupResult result = lab.keepsake.backup(new BackupRequest(lab.udid(0), lab.shelf(), false, 0), monitor);
			assertTrue(pulled[0]);
			assertTrue(result.remarks().stream().anyMatch(remark -> remark.contains("resumed")), result::toString);
			lab.assertSound(result.backup(), "resumed");
		}
	}
}
