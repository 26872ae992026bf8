// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ui.internal.dialog;

import java.nio.file.Path;

import org.eclipse.jdt.annotation.Nullable;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Shell;
import org.keepsake.engine.ReportFormat;
import org.keepsake.ui.internal.Messages;
import org.keepsake.ui.internal.inside.Exports;
import org.keepsake.ui.internal.part.Looks;

/** Asks as what and to where the report on a backup is to be written. */
public final class ReportDialog extends TitledDialog {

	private final Exports exports;
	private @Nullable Button pdf;
	private @Nullable FolderRow folder;

	/** Opened by the caller. */
	public ReportDialog(Shell shell, Exports exports) {
		super(shell, Messages.report_title);
		this.exports = exports;
	}

	@Override
	void build(Composite area) {
		Composite rows = rows(area, 560);
		wide(rows, "plain", Messages.report_why);
		new Label(rows, SWT.NONE).setText(Messages.export_format);
		Composite formats = Looks.columns(rows, 2);
		Button html = new Button(formats, SWT.RADIO);
		html.setText(Messages.report_html);
		html.setSelection(true);
		Button other = new Button(formats, SWT.RADIO);
		other.setText(Messages.report_pdf);
		pdf = other;
		folder = new FolderRow(rows, exports.proposal("report"), this::check);
	}

	@Override
	protected void createButtonsForButtonBar(Composite parent) {
		createButtons(parent, Messages.report_button);
		check();
	}

	private void check() {
		FolderRow row = folder;
		if (row != null) {
			enableOk(row.folder() != null);
		}
	}

	@Override
	protected void okPressed() {
		FolderRow row = folder;
		Path into = row == null ? null : row.folder();
		Button other = pdf;
		if (into != null && other != null) {
			ReportFormat format = other.getSelection() ? ReportFormat.PDF : ReportFormat.HTML;
			super.okPressed();
			exports.report(format, into);
		}
	}
}
