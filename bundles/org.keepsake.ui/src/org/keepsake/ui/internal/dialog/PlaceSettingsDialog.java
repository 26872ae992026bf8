// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ui.internal.dialog;

import java.util.LinkedHashMap;
import java.util.Map;

import org.eclipse.e4.ui.di.UISynchronize;
import org.eclipse.jdt.annotation.Nullable;
import org.eclipse.jface.dialogs.IDialogConstants;
import org.eclipse.swt.SWT;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.layout.GridLayout;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.swt.widgets.TabFolder;
import org.eclipse.swt.widgets.TabItem;
import org.keepsake.core.Problem;
import org.keepsake.core.Secret;
import org.keepsake.core.storage.Setting;
import org.keepsake.engine.Human;
import org.keepsake.ui.internal.Messages;
import org.keepsake.ui.internal.part.Looks;
import org.keepsake.ui.internal.part.ProblemBox;
import org.keepsake.ui.internal.place.PlacesModel;
import org.keepsake.ui.internal.place.SettingsForm;
import org.keepsake.ui.internal.place.SettingsForm.Page;

/** Shows what can be set for a place, and changes it. */
final class PlaceSettingsDialog extends TitledDialog {

	private static final int WIDTH = 700;

	private final PlacesModel places;
	private final SettingsForm form;
	private final Beside beside;
	private final Map<Setting, PasswordRow> secrets = new LinkedHashMap<>();
	private @Nullable Widgets widgets;
	private @Nullable Button forget;
	private boolean busy;

	private record Widgets(Composite area, ProblemBox trouble, Label told) {
	}

	/** Opened by the caller. */
	PlaceSettingsDialog(@Nullable Shell shell, PlacesModel places, SettingsForm form, UISynchronize ui) {
		super(shell, Messages.settings_title.formatted(Human.printable(form.place().name())));
		this.places = places;
		this.form = form;
		this.beside = new Beside(ui);
	}

	@Override
	void build(Composite area) {
		Composite column = rows(area, WIDTH);
		((GridLayout) column.getLayout()).numColumns = 1;
		Looks.text(Looks.text(column, "faint"), form.place().title());
		ProblemBox trouble = new ProblemBox(column);
		if (form.pages().isEmpty()) {
			Looks.text(Looks.text(column, "plain"), Messages.settings_none);
		} else {
			tabs(column);
		}
		Label told = Looks.text(column, "faint");
		widgets = new Widgets(column, trouble, told);
	}

	private void tabs(Composite column) {
		TabFolder tabs = new TabFolder(column, SWT.TOP);
		tabs.setLayoutData(new GridData(SWT.FILL, SWT.FILL, true, true));
		for (Page page : form.pages()) {
			Composite rows = Looks.columns(tabs, 2);
			GridLayout layout = (GridLayout) rows.getLayout();
			layout.marginWidth = 12;
			layout.marginHeight = 12;
			layout.verticalSpacing = 5;
			if (page.settings().getFirst().isHidden()) {
				wide(rows, "plain", Messages.settings_secrets_how);
			}
			for (Setting setting : page.settings()) {
				if (setting.isHidden()) {
					secret(rows, setting);
				} else {
					new SettingRow(rows, form, setting).build();
				}
			}
			if (page.settings().getFirst().isHidden()) {
				forgetting(rows);
			}
			TabItem tab = new TabItem(tabs, SWT.NONE);
			tab.setText(page.title());
			tab.setControl(rows);
		}
	}

	private void secret(Composite rows, Setting setting) {
		PasswordRow row = new PasswordRow(rows, setting.title().replace("&", "&&"), () -> {
		});
		row.hint(form.remembers(setting) ? Messages.settings_remembered : Messages.settings_not_remembered);
		SettingRow.explain(rows, setting.help());
		secrets.put(setting, row);
	}

	private void forgetting(Composite rows) {
		new Label(rows, SWT.NONE).setVisible(false);
		Button button = Looks.button(rows, Messages.settings_forget, this::forget);
		button.setEnabled(form.remembersAny());
		forget = button;
	}

	@Override
	protected void createButtonsForButtonBar(Composite parent) {
		if (form.pages().isEmpty()) {
			createButton(parent, IDialogConstants.CANCEL_ID, Messages.places_close, true);
		} else {
			createButtons(parent, Messages.settings_save);
		}
	}

	@Override
	protected void okPressed() {
		Widgets all = widgets;
		if (all == null || busy) {
			return;
		}
		Map<String, String> changes = form.changes();
		Map<String, Secret> typed = new LinkedHashMap<>();
		secrets.forEach((setting, row) -> {
			if (!row.isEmpty()) {
				typed.put(setting.key(), row.secret());
			}
		});
		busy(true, typed.isEmpty() ? "" : Messages.settings_trying);
		beside.run(all.area(), () -> {
			try {
				places.configure(form.place(), changes, typed);
				return form;
			} finally {
				typed.values().forEach(Secret::close);
			}
		}, saved -> saved(), this::failed);
	}

	private void saved() {
		secrets.values().forEach(PasswordRow::wipe);
		super.okPressed();
	}

	private void forget() {
		Widgets all = widgets;
		if (all != null && !busy) {
			busy(true, "");
			beside.run(all.area(), () -> {
				places.forgetSecrets(form.place());
				return form;
			}, done -> forgotten(), this::failed);
		}
	}

	private void forgotten() {
		secrets.values().forEach(row -> row.hint(Messages.settings_not_remembered));
		busy(false, Messages.settings_forgotten);
		Button button = forget;
		if (button != null) {
			button.setEnabled(false);
		}
	}

	private void failed(@Nullable Problem problem) {
		busy(false, "");
		Widgets all = widgets;
		if (all != null) {
			all.trouble().show(problem);
			grow(all.area());
		}
	}

	private void busy(boolean working, String words) {
		busy = working;
		enableOk(!working);
		Widgets all = widgets;
		if (all != null) {
			Looks.text(all.told(), words);
			if (working) {
				all.trouble().show(null);
			}
			grow(all.area());
		}
	}
}
