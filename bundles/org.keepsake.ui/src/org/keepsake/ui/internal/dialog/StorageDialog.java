// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ui.internal.dialog;

import java.time.ZoneId;
import java.util.List;

import org.eclipse.e4.ui.di.UISynchronize;
import org.eclipse.jdt.annotation.Nullable;
import org.eclipse.jface.dialogs.IDialogConstants;
import org.eclipse.jface.dialogs.MessageDialog;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.swt.widgets.Table;
import org.eclipse.swt.widgets.TableItem;
import org.keepsake.core.BackupSummary;
import org.keepsake.core.JobControl;
import org.keepsake.core.Problem;
import org.keepsake.engine.Human;
import org.keepsake.engine.KeptBackup;
import org.keepsake.ui.internal.Actions;
import org.keepsake.ui.internal.Messages;
import org.keepsake.ui.internal.job.RunningJob;
import org.keepsake.ui.internal.model.BackupsModel;
import org.keepsake.ui.internal.part.Looks;
import org.keepsake.ui.internal.part.ProblemBox;
import org.keepsake.ui.internal.place.PlaceItem;
import org.keepsake.ui.internal.place.PlaceUse;
import org.keepsake.ui.internal.place.PlacesModel;

/** Shows what is stored in a place: each device's versions, what deleting one would free; and deletes one. */
final class StorageDialog extends TitledDialog {

	private static final int DELETE_ID = IDialogConstants.CLIENT_ID + 1;

	private final PlaceItem place;
	private final PlacesModel places;
	private final BackupsModel backups;
	private final Actions actions;
	private final UISynchronize ui;
	private final Beside beside;
	private final JobControl control = new JobControl(event -> {
	});
	private List<PlaceUse.Version> shown = List.of();
	private @Nullable Widgets widgets;
	private @Nullable RunningJob deleting;
	private boolean busy;

	private record Widgets(Composite area, Table table, Label summary, ProblemBox trouble) {
	}

	/** Opened by the caller. */
	StorageDialog(Shell shell, PlaceItem place, PlacesModel places, BackupsModel backups, Actions actions,
			UISynchronize ui) {
		super(shell, Messages.storage_title.formatted(Human.printable(place.name())));
		this.place = place;
		this.places = places;
		this.backups = backups;
		this.actions = actions;
		this.ui = ui;
		this.beside = new Beside(ui);
	}

	@Override
	void build(Composite area) {
		Looks.text(Looks.text(area, "faint"), place.title());
		Table table = table(area, 640, 260, Messages.storage_versions, new Column(Messages.backups_column_device, 30),
				new Column(Messages.backups_column_date, 30), new Column(Messages.backups_column_size, 16),
				new Column(Messages.storage_column_freed, 24));
		table.addListener(SWT.Selection, event -> enable());
		Label summary = Looks.text(area, "plain");
		ProblemBox trouble = new ProblemBox(area);
		widgets = new Widgets(area, table, summary, trouble);
		table.setFocus();
		read();
	}

	@Override
	protected void createButtonsForButtonBar(Composite parent) {
		createButton(parent, DELETE_ID, Messages.backups_delete, false);
		createButton(parent, IDialogConstants.CANCEL_ID, Messages.places_close, true);
		enable();
	}

	private void read() {
		Widgets all = widgets;
		if (all != null) {
			busy = true;
			Looks.text(all.summary(), Messages.storage_reading);
			enable();
			beside.run(all.area(), () -> places.use(place, control), this::show, this::failed);
		}
	}

	private void show(PlaceUse use) {
		Widgets all = widgets;
		if (all == null) {
			return;
		}
		busy = false;
		shown = use.versions();
		all.table().setItemCount(shown.size());
		for (int i = 0; i < shown.size(); i++) {
			PlaceUse.Version version = shown.get(i);
			BackupSummary summary = version.backup().snapshot().summary();
			TableItem row = all.table().getItem(i);
			row.setText(0, Human.orDash(summary.deviceName()));
			row.setText(1, Human.date(summary.finishedAt(), ZoneId.systemDefault()));
			row.setText(2, Human.bytes(summary.sizeBytes()));
			row.setText(3, Human.bytes(version.freedBytes()));
		}
		String words = shown.isEmpty() ? Messages.storage_nothing
				: use.summary().isEmpty() ? Messages.storage_unknown : use.summary();
		Looks.text(all.summary(), words);
		enable();
		all.area().layout(true, true);
	}

	private void failed(@Nullable Problem problem) {
		Widgets all = widgets;
		if (all != null) {
			busy = false;
			Looks.text(all.summary(), "");
			all.trouble().show(problem);
			enable();
			all.area().layout(true, true);
		}
	}

	private @Nullable KeptBackup chosen() {
		Widgets all = widgets;
		int index = all == null ? -1 : all.table().getSelectionIndex();
		return index < 0 || index >= shown.size() ? null : shown.get(index).backup();
	}

	private void enable() {
		Button delete = getButton(DELETE_ID);
		if (delete != null) {
			delete.setEnabled(!busy && chosen() != null);
		}
	}

	@Override
	protected void buttonPressed(int button) {
		if (button == DELETE_ID) {
			delete();
		} else {
			super.buttonPressed(button);
		}
	}

	private void delete() {
		KeptBackup backup = chosen();
		Widgets all = widgets;
		if (backup == null || all == null || busy) {
			return;
		}
		BackupSummary summary = backup.snapshot().summary();
		if (MessageDialog.openConfirm(getShell(), Messages.delete_title, Messages.delete_confirm
				.formatted(summary.deviceName(), Human.date(summary.finishedAt(), ZoneId.systemDefault())))) {
			busy = true;
			all.trouble().show(null);
			Looks.text(all.summary(), Messages.storage_deleting);
			enable();
			RunningJob job = actions.delete(backup);
			deleting = job;
			job.onChange(() -> ui.asyncExec(() -> deleted(job)));
			deleted(job);
		}
	}

	private void deleted(RunningJob job) {
		Widgets all = widgets;
		if (all != null && !all.area().isDisposed() && job == deleting && !job.isActive()) {
			deleting = null;
			Problem problem = job.problem();
			if (problem == null) {
				backups.refresh();
				read();
			} else {
				failed(problem);
			}
		}
	}

	@Override
	public boolean close() {
		control.cancel();
		return super.close();
	}
}
