// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ui.internal.dialog;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;

import org.eclipse.jdt.annotation.Nullable;
import org.eclipse.swt.SWT;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.DirectoryDialog;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Text;
import org.keepsake.ui.internal.Messages;
import org.keepsake.ui.internal.part.Looks;

/** A row of two columns in which a folder is typed or chosen. */
final class FolderRow {

	private final Text field;
	private boolean typed;

	/** @param changed runs whenever the folder is another one */
	FolderRow(Composite rows, Path proposal, Runnable changed) {
		new Label(rows, SWT.NONE).setText(Messages.export_folder);
		Composite row = Looks.columns(rows, 2);
		field = new Text(row, SWT.BORDER);
		field.setLayoutData(new GridData(SWT.FILL, SWT.CENTER, true, false));
		field.setText(proposal.toString());
		Looks.name(field, Messages.export_folder.replace("&", ""));
		field.addListener(SWT.Modify, event -> changed.run());
		field.addListener(SWT.KeyDown, event -> typed = true);
		Looks.button(row, Messages.export_browse, this::browse);
	}

	private void browse() {
		DirectoryDialog dialog = new DirectoryDialog(field.getShell(), SWT.SAVE);
		dialog.setMessage(Messages.export_folder.replace("&", ""));
		String chosen = dialog.open();
		if (chosen != null) {
			typed = true;
			field.setText(chosen);
		}
	}

	/** Proposes another folder, unless the person has chosen one. */
	void propose(Path proposal) {
		if (!typed) {
			field.setText(proposal.toString());
		}
	}

	/** The folder; null while there is none that could be. */
	@Nullable
	Path folder() {
		try {
			String text = field.getText().strip();
			Path folder = text.isEmpty() ? null : Path.of(text);
			return folder == null || !folder.isAbsolute() ? null : folder;
		} catch (InvalidPathException e) {
			return null;
		}
	}
}
