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
import org.keepsake.core.Secret;
import org.keepsake.ui.internal.Messages;
import org.keepsake.ui.internal.part.Looks;

/** Asks for the current backup password, a new one, or both. */
public final class PasswordDialog extends Dialog {

	private final String title;
	private final String explanation;
	private final boolean askCurrent;
	private final boolean askNew;
	private final boolean offerRemoval;
	private @Nullable Text current;
	private @Nullable Text fresh;
	private @Nullable Text again;
	private @Nullable Button remove;
	private @Nullable Label complaint;
	private @Nullable Secret currentSecret;
	private @Nullable Secret newSecret;

	/** Opened by the caller. */
	public PasswordDialog(@Nullable Shell shell, String title, String explanation, boolean askCurrent, boolean askNew,
			boolean offerRemoval) {
		super(shell);
		this.title = title;
		this.explanation = explanation;
		this.askCurrent = askCurrent;
		this.askNew = askNew;
		this.offerRemoval = offerRemoval;
	}

	/** The current password, once; null if it was not asked. The caller closes it. */
	public @Nullable Secret takeCurrent() {
		Secret taken = currentSecret;
		currentSecret = null;
		return taken;
	}

	/** The new password, once; null if it was not asked, or the password is to be removed. */
	public @Nullable Secret takeNew() {
		Secret taken = newSecret;
		newSecret = null;
		return taken;
	}

	@Override
	protected void configureShell(Shell newShell) {
		super.configureShell(newShell);
		newShell.setText(title);
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
		Label text = Looks.text(rows, "plain");
		((GridData) text.getLayoutData()).horizontalSpan = 2;
		((GridData) text.getLayoutData()).widthHint = 420;
		text.setText(explanation);
		if (askCurrent) {
			current = field(rows, Messages.encryption_current);
		}
		if (offerRemoval) {
			Button choice = new Button(rows, SWT.CHECK);
			choice.setText(Messages.encryption_off);
			choice.setLayoutData(new GridData(SWT.BEGINNING, SWT.CENTER, false, false, 2, 1));
			choice.addListener(SWT.Selection, event -> check());
			remove = choice;
		}
		if (askNew) {
			fresh = field(rows, Messages.encryption_new);
			again = field(rows, Messages.encryption_repeat);
		}
		Label complaining = Looks.text(rows, "notice");
		((GridData) complaining.getLayoutData()).horizontalSpan = 2;
		complaint = complaining;
		return area;
	}

	private Text field(Composite rows, String label) {
		new Label(rows, SWT.NONE).setText(label);
		Text text = new Text(rows, SWT.BORDER | SWT.PASSWORD);
		text.setLayoutData(new GridData(SWT.FILL, SWT.CENTER, true, false));
		text.addListener(SWT.Modify, event -> check());
		return text;
	}

	@Override
	protected void createButtonsForButtonBar(Composite parent) {
		super.createButtonsForButtonBar(parent);
		check();
	}

	private void check() {
		boolean removing = isRemoving();
		Text old = current;
		boolean complete = old == null || !old.getText().isEmpty();
		boolean differs = false;
		Text first = fresh;
		Text second = again;
		if (first != null && second != null) {
			first.setEnabled(!removing);
			second.setEnabled(!removing);
			boolean same = first.getText().equals(second.getText());
			differs = !removing && !second.getText().isEmpty() && !same;
			complete &= removing || !first.getText().isEmpty() && same;
		}
		Label complaining = complaint;
		if (complaining != null) {
			Looks.text(complaining, differs ? Messages.encryption_mismatch : "");
		}
		Button ok = getButton(IDialogConstants.OK_ID);
		if (ok != null) {
			ok.setEnabled(complete);
		}
	}

	private boolean isRemoving() {
		Button choice = remove;
		return choice != null && choice.getSelection();
	}

	@Override
	protected void okPressed() {
		currentSecret = secret(current);
		newSecret = isRemoving() ? null : secret(fresh);
		super.okPressed();
	}

	private static @Nullable Secret secret(@Nullable Text field) {
		if (field == null) {
			return null;
		}
		char[] characters = field.getTextChars();
		Secret secret = new Secret(characters);
		Arrays.fill(characters, '\0');
		return secret;
	}
}
