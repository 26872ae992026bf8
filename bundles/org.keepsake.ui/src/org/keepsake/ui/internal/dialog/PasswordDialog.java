// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ui.internal.dialog;

import org.eclipse.jdt.annotation.Nullable;
import org.eclipse.swt.SWT;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Shell;
import org.keepsake.core.Secret;
import org.keepsake.ui.internal.Messages;
import org.keepsake.ui.internal.part.Looks;

/** Asks for the current backup password, a new one, or both. */
public final class PasswordDialog extends TitledDialog {

	private final String explanation;
	private final boolean askCurrent;
	private final boolean askNew;
	private final boolean offerRemoval;
	private @Nullable PasswordRow current;
	private @Nullable PasswordRow fresh;
	private @Nullable PasswordRow again;
	private @Nullable Button remove;
	private @Nullable Label complaint;
	private @Nullable Secret currentSecret;
	private @Nullable Secret newSecret;

	/** Opened by the caller. */
	public PasswordDialog(@Nullable Shell shell, String title, String explanation, boolean askCurrent, boolean askNew,
			boolean offerRemoval) {
		super(shell, title);
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
	void build(Composite area) {
		Composite rows = rows(area, SWT.DEFAULT);
		wide(rows, "plain", explanation, 420);
		if (askCurrent) {
			current = new PasswordRow(rows, Messages.encryption_current, this::check);
		}
		if (offerRemoval) {
			Button choice = new Button(rows, SWT.CHECK);
			choice.setText(Messages.encryption_off);
			choice.setLayoutData(new GridData(SWT.BEGINNING, SWT.CENTER, false, false, 2, 1));
			choice.addListener(SWT.Selection, event -> check());
			remove = choice;
		}
		if (askNew) {
			fresh = new PasswordRow(rows, Messages.encryption_new, this::check);
			again = new PasswordRow(rows, Messages.encryption_repeat, this::check);
		}
		complaint = wide(rows, "notice", "");
	}

	@Override
	protected void createButtonsForButtonBar(Composite parent) {
		super.createButtonsForButtonBar(parent);
		check();
	}

	private void check() {
		boolean removing = isRemoving();
		PasswordRow old = current;
		boolean complete = old == null || !old.isEmpty();
		boolean differs = false;
		PasswordRow first = fresh;
		PasswordRow second = again;
		if (first != null && second != null) {
			first.enable(!removing);
			second.enable(!removing);
			boolean same = first.isSame(second);
			differs = !removing && !second.isEmpty() && !same;
			complete &= removing || !first.isEmpty() && same;
		}
		Label complaining = complaint;
		if (complaining != null) {
			Looks.text(complaining, differs ? Messages.encryption_mismatch : "");
		}
		enableOk(complete);
	}

	private boolean isRemoving() {
		return isOn(remove);
	}

	@Override
	protected void okPressed() {
		currentSecret = secret(current);
		newSecret = isRemoving() ? null : secret(fresh);
		super.okPressed();
	}

	private static @Nullable Secret secret(@Nullable PasswordRow row) {
		return row == null ? null : row.secret();
	}
}
