// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ui.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;

import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Combo;
import org.eclipse.swt.widgets.ProgressBar;
import org.eclipse.swt.widgets.Table;
import org.eclipse.swt.widgets.Text;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.keepsake.core.JobMonitor;
import org.keepsake.core.Secret;
import org.keepsake.ui.internal.job.RunningJob;
import org.keepsake.ui.internal.job.RunningJob.State;
import org.keepsake.virtual.VirtualOptions.Trust;

/** The window's real parts and dialogs, pressed as a person presses them, with a virtual iPhone at the cable. */
class WindowTest {

	@TempDir
	Path folder;
	private Stand stand;
	private Window window;

	private void open(Trust trust, int files, long bytes) throws Exception {
		stand = new Stand(folder, Stand.device(folder, trust, files, bytes));
		window = new Window(stand);
	}

	@AfterEach
	void close() {
		if (window != null) {
			window.close();
		}
		if (stand != null) {
			stand.close();
		}
	}

	private RunningJob ended() {
		RunningJob job = stand.jobs.jobOf(stand.udid()).orElseThrow();
		window.await("the job ends", () -> !job.isActive());
		window.settle();
		return job;
	}

	/** Of each bar that can be seen, whether it moves without showing how far the job is. */
	private List<Boolean> barsMoveByThemselves() {
		return window.all(ProgressBar.class).stream().filter(ProgressBar::isVisible)
				.map(bar -> (bar.getStyle() & SWT.INDETERMINATE) != 0).toList();
	}

	private void backUp() {
		window.await("a backup can be made", () -> window.canPress(Messages.device_back_up));
		window.press(Messages.device_back_up);
		RunningJob job = ended();
		assertEquals(State.DONE, job.state(), () -> "" + job.problem());
		window.await("the backup is in the list", () -> !stand.backups.backups().isEmpty());
		window.await("it can be restored", () -> window.canPress(Messages.device_restore));
	}

	@Test
	void deviceArrivesIsPairedAndLeaves() throws Exception {
		open(Trust.ASK, 0, 0);
		window.await("the device is shown", () -> window.shows("Ada & Zoë") && window.canPress(Messages.device_pair));
		assertFalse(window.canPress(Messages.device_back_up));
		window.press(Messages.device_pair);
		window.await("the job is shown", () -> window.canPress(Messages.button_cancel));
		assertEquals(List.of(true), barsMoveByThemselves(), "nobody knows how far pairing is");
		stand.trust(true);
		assertEquals(State.DONE, ended().state());
		window.await("a backup can be made", () -> window.canPress(Messages.device_back_up));
		assertFalse(window.isVisible(Messages.device_pair));
		window.press(Messages.button_dismiss);
		window.await("how pairing ended is forgotten", () -> !window.shows(Messages.pair_done));

		stand.unplug();
		String empty = Messages.device_empty.split("\n\n")[0];
		window.await("the page says what to do", () -> window.shows(empty) && window.shows(Messages.sidebar_none));
		assertFalse(window.isVisible(Messages.device_back_up));
		stand.plug();
		window.await("the device is back", () -> window.canPress(Messages.device_back_up));
	}

	@Test
	void backupIsMadeListedAndRestored() throws Exception {
		open(Trust.AUTO, 0, 0);
		assertTrue(window.shows(Messages.backups_empty) || window.shows(Messages.backups_loading));
		stand.paired();
		backUp();
		Table list = window.tables().stream().filter(table -> table.getColumnCount() > 1).findFirst().orElseThrow();
		window.await("the list shows it", () -> list.getItemCount() == 1);
		assertEquals("Ada & Zoë", list.getItem(0).getText(0));
		assertEquals(Messages.backups_state_complete, list.getItem(0).getText(5));

		window.script(Messages.restore_title, dialog -> {
			dialog.await("the check can be made", () -> dialog.canPress(Messages.restore_check));
			dialog.press(Messages.restore_check);
			String understood = Messages.restore_understood.formatted("Ada & Zoë");
			dialog.await("the warnings are shown", () -> dialog.canPress(understood));
			assertFalse(dialog.canPress(Messages.restore_button), "not before it was understood");
			Button tick = dialog.button(understood);
			tick.setSelection(true);
			tick.notifyListeners(SWT.Selection, null);
			dialog.press(Messages.restore_button);
		});
		window.press(Messages.device_restore);
		window.finished();
		RunningJob restore = ended();
		assertEquals(State.DONE, restore.state(), () -> "" + restore.problem());
		window.await("the device is back and what remains to do is told", () -> window.shows(restore.result()));
	}

	@Test
	void checkIsVoidWhenTheChoiceChanges() throws Exception {
		open(Trust.AUTO, 0, 0);
		stand.paired();
		backUp();
		window.script(Messages.restore_title, dialog -> {
			dialog.press(Messages.restore_check);
			dialog.await("the check is done", () -> dialog.isVisible(Messages.restore_button));
			Combo device = dialog.all(Combo.class).getFirst();
			device.notifyListeners(SWT.Selection, null);
			assertTrue(dialog.canPress(Messages.restore_check));
			dialog.press(Messages.button_cancel);
		});
		window.press(Messages.device_restore);
		window.finished();
		assertEquals(State.DONE, stand.jobs.jobOf(stand.udid()).orElseThrow().state(), "no restore was started");
		assertEquals(1, stand.backups.backups().size());
	}

	@Test
	void cancelledBackupSaysSoAndGoesOn() throws Exception {
		open(Trust.AUTO, 100, 8_000_000);
		stand.paired();
		window.await("a backup can be made", () -> window.canPress(Messages.device_back_up));
		stand.faults("stall-all-after-bytes=3000000");
		window.press(Messages.device_back_up);
		window.await("progress is shown", () -> stand.jobs.jobOf(stand.udid()).orElseThrow().fraction() > 0);
		window.await("the bar shows how far it is", () -> barsMoveByThemselves().equals(List.of(false)));
		assertFalse(window.canPress(Messages.device_back_up));
		window.press(Messages.button_cancel);
		assertEquals(State.CANCELLED, ended().state());
		window.await("how it ended is said", () -> window.shows(Messages.backup_cancelled));
		stand.faults("");
		window.press(Messages.button_try_again);
		RunningJob second = ended();
		assertEquals(State.DONE, second.state(), () -> "" + second.problem());
	}

	@Test
	void pulledCableIsAProblemWithARemedy() throws Exception {
		open(Trust.AUTO, 100, 8_000_000);
		stand.paired();
		window.await("a backup can be made", () -> window.canPress(Messages.device_back_up));
		stand.faults("stall-all-after-bytes=3000000");
		window.press(Messages.device_back_up);
		RunningJob job = stand.jobs.jobOf(stand.udid()).orElseThrow();
		window.await("progress is shown", () -> job.fraction() > 0);
		stand.unplug();
		window.await("the page is empty", () -> !window.isVisible(Messages.device_back_up));
		ended();
		stand.faults("");
		stand.plug();
		assertEquals(State.FAILED, job.state());
		var problem = job.problem();
		assertTrue(problem != null && !problem.remedy().isBlank());
		window.await("the problem and its remedy are shown",
				() -> problem != null && window.shows(problem.title()) && window.shows(problem.remedy()));
		assertTrue(window.canPress(Messages.button_try_again));
	}

	@Test
	void wrongPasswordIsAProblemAndTheRightOneIsNot() throws Exception {
		open(Trust.AUTO, 0, 0);
		stand.paired();
		try (Secret password = Secret.of("right")) {
			stand.keepsake.changeBackupPassword(stand.udid(), null, password, JobMonitor.NONE);
		}
		stand.devices.refresh(stand.udid());
		window.await("the password is known to be set", () -> window.canPress(Messages.device_encryption_change));
		changePassword("wrong");
		RunningJob refused = ended();
		assertEquals(State.FAILED, refused.state());
		var problem = refused.problem();
		window.await("the problem is shown", () -> problem != null && window.shows(problem.title()));
		assertFalse(window.canPress(Messages.button_try_again), "that needs the password again");
		changePassword("right");
		RunningJob done = ended();
		assertEquals(State.DONE, done.state(), () -> "" + done.problem());
		window.await("how it ended is said", () -> window.shows(Messages.encryption_changed));
	}

	private void changePassword(String current) {
		window.await("the password can be changed", () -> window.canPress(Messages.device_encryption_change));
		window.script(Messages.encryption_title, dialog -> {
			var fields = dialog.all(Text.class);
			assertEquals(3, fields.size());
			fields.get(0).setText(current);
			fields.get(1).setText("new");
			fields.get(2).setText("other");
			assertTrue(dialog.shows(Messages.encryption_mismatch));
			assertFalse(dialog.canPressDefault());
			fields.get(2).setText("new");
			assertFalse(dialog.shows(Messages.encryption_mismatch));
			dialog.pressDefault();
		});
		window.press(Messages.device_encryption_change);
		window.finished();
	}
}
