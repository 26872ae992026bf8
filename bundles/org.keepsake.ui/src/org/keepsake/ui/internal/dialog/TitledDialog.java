// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ui.internal.dialog;

import org.eclipse.jdt.annotation.Nullable;
import org.eclipse.jface.dialogs.Dialog;
import org.eclipse.jface.dialogs.IDialogConstants;
import org.eclipse.jface.layout.TableColumnLayout;
import org.eclipse.jface.viewers.ColumnWeightData;
import org.eclipse.swt.SWT;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.layout.GridLayout;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.swt.widgets.Table;
import org.eclipse.swt.widgets.TableColumn;
import org.keepsake.ui.internal.Messages;
import org.keepsake.ui.internal.part.Looks;

/** What all dialogs have in common: a title, a size that can be changed, and widgets that are built alike. */
abstract class TitledDialog extends Dialog {

	private final String title;

	/** A column of a table that gets its share of the width. */
	record Column(String title, int weight) {
	}

	/** Opened by the caller. */
	TitledDialog(@Nullable Shell shell, String title) {
		super(shell);
		this.title = title;
	}

	@Override
	protected final void configureShell(Shell newShell) {
		super.configureShell(newShell);
		newShell.setText(title);
	}

	@Override
	protected final boolean isResizable() {
		return true;
	}

	@Override
	protected final Control createDialogArea(Composite parent) {
		Composite area = (Composite) super.createDialogArea(parent);
		build(area);
		return area;
	}

	/** Builds what is above the buttons. */
	abstract void build(Composite area);

	/** A button that does what the dialog is for, and one that does nothing. */
	final void createButtons(Composite parent, String action) {
		createButton(parent, IDialogConstants.OK_ID, action, true);
		createButton(parent, IDialogConstants.CANCEL_ID, Messages.button_cancel, false);
	}

	/** Lets the button be pressed that does what the dialog is for, or not; without effect before there is one. */
	final void enableOk(boolean enabled) {
		Button ok = getButton(IDialogConstants.OK_ID);
		if (ok != null) {
			ok.setEnabled(enabled);
		}
	}

	/** Grows with what is to be shown, and never shrinks: it would jump. */
	static void grow(Composite area) {
		Shell shell = area.getShell();
		shell.layout(true, true);
		int width = shell.getSize().x;
		int height = shell.computeSize(width, SWT.DEFAULT).y;
		if (height > shell.getSize().y) {
			shell.setSize(width, height);
		}
	}

	/** A container of two columns, labels and fields. @param width in pixels, or SWT.DEFAULT */
	static Composite rows(Composite area, int width) {
		Composite rows = new Composite(area, SWT.NONE);
		rows.setLayout(new GridLayout(2, false));
		GridData data = new GridData(SWT.FILL, SWT.FILL, true, true);
		data.widthHint = width;
		rows.setLayoutData(data);
		return rows;
	}

	/** A text that wraps, across both columns. */
	static Label wide(Composite rows, String look, String text) {
		Label label = Looks.text(rows, look);
		((GridData) label.getLayoutData()).horizontalSpan = 2;
		Looks.text(label, text);
		return label;
	}

	/** As the other, of a width in pixels. */
	static Label wide(Composite rows, String look, String text, int width) {
		Label label = wide(rows, look, text);
		((GridData) label.getLayoutData()).widthHint = width;
		return label;
	}

	/** A box to tick, across both columns. */
	static Button choice(Composite rows, String text, boolean on) {
		Button choice = new Button(rows, SWT.CHECK);
		choice.setText(text);
		choice.setSelection(on);
		choice.setLayoutData(new GridData(SWT.FILL, SWT.CENTER, true, false, 2, 1));
		return choice;
	}

	/** A box to tick: whether a password is to be remembered. */
	static Button remember(Composite rows) {
		Button choice = choice(rows, Messages.unlock_remember, false);
		choice.setLayoutData(new GridData(SWT.BEGINNING, SWT.CENTER, false, false, 2, 1));
		return choice;
	}

	/** Whether a box is there and ticked. */
	static boolean isOn(@Nullable Button choice) {
		return choice != null && choice.getSelection();
	}

	/** A table of single lines that fills its room. @param name what it lists, for people who cannot see it */
	static Table table(Composite area, int width, int height, String name, Column... columns) {
		Composite frame = new Composite(area, SWT.NONE);
		GridData data = new GridData(SWT.FILL, SWT.FILL, true, true);
		data.widthHint = width;
		data.heightHint = height;
		frame.setLayoutData(data);
		TableColumnLayout layout = new TableColumnLayout();
		frame.setLayout(layout);
		Table table = new Table(frame, SWT.SINGLE | SWT.FULL_SELECTION | SWT.BORDER);
		table.setHeaderVisible(true);
		Looks.name(table, name);
		for (Column each : columns) {
			TableColumn column = new TableColumn(table, SWT.NONE);
			column.setText(each.title());
			layout.setColumnData(column, new ColumnWeightData(each.weight(), 60));
		}
		return table;
	}
}
