// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ui.internal.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.keepsake.engine.KeptBackup;
import org.keepsake.ui.internal.Messages;
import org.keepsake.ui.internal.Stand;
import org.keepsake.ui.internal.job.RunningJob;
import org.keepsake.ui.internal.job.RunningJob.State;
import org.keepsake.ui.internal.model.DevicePage.Fact;
import org.keepsake.virtual.VirtualOptions.Trust;

/** The models of the window with the real engine and a virtual iPhone, without a window. */
class ModelsTest {

	@TempDir
	Path folder;

	@Test
	void deviceComesIsChosenAndGoes() throws Exception {
		try (Stand stand = new Stand(folder, Trust.ASK)) {
			AtomicInteger changes = new AtomicInteger();
			Model.Subscription heard = stand.devices.onChange(changes::incrementAndGet);
			try (heard) {
				Stand.await("the device is described", () -> stand.devices.chosen().filter(DeviceItem::needsPairing)
						.isPresent());
				assertEquals("Ada & Zoë", stand.devices.chosen().orElseThrow().title());
				int whileThere = changes.get();
				stand.unplug();
				Stand.await("the device is gone", () -> stand.devices.devices().isEmpty());
				assertTrue(stand.devices.chosen().isEmpty());
				Stand.await("its going is told", () -> changes.get() > whileThere);
			}
			int before = changes.get();
			stand.plug();
			Stand.await("the device is back", () -> stand.devices.chosen().isPresent());
			assertEquals(before, changes.get(), "nothing is told after the end");
		}
	}

	@Test
	void pageFollowsTheDeviceFromPairingToItsFirstBackup() throws Exception {
		try (Stand stand = new Stand(folder, Trust.AUTO);
				DevicePage page = new DevicePage(stand.devices, stand.backups, stand.jobs, stand.places)) {
			Stand.await("the device is described", () -> stand.devices.chosen().filter(DeviceItem::needsPairing)
					.isPresent());
			assertFalse(page.snapshot().canBackUp(), "a device that does not trust us is paired first");
			RunningJob pairing = stand.actions.pair(stand.devices.chosen().orElseThrow());
			Stand.await("it is paired", () -> stand.devices.chosen().filter(DeviceItem::isPaired).isPresent());
			Stand.await("pairing has ended", () -> !pairing.isActive());
			assertEquals(Messages.pair_done, pairing.result());
			DevicePage.Snapshot before = page.snapshot();
			assertTrue(before.canBackUp());
			assertFalse(before.canRestore());
			assertEquals(Messages.device_last_backup_none, fact(before, Messages.device_last_backup));
			assertEquals(Messages.device_encryption_off, fact(before, Messages.device_encryption));
			assertTrue(fact(before, Messages.device_kept_in).startsWith(folder.toString()));

			RunningJob backup = stand.actions.backUp(stand.devices.chosen().orElseThrow());
			Stand.await("the backup ends", () -> !backup.isActive());
			assertEquals(State.DONE, backup.state(), () -> "" + backup.problem());
			Stand.await("it is in the list", () -> stand.backups.newestOf(stand.udid()).isPresent());
			DevicePage.Snapshot after = page.snapshot();
			assertTrue(after.canRestore());
			assertEquals(backup, after.job());
			page.dismiss();
			assertNull(page.snapshot().job());
		}
	}

	@Test
	void chosenBackupThatIsDeletedIsNoLongerChosen() throws Exception {
		try (Stand stand = new Stand(folder, Trust.AUTO)) {
			stand.paired();
			RunningJob backup = stand.actions.backUp(stand.devices.chosen().orElseThrow());
			Stand.await("the backup ends", () -> !backup.isActive());
			assertEquals(State.DONE, backup.state(), () -> "" + backup.problem());
			Stand.await("it is in the list", () -> stand.backups.backups().size() == 1);
			KeptBackup kept = stand.backups.backups().getFirst();
			stand.backups.choose(kept);

			RunningJob verify = stand.actions.verify(kept);
			Stand.await("it is verified", () -> !verify.isActive());
			assertEquals(State.DONE, verify.state(), () -> "" + verify.problem());
			assertNull(verify.problem());

			RunningJob delete = stand.actions.delete(kept);
			Stand.await("it is deleted", () -> !delete.isActive() && stand.backups.backups().isEmpty());
			assertEquals(Messages.delete_done, delete.result());
			assertTrue(stand.backups.chosen().isEmpty());
		}
	}

	@Test
	void pulledCableEndsTheBackupWithAProblem() throws Exception {
		try (Stand stand = new Stand(folder, Stand.device(folder, Trust.AUTO, 200, 20_000_000))) {
			stand.paired();
			stand.faults("unplug-after-bytes=4000000");
			RunningJob backup = stand.actions.backUp(stand.devices.chosen().orElseThrow());
			Stand.await("the backup ends", () -> !backup.isActive());
			assertEquals(State.FAILED, backup.state());
			assertNotNull(backup.problem());
			assertNotNull(backup.again(), "it can be tried again");
		}
	}

	private static String fact(DevicePage.Snapshot page, String label) {
		return page.facts().stream().filter(fact -> fact.label().equals(label)).map(Fact::value).findFirst()
				.orElseThrow();
	}
}
