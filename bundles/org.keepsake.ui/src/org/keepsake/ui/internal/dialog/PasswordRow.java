// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ui.internal.dialog;

import java.util.Arrays;

import org.eclipse.swt.SWT;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Text;
import org.keepsake.core.Secret;
import org.keepsake.ui.internal.part.Looks;

/** A row of two columns in which a password is typed. */
final class PasswordRow {

	private final Label label;
	private final Text field;

	/** @param changed runs whenever something is typed */
	PasswordRow(Composite rows, String title, Runnable changed) {
		label = new Label(rows, SWT.NONE);
		label.setText(title);
		label.setLayoutData(new GridData(SWT.BEGINNING, SWT.CENTER, false, false));
		field = new Text(rows, SWT.BORDER | SWT.PASSWORD);
		field.setLayoutData(new GridData(SWT.FILL, SWT.CENTER, true, false));
		Looks.name(field, title.replace("&", ""));
		field.addListener(SWT.Modify, event -> changed.run());
	}

	/** Shows or hides it. */
	void show(boolean visible) {
		Looks.show(label, visible);
		Looks.show(field, visible);
	}

	/** Says in the empty field what that means. */
	void hint(String text) {
		field.setMessage(text);
	}

	/** Lets something be typed, or not. */
	void enable(boolean enabled) {
		field.setEnabled(enabled);
	}

	/** Gives it the keyboard. */
	void focus() {
		field.setFocus();
	}

	/** Whether nothing is typed. */
	boolean isEmpty() {
		return field.getCharCount() == 0;
	}

	/** Whether the same is typed in both. */
	boolean isSame(PasswordRow other) {
		return field.getText().equals(other.field.getText());
	}

	/** What is typed; the caller closes it. */
	Secret secret() {
		char[] characters = field.getTextChars();
		Secret secret = new Secret(characters);
		Arrays.fill(characters, '\0');
		return secret;
	}

	/** Forgets what was typed. */
	void wipe() {
		field.setText("");
	}
}
