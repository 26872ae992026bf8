// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ui.internal.dialog;

import java.util.Arrays;

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
import org.eclipse.swt.widgets.Text;
import org.keepsake.core.Problem;
import org.keepsake.core.Secret;
import org.keepsake.ui.internal.Messages;
import org.keepsake.ui.internal.inside.Unlocking.Answer;
import org.keepsake.ui.internal.part.Looks;
import org.keepsake.ui.internal.part.ProblemBox;

/** Asks for the password of a kept backup. */
final class UnlockDialog extends Dialog {

	private final String backup;
	private final @Nullable Problem wrong;
	private @Nullable Text field;
	private @Nullable Button remember;
	private @Nullable Answer answer;

	/** Opened by the caller. @param wrong why the password before was not taken; null the first time */
	UnlockDialog(@Nullable Shell shell, String backup, @Nullable Problem wrong) {
		super(shell);
		this.backup = backup;
		this.wrong = wrong;
	}

	/** The answer, once; null if none was given. */
	@Nullable
	Answer takeAnswer() {
		Answer taken = answer;
		answer = null;
		return taken;
	}

	@Override
	protected void configureShell(Shell newShell) {
		super.configureShell(newShell);
		newShell.setText(Messages.unlock_title);
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
		rows.setLayoutData(new GridData(SWT.FILL, SWT.FILL, true, true));
		ProblemBox problem = new ProblemBox(rows);
		problem.span(2);
		problem.show(wrong);
		Label text = Looks.text(rows, "plain");
		GridData wide = (GridData) text.getLayoutData();
		wide.horizontalSpan = 2;
		wide.widthHint = 420;
		Looks.text(text, Messages.unlock_why.formatted(backup));
		new Label(rows, SWT.NONE).setText(Messages.unlock_password);
		Text password = new Text(rows, SWT.BORDER | SWT.PASSWORD);
		password.setLayoutData(new GridData(SWT.FILL, SWT.CENTER, true, false));
		password.addListener(SWT.Modify, event -> check());
		field = password;
		Button choice = new Button(rows, SWT.CHECK);
		choice.setText(Messages.unlock_remember);
		choice.setLayoutData(new GridData(SWT.BEGINNING, SWT.CENTER, false, false, 2, 1));
		remember = choice;
		return area;
	}

	@Override
	protected void createButtonsForButtonBar(Composite parent) {
		createButton(parent, IDialogConstants.OK_ID, Messages.unlock_button, true);
		createButton(parent, IDialogConstants.CANCEL_ID, Messages.button_cancel, false);
		check();
	}

	private void check() {
		Button ok = getButton(IDialogConstants.OK_ID);
		Text password = field;
		if (ok != null && password != null) {
			ok.setEnabled(!password.getText().isEmpty());
		}
	}

	@Override
	protected void okPressed() {
		Text password = field;
		Button choice = remember;
		if (password != null && choice != null) {
			char[] characters = password.getTextChars();
			answer = new Answer(new Secret(characters), choice.getSelection());
			Arrays.fill(characters, '\0');
			password.setText("");
		}
		super.okPressed();
	}
}
