// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ui.internal.dialog;

import org.eclipse.jdt.annotation.Nullable;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Shell;
import org.keepsake.core.Problem;
import org.keepsake.ui.internal.Messages;
import org.keepsake.ui.internal.inside.Unlocking.Answer;
import org.keepsake.ui.internal.part.ProblemBox;

/** Asks for the password of a kept backup. */
final class UnlockDialog extends TitledDialog {

	private final String backup;
	private final @Nullable Problem wrong;
	private @Nullable PasswordRow field;
	private @Nullable Button remember;
	private @Nullable Answer answer;

	/** Opened by the caller. @param wrong why the password before was not taken; null the first time */
	UnlockDialog(@Nullable Shell shell, String backup, @Nullable Problem wrong) {
		super(shell, Messages.unlock_title);
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
	void build(Composite area) {
		Composite rows = rows(area, SWT.DEFAULT);
		ProblemBox problem = new ProblemBox(rows);
		problem.span(2);
		problem.show(wrong);
		wide(rows, "plain", Messages.unlock_why.formatted(backup), 420);
		field = new PasswordRow(rows, Messages.unlock_password, this::check);
		remember = remember(rows);
	}

	@Override
	protected void createButtonsForButtonBar(Composite parent) {
		createButtons(parent, Messages.unlock_button);
		check();
	}

	private void check() {
		PasswordRow password = field;
		if (password != null) {
			enableOk(!password.isEmpty());
		}
	}

	@Override
	protected void okPressed() {
		PasswordRow password = field;
		if (password != null) {
			answer = new Answer(password.secret(), isOn(remember));
			password.wipe();
		}
		super.okPressed();
	}
}
