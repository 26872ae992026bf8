// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ui.internal.dialog;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;

import org.eclipse.e4.core.di.annotations.Creatable;
import org.eclipse.e4.core.di.annotations.Optional;
import org.eclipse.e4.ui.di.UISynchronize;
import org.eclipse.e4.ui.services.IServiceConstants;
import org.eclipse.jdt.annotation.Nullable;
import org.eclipse.jface.dialogs.MessageDialog;
import org.eclipse.jface.window.Window;
import org.eclipse.swt.widgets.Shell;
import org.keepsake.engine.Human;
import org.keepsake.engine.Keepsake;
import org.keepsake.engine.KeptBackup;
import org.keepsake.ui.internal.Actions;
import org.keepsake.ui.internal.Messages;
import org.keepsake.ui.internal.Pages;
import org.keepsake.ui.internal.model.BackupsModel;
import org.keepsake.ui.internal.model.DeviceItem;
import org.keepsake.ui.internal.model.DevicesModel;

import jakarta.inject.Inject;
import jakarta.inject.Named;

/** Asks a person before something is done that cannot be undone or needs a secret, then starts it. */
@Creatable
public final class Dialogs {

	private final Actions actions;
	private final DevicesModel devices;
	private final BackupsModel backups;
	private final Keepsake keepsake;
	private final UISynchronize ui;
	private final @Nullable Shell shell;

	/** Injected; without a shell the dialogs stand alone. */
	@Inject
	public Dialogs(Actions actions, DevicesModel devices, BackupsModel backups, Keepsake keepsake, UISynchronize ui,
			@Optional @Named(IServiceConstants.ACTIVE_SHELL) @Nullable Shell shell) {
		this.actions = actions;
		this.devices = devices;
		this.backups = backups;
		this.keepsake = keepsake;
		this.ui = ui;
		this.shell = shell;
	}

	/** Restores a backup after its warnings were confirmed. */
	public void restore(KeptBackup backup) {
		RestoreDialog dialog = new RestoreDialog(shell, backup, devices, keepsake, ui);
		if (dialog.open() == Window.OK) {
			dialog.confirmed().ifPresent(request -> actions.restore(request, dialog.deviceName()));
		}
	}

	/** Verifies every file of a backup. */
	public void verify(KeptBackup backup) {
		actions.verify(backup);
	}

	/** Compares a backup with another version of the same device, which the person chooses. */
	public void compare(KeptBackup backup, Pages pages) {
		List<KeptBackup> others = backups.backups().stream().filter(other -> !other.equals(backup)
				&& other.snapshot().summary().udid().equals(backup.snapshot().summary().udid())).toList();
		if (others.isEmpty()) {
			MessageDialog.openInformation(shell, Messages.compare_title, Messages.compare_no_other);
			return;
		}
		CompareDialog dialog = new CompareDialog(shell, backup, others);
		dialog.open();
		KeptBackup other = dialog.answer();
		if (other != null) {
			boolean first = isBefore(backup, other);
			pages.compare(first ? backup : other, first ? other : backup);
		}
	}

	private static boolean isBefore(KeptBackup one, KeptBackup other) {
		Instant left = one.snapshot().summary().finishedAt();
		Instant right = other.snapshot().summary().finishedAt();
		return left != null && right != null && left.isBefore(right);
	}

	/** Sets, changes or removes the backup password of a device. */
	public void password(DeviceItem device) {
		PasswordDialog dialog = new PasswordDialog(shell, Messages.encryption_title, Messages.encryption_warning,
				device.isEncrypted(), true, device.isEncrypted());
		if (dialog.open() == Window.OK) {
			actions.changePassword(device, dialog.takeCurrent(), dialog.takeNew());
		}
	}

	/** Deletes a backup after it was confirmed. */
	public void delete(KeptBackup backup) {
		var summary = backup.snapshot().summary();
		String question = Messages.delete_confirm.formatted(summary.deviceName(),
				Human.date(summary.finishedAt(), ZoneId.systemDefault()));
		if (MessageDialog.openConfirm(shell, Messages.delete_title, question)) {
			actions.delete(backup);
		}
	}
}
