// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ui.internal.dialog;

import org.eclipse.jdt.annotation.Nullable;
import org.eclipse.swt.SWT;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Text;
import org.keepsake.core.Secret;
import org.keepsake.ui.internal.Messages;
import org.keepsake.ui.internal.part.Looks;

/** Rows about a repository: whether to make one, its password, how much it may store. */
final class RepositoryRows {

	private final Composite box;
	private final Button make;
	private final PasswordRow password;
	private final PasswordRow again;
	private final Label warning;
	private final Button remember;
	private final Text quota;
	private final Runnable changed;

	/** Below what is in the container with two columns. @param changed runs after every change */
	RepositoryRows(Composite parent, Runnable changed) {
		this.changed = changed;
		box = Looks.columns(parent, 2);
		((GridData) box.getLayoutData()).horizontalSpan = 2;
		make = radio(Messages.place_make, true);
		radio(Messages.place_open, false);
		password = new PasswordRow(box, Messages.place_password, changed);
		again = new PasswordRow(box, Messages.place_password_again, changed);
		warning = Looks.text(box, "notice");
		((GridData) warning.getLayoutData()).horizontalSpan = 2;
		Looks.text(warning, Messages.place_password_warning);
		remember = new Button(box, SWT.CHECK);
		remember.setText(Messages.unlock_remember);
		remember.setSelection(true);
		remember.setLayoutData(new GridData(SWT.BEGINNING, SWT.CENTER, false, false, 2, 1));
		new Label(box, SWT.NONE).setText(Messages.place_quota);
		quota = new Text(box, SWT.BORDER);
		quota.setLayoutData(new GridData(SWT.FILL, SWT.CENTER, true, false));
		Looks.name(quota, Messages.place_quota.replace("&", ""));
		quota.addListener(SWT.Modify, event -> changed.run());
		quota.setMessage(Messages.place_quota_form);
	}

	private Button radio(String text, boolean on) {
		Button button = new Button(box, SWT.RADIO);
		button.setText(text);
		button.setSelection(on);
		button.setLayoutData(new GridData(SWT.BEGINNING, SWT.CENTER, false, false, 2, 1));
		button.addListener(SWT.Selection, event -> made());
		return button;
	}

	private void made() {
		boolean making = isMaking();
		again.show(making);
		Looks.show(warning, making);
		changed.run();
		box.getParent().layout(true, true);
	}

	/** Shows or hides all of them. */
	void show(boolean visible) {
		Looks.show(box, visible);
	}

	/** Whether one is to be made, and not an existing one opened. */
	boolean isMaking() {
		return make.getSelection();
	}

	/** How much it may store, as typed. */
	String quota() {
		return quota.getText();
	}

	/** Whether the password is to be remembered. */
	boolean remembers() {
		return remember.getSelection();
	}

	/** What is missing, in a sentence; null if nothing. */
	@Nullable
	String complaint() {
		if (password.isEmpty() || isMaking() && again.isEmpty()) {
			return isMaking() ? Messages.place_tell_password_twice : Messages.place_tell_password;
		}
		return isMaking() && !password.isSame(again) ? Messages.encryption_mismatch : null;
	}

	/** The password; the caller closes it. */
	Secret password() {
		return password.secret();
	}

	/** Forgets what was typed. */
	void wipe() {
		password.wipe();
		again.wipe();
	}
}
