// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ui.internal.dialog;

import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.eclipse.jdt.annotation.Nullable;
import org.eclipse.swt.SWT;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Combo;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Shell;
import org.keepsake.core.dataset.DataSet;
import org.keepsake.core.dataset.ExportOption;
import org.keepsake.core.dataset.Exporter;
import org.keepsake.engine.OpenedBackup;
import org.keepsake.engine.OpenedBackup.ExportWish;
import org.keepsake.ui.internal.Messages;
import org.keepsake.ui.internal.inside.Exports;
import org.keepsake.ui.internal.inside.Filter;
import org.keepsake.ui.internal.part.Looks;

/** Asks in which format and to where records are to be written. */
public final class ExportDialog extends TitledDialog {

	private final DataSet dataSet;
	private final Exports exports;
	private final Filter filter;
	private final List<Exporter> formats;
	private final List<Button> wishes = new ArrayList<>();
	private @Nullable Combo format;
	private @Nullable Composite choices;
	private @Nullable Button filtered;
	private @Nullable Button secrets;
	private @Nullable FolderRow folder;

	/** Opened by the caller. @param filter what is shown of the data set now */
	public ExportDialog(Shell shell, OpenedBackup backup, DataSet dataSet, Filter filter, Exports exports) {
		super(shell, Messages.export_title.formatted(dataSet.title()));
		this.dataSet = dataSet;
		this.exports = exports;
		this.filter = filter;
		this.formats = backup.exporters(dataSet);
	}

	@Override
	void build(Composite area) {
		Composite rows = rows(area, 560);
		new Label(rows, SWT.NONE).setText(Messages.export_format);
		Combo combo = new Combo(rows, SWT.READ_ONLY);
		combo.setLayoutData(new GridData(SWT.FILL, SWT.CENTER, true, false));
		formats.forEach(one -> combo.add(one.title()));
		combo.select(0);
		combo.addListener(SWT.Selection, event -> offerWishes());
		Looks.name(combo, Messages.export_format.replace("&", ""));
		format = combo;
		Composite below = Looks.columns(rows, 1);
		((GridData) below.getLayoutData()).horizontalSpan = 2;
		choices = below;
		if (filter.restricts()) {
			filtered = choice(rows, Messages.export_filtered, true);
		}
		if (dataSet.hasSecrets()) {
			secrets = choice(rows, Messages.export_secrets, false);
		}
		folder = new FolderRow(rows, exports.proposal(dataSet.id()), this::check);
		offerWishes();
	}

	private @Nullable Exporter exporter() {
		Combo combo = format;
		int index = combo == null ? -1 : combo.getSelectionIndex();
		return index < 0 || index >= formats.size() ? null : formats.get(index);
	}

	private void offerWishes() {
		Exporter chosen = exporter();
		Composite below = choices;
		if (chosen == null || below == null) {
			return;
		}
		wishes.forEach(Button::dispose);
		wishes.clear();
		for (ExportOption wish : chosen.options(dataSet)) {
			Button button = choice(below, wish.title().replace("&", "&&"), false);
			button.setData(wish);
			wishes.add(button);
		}
		Looks.show(below, !wishes.isEmpty());
		if (getShell() != null && getShell().isVisible()) {
			getShell().layout(true, true);
			getShell().pack();
		}
	}

	@Override
	protected void createButtonsForButtonBar(Composite parent) {
		createButtons(parent, Messages.export_button);
		check();
	}

	private void check() {
		FolderRow row = folder;
		if (row != null) {
			enableOk(row.folder() != null && !formats.isEmpty());
		}
	}

	@Override
	protected void okPressed() {
		FolderRow row = folder;
		Path into = row == null ? null : row.folder();
		Exporter chosen = exporter();
		if (into == null || chosen == null) {
			return;
		}
		Map<String, String> options = new HashMap<>();
		for (Button button : wishes) {
			if (button.getSelection() && button.getData() instanceof ExportOption wish) {
				options.put(wish.name(), wish.value());
			}
		}
		boolean asked = isOn(secrets);
		Filter what = isOn(filtered) ? new Filter(filter.text(), filter.since(), filter.until(), asked)
				: new Filter("", null, null, asked);
		ExportWish wish = new ExportWish(dataSet, chosen, what.selection(ZoneId.systemDefault()), options);
		super.okPressed();
		exports.export(wish, into);
	}
}
