// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ui.internal.dialog;

import java.util.Optional;

import org.eclipse.jdt.annotation.Nullable;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Shell;
import org.keepsake.core.target.TargetFactory;
import org.keepsake.engine.Human;
import org.keepsake.engine.PlaceSecrets;
import org.keepsake.ui.internal.Messages;

/** Asks for one secret that opens a place. */
final class PlacePasswordDialog extends TitledDialog {

	private static final int WIDTH = 460;

	private final String place;
	private final String purpose;
	private final boolean again;
	private @Nullable PasswordRow field;
	private @Nullable Button remember;
	private Optional<PlaceSecrets.Answer> answer = Optional.empty();

	/** Opened by the caller. @param again whether the one before was wrong */
	PlacePasswordDialog(@Nullable Shell shell, String place, String purpose, boolean again) {
		super(shell, Messages.place_password_title);
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
	void build(Composite area) {
		Composite rows = rows(area, SWT.DEFAULT);
		if (again) {
			wide(rows, "notice", Messages.place_password_wrong, WIDTH);
		}
		wide(rows, "plain", Messages.place_password_why.formatted(place), WIDTH);
		if (!isNeeded()) {
			wide(rows, "faint", Messages.place_password_or_not, WIDTH);
		}
		PasswordRow password = new PasswordRow(rows, label(), this::check);
		field = password;
		remember = remember(rows);
		password.focus();
	}

	@Override
	protected void createButtonsForButtonBar(Composite parent) {
		createButtons(parent, Messages.unlock_button);
		check();
	}

	private void check() {
		PasswordRow password = field;
		if (password != null) {
			enableOk(!isNeeded() || !password.isEmpty());
		}
	}

	@Override
	protected void okPressed() {
		PasswordRow password = field;
		if (password != null && !password.isEmpty()) {
			answer = Optional.of(new PlaceSecrets.Answer(password.secret(), isOn(remember)));
			password.wipe();
		}
		super.okPressed();
	}
}
