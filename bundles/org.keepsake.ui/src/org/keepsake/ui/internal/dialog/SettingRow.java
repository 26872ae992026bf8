// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ui.internal.dialog;

import java.util.List;

import org.eclipse.swt.SWT;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Combo;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.FileDialog;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Text;
import org.keepsake.core.storage.Setting;
import org.keepsake.core.storage.Setting.Form;
import org.keepsake.core.storage.Setting.Option;
import org.keepsake.ui.internal.Messages;
import org.keepsake.ui.internal.part.Looks;
import org.keepsake.ui.internal.place.SettingsForm;

/** Builds the rows of two columns in which a setting is shown, changed and explained. */
final class SettingRow {

	private final Composite rows;
	private final SettingsForm form;
	private final Setting setting;

	/** Into a container with two columns. */
	SettingRow(Composite rows, SettingsForm form, Setting setting) {
		this.rows = rows;
		this.form = form;
		this.setting = setting;
	}

	/** Builds it. Secrets have rows of their own: {@link PasswordRow}. */
	void build() {
		switch (setting.form()) {
			case Form.Line(String hint) -> line(rows, hint);
			case Form.File(String hint) -> file(hint);
			case Form.Flag() -> flag();
			case Form.Choice choice -> choice(choice);
			case Form.Hidden() -> throw new IllegalArgumentException(setting.key());
		}
		explain(rows, setting.help());
	}

	/** A sentence below a field. */
	static void explain(Composite rows, String help) {
		new Label(rows, SWT.NONE).setVisible(false);
		Label label = Looks.text(rows, "faint");
		Looks.text(label, help);
	}

	private void title() {
		Label title = new Label(rows, SWT.NONE);
		Looks.text(title, setting.title());
		title.setToolTipText(setting.key()); // by this name problems and the command line speak of it
		title.setLayoutData(new GridData(SWT.BEGINNING, SWT.CENTER, false, false));
	}

	private void named(Control control) {
		Looks.name(control, setting.title());
		Looks.describe(control, setting.help());
	}

	private Text line(Composite parent, String hint) {
		if (parent == rows) {
			title();
		}
		Text text = new Text(parent, SWT.BORDER);
		text.setLayoutData(new GridData(SWT.FILL, SWT.CENTER, true, false));
		text.setText(form.value(setting));
		text.setMessage(hint);
		named(text);
		text.addListener(SWT.Modify, event -> form.tell(setting, text.getText()));
		return text;
	}

	private void file(String hint) {
		title();
		Composite row = Looks.columns(rows, 2);
		Text text = line(row, hint);
		Looks.button(row, Messages.export_browse, () -> {
			String chosen = new FileDialog(text.getShell(), SWT.OPEN).open();
			if (chosen != null) {
				text.setText(chosen);
			}
		});
	}

	private void flag() {
		new Label(rows, SWT.NONE).setVisible(false);
		Button box = new Button(rows, SWT.CHECK);
		box.setText(setting.title().replace("&", "&&"));
		box.setSelection(form.isOn(setting));
		box.setLayoutData(new GridData(SWT.BEGINNING, SWT.CENTER, true, false));
		Looks.describe(box, setting.help());
		box.addListener(SWT.Selection, event -> form.tell(setting, box.getSelection()));
	}

	private void choice(Form.Choice choice) {
		title();
		List<Option> options = form.options(choice, setting);
		Combo combo = new Combo(rows, SWT.READ_ONLY);
		combo.setLayoutData(new GridData(SWT.FILL, SWT.CENTER, true, false));
		options.forEach(option -> combo.add(option.title()));
		combo.select(form.chosen(options, setting));
		named(combo);
		combo.addListener(SWT.Selection, event -> form.choose(options, setting, combo.getSelectionIndex()));
	}
}
