// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ui.internal.dialog;

import java.nio.file.Path;

import org.eclipse.jdt.annotation.Nullable;
import org.eclipse.jface.dialogs.Dialog;
import org.eclipse.jface.dialogs.IDialogConstants;
import org.eclipse.swt.SWT;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.layout.GridLayout;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Shell;
import org.keepsake.engine.ReportFormat;
import org.keepsake.ui.internal.Messages;
import org.keepsake.ui.internal.inside.Exports;
import org.keepsake.ui.internal.part.Looks;

/** Asks as what and to where the report on a backup is to be written. */
public final class ReportDialog extends Dialog {

	private final Exports exports;
	private @Nullable Button pdf;
	private @Nullable FolderRow folder;

	/** Opened by the caller. */
	public ReportDialog(Shell shell, Exports exports) {
		super(shell);
		this.exports = exports;
	}

	@Override
	protected void configureShell(Shell newShell) {
		super.configureShell(newShell);
		newShell.setText(Messages.report_title);
	}

	@Override
	protected boolean isResizable() {
		return true;
	}

	@Override
	protected Control createDialogArea(Composite parent) {
		Composite area = (Composite) super.createDialogArea(parent);
		Composite rows = new Composite(area, SWT.NONE);
		rows.setLayout(new GridLayout(2, false));
		GridData wide = new GridData(SWT.FILL, SWT.FILL, true, true);
		wide.widthHint = 560;
		rows.setLayoutData(wide);
		Label why = Looks.text(rows, "plain");
		((GridData) why.getLayoutData()).horizontalSpan = 2;
		why.setText(Messages.report_why);
		new Label(rows, SWT.NONE).setText(Messages.export_format);
		Composite formats = Looks.columns(rows, 2);
		Button html = new Button(formats, SWT.RADIO);
		html.setText(Messages.report_html);
		html.setSelection(true);
		Button other = new Button(formats, SWT.RADIO);
		other.setText(Messages.report_pdf);
		pdf = other;
		folder = new FolderRow(rows, exports.proposal("report"), this::check);
		return area;
	}

	@Override
	protected void createButtonsForButtonBar(Composite parent) {
		createButton(parent, IDialogConstants.OK_ID, Messages.report_button, true);
		createButton(parent, IDialogConstants.CANCEL_ID, Messages.button_cancel, false);
		check();
	}

	private void check() {
		Button ok = getButton(IDialogConstants.OK_ID);
		FolderRow row = folder;
		if (ok != null && row != null) {
			ok.setEnabled(row.folder() != null);
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
