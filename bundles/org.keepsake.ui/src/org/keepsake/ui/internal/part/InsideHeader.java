// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ui.internal.part;

import java.time.ZoneId;

import org.eclipse.swt.SWT;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.layout.GridLayout;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Text;
import org.keepsake.engine.Human;
import org.keepsake.engine.OpenedBackup;
import org.keepsake.ui.internal.Messages;
import org.keepsake.ui.internal.dialog.ExtractDialog;
import org.keepsake.ui.internal.dialog.ReportDialog;
import org.keepsake.ui.internal.inside.InsideModel;
import org.keepsake.ui.internal.job.RunningJob;

/** Which backup it is, and the search over all that is in it. */
final class InsideHeader {

	private static final int PAUSE_MILLIS = 450;
	private static final int LONGEST_NAME = 260;
	private static final int LARGER_FONT = 60;

	private final InsideModel model;
	private final Composite row;
	private final Text search;
	private final Button report;
	private final Button extract;
	private final Runnable typed = this::search;

	InsideHeader(Composite parent, InsideModel model) {
		this.model = model;
		row = Looks.columns(parent, 4);
		Composite titles = Looks.columns(row, 1);
		((GridLayout) titles.getLayout()).verticalSpacing = 2;
		titles.setLayoutData(new GridData(SWT.BEGINNING, SWT.CENTER, false, false));
		Label title = name(titles, "pageTitle", Human.orDash(model.kept().snapshot().summary().deviceName()));
		title.setToolTipText(model.kept().snapshot().path());
		name(titles, "faint",
				Human.date(model.kept().snapshot().summary().finishedAt(), ZoneId.systemDefault()));
		search = new Text(row, SWT.SEARCH | SWT.ICON_SEARCH | SWT.ICON_CANCEL);
		search.setMessage(Messages.inside_search);
		Looks.name(search, Messages.inside_search);
		GridData field = new GridData(SWT.FILL, SWT.CENTER, true, false);
		field.widthHint = 80;
		search.setLayoutData(field);
		report = Looks.button(row, Messages.report_open, () -> {
			if (model.isOpen()) {
				new ReportDialog(row.getShell(), model.exports()).open();
			}
		});
		extract = Looks.button(row, Messages.extract_open, () -> {
			OpenedBackup backup = model.opened();
			if (backup != null) {
				new ExtractDialog(row.getShell(), backup, model.exports()).open();
			}
		});
		search.addListener(SWT.Modify, event -> search.getDisplay().timerExec(PAUSE_MILLIS, typed));
		search.addListener(SWT.DefaultSelection, event -> search());
	}

	private static Label name(Composite titles, String style, String text) {
		Label label = Looks.style(new Label(titles, SWT.NONE), style);
		Looks.text(label, text);
		GridData data = new GridData(SWT.BEGINNING, SWT.CENTER, false, false);
		data.widthHint = Math.min(LONGEST_NAME, label.computeSize(SWT.DEFAULT, SWT.DEFAULT).x + LARGER_FONT);
		label.setLayoutData(data);
		return label;
	}

	private void search() {
		if (!search.isDisposed()) {
			model.search().search(search.getText());
		}
	}

	void focus() {
		search.setFocus();
		search.selectAll();
	}

	/** @return whether anything moved */
	boolean show() {
		search.setEnabled(model.isOpen());
		RunningJob work = model.work();
		boolean free = model.isOpen() && (work == null || !work.isActive());
		report.setEnabled(free);
		extract.setEnabled(free);
		if (!model.search().view().isActive() && !search.getText().isBlank() && !search.isFocusControl()) {
			search.setText("");
			search.getDisplay().timerExec(-1, typed);
		}
		return false;
	}
}
