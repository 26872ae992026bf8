// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ui.internal.dialog;

import java.util.Arrays;
import java.util.Optional;

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
import org.keepsake.core.target.TargetFactory;
import org.keepsake.engine.Human;
import org.keepsake.engine.PlaceSecrets;
import org.keepsake.ui.internal.Messages;
import org.keepsake.ui.internal.part.Looks;

/** Asks for one secret that opens a place. */
final class PlacePasswordDialog extends Dialog {

	private final String place;
	private final String purpose;
	private final boolean again;
	private @Nullable Text field;
	private @Nullable Button remember;
	private Optional<PlaceSecrets.Answer> answer = Optional.empty();

	/** Opened by the caller. @param again whether the one before was wrong */
	PlacePasswordDialog(@Nullable Shell shell, String place, String purpose, boolean again) {
		super(shell);
		this.place = place;
		this.purpose = purpose;
		this.again = again;
	}

	/** The answer, once; empty if nothing was typed. */
	Optional<PlaceSecrets.Answer> takeAnswer() {
		Optional<PlaceSecrets.Answer> taken = answer;
		answer = Optional.empty();
		return taken;
	}

	/** The server may take something else instead, such as a key; a repository takes nothing else. */
	private boolean isNeeded() {
		return purpose.equals(TargetFactory.REPOSITORY_PASSWORD);
	}

	private String label() {
		return switch (purpose) {
			case TargetFactory.REPOSITORY_PASSWORD -> Messages.place_password_repository;
			case "password" -> Messages.place_password_user;
			case "passphrase" -> Messages.place_password_key;
			case "access-key" -> Messages.place_password_access_key;
			case "secret-key" -> Messages.place_password_secret_key;
			default -> Human.printable(purpose.replace('-', ' '));
		};
	}

	@Override
	protected void configureShell(Shell newShell) {
		super.configureShell(newShell);
		newShell.setText(Messages.place_password_title);
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
		if (again) {
			Looks.text(wide(rows, "notice"), Messages.place_password_wrong);
		}
		Looks.text(wide(rows, "plain"), Messages.place_password_why.formatted(place));
		if (!isNeeded()) {
			Looks.text(wide(rows, "faint"), Messages.place_password_or_not);
		}
		Label label = new Label(rows, SWT.NONE);
		label.setText(label());
		Text password = new Text(rows, SWT.BORDER | SWT.PASSWORD);
		password.setLayoutData(new GridData(SWT.FILL, SWT.CENTER, true, false));
		Looks.name(password, label().replace("&", ""));
		password.addListener(SWT.Modify, event -> check());
		field = password;
		Button choice = new Button(rows, SWT.CHECK);
		choice.setText(Messages.unlock_remember);
		choice.setLayoutData(new GridData(SWT.BEGINNING, SWT.CENTER, false, false, 2, 1));
		remember = choice;
		password.setFocus();
		return area;
	}

	private static Label wide(Composite rows, String look) {
		Label text = Looks.text(rows, look);
		GridData data = (GridData) text.getLayoutData();
		data.horizontalSpan = 2;
		data.widthHint = 460;
		return text;
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
			ok.setEnabled(!isNeeded() || password.getCharCount() > 0);
		}
	}

	@Override
	protected void okPressed() {
		Text password = field;
		Button choice = remember;
		if (password != null && choice != null && password.getCharCount() > 0) {
			char[] characters = password.getTextChars();
			answer = Optional.of(new PlaceSecrets.Answer(new Secret(characters), choice.getSelection()));
			Arrays.fill(characters, '\0');
			password.setText("");
		}
		super.okPressed();
	}
}
