// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ui.internal.dialog;

import java.util.Arrays;

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
	private final Text password;
	private final Label againLabel;
	private final Text again;
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
		label(Messages.place_password);
		password = text(Messages.place_password, SWT.PASSWORD);
		againLabel = label(Messages.place_password_again);
		again = text(Messages.place_password_again, SWT.PASSWORD);
		warning = Looks.text(box, "notice");
		((GridData) warning.getLayoutData()).horizontalSpan = 2;
		Looks.text(warning, Messages.place_password_warning);
		remember = new Button(box, SWT.CHECK);
		remember.setText(Messages.unlock_remember);
		remember.setSelection(true);
		remember.setLayoutData(new GridData(SWT.BEGINNING, SWT.CENTER, false, false, 2, 1));
		label(Messages.place_quota);
		quota = text(Messages.place_quota, SWT.NONE);
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

	private Label label(String text) {
		Label label = new Label(box, SWT.NONE);
		label.setText(text);
		label.setLayoutData(new GridData(SWT.BEGINNING, SWT.CENTER, false, false));
		return label;
	}

	private Text text(String name, int style) {
		Text text = new Text(box, SWT.BORDER | style);
		text.setLayoutData(new GridData(SWT.FILL, SWT.CENTER, true, false));
		Looks.name(text, name.replace("&", ""));
		text.addListener(SWT.Modify, event -> changed.run());
		return text;
	}

	private void made() {
		boolean making = isMaking();
		Looks.show(againLabel, making);
		Looks.show(again, making);
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
		if (password.getCharCount() == 0 || isMaking() && again.getCharCount() == 0) {
			return isMaking() ? Messages.place_tell_password_twice : Messages.place_tell_password;
		}
		return isMaking() && !password.getText().equals(again.getText()) ? Messages.encryption_mismatch : null;
	}

	/** The password; the caller closes it. */
	Secret password() {
		char[] characters = password.getTextChars();
		Secret secret = new Secret(characters);
		Arrays.fill(characters, '\0');
		return secret;
	}

	/** Forgets what was typed. */
	void wipe() {
		password.setText("");
		again.setText("");
	}
}
