// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ui.internal.part;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;

import org.eclipse.jdt.annotation.Nullable;
import org.eclipse.swt.SWT;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.layout.GridLayout;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Text;
import org.keepsake.core.dataset.DataSet;
import org.keepsake.ui.internal.Messages;
import org.keepsake.ui.internal.inside.Filter;
import org.keepsake.ui.internal.inside.RecordsModel;

/** Which records of a data set are shown: words, days, and whether passwords are to be seen. */
final class FilterBar {

	private static final int PAUSE_MILLIS = 450;
	private static final int NARROW = 470;

	private final Composite bar;
	private final Text words;
	private final Text since;
	private final Text until;
	private final Button secrets;
	private final Label complaint;
	private final Runnable typed = this::apply;
	private @Nullable RecordsModel records;
	private Filter shown = Filter.ALL;

	FilterBar(Composite parent) {
		bar = Looks.columns(parent, 1);
		Composite row = Looks.columns(bar, 5);
		words = new Text(row, SWT.SEARCH | SWT.ICON_SEARCH | SWT.ICON_CANCEL);
		words.setMessage(Messages.inside_filter);
		words.setLayoutData(new GridData(SWT.FILL, SWT.CENTER, true, false));
		Looks.name(words, Messages.inside_filter);
		since = day(row, Messages.inside_since);
		until = day(row, Messages.inside_until);
		bar.addListener(SWT.Resize, event -> fit(row));
		for (Text field : new Text[] { words, since, until }) {
			field.addListener(SWT.Modify, event -> field.getDisplay().timerExec(PAUSE_MILLIS, typed));
			field.addListener(SWT.DefaultSelection, event -> apply());
		}
		secrets = new Button(bar, SWT.CHECK);
		secrets.setText(Messages.inside_secrets);
		secrets.setLayoutData(new GridData(SWT.BEGINNING, SWT.CENTER, false, false));
		secrets.addListener(SWT.Selection, event -> apply());
		complaint = Looks.text(bar, "notice");
		Looks.show(complaint, false);
	}

	private static Text day(Composite days, String label) {
		Label name = new Label(days, SWT.NONE);
		name.setText(label);
		Text field = new Text(days, SWT.BORDER);
		field.setMessage(Messages.inside_day_form);
		field.setTextLimit(10);
		GridData data = new GridData(SWT.FILL, SWT.CENTER, false, false);
		data.widthHint = 92;
		field.setLayoutData(data);
		Looks.name(field, label.replace("&", ""));
		return field;
	}

	/** Where there is little room, the words have a row of their own. */
	private void fit(Composite row) {
		int columns = bar.getSize().x < NARROW ? 4 : 5;
		GridLayout layout = (GridLayout) row.getLayout();
		if (layout.numColumns != columns) {
			layout.numColumns = columns;
			((GridData) words.getLayoutData()).horizontalSpan = columns == 4 ? 4 : 1;
			bar.getDisplay().asyncExec(() -> {
				if (!bar.isDisposed()) {
					bar.getParent().layout(true, true);
				}
			});
		}
	}

	Control control() {
		return bar;
	}

	/** Filters the records of another data set; null for none. */
	void bind(@Nullable RecordsModel model, @Nullable DataSet dataSet) {
		records = model;
		boolean secret = dataSet != null && dataSet.hasSecrets();
		Looks.show(secrets, secret);
		fill(model == null ? Filter.ALL : model.view().filter());
		bar.layout(true, true);
	}

	private void fill(Filter filter) {
		records(() -> {
			words.setText(filter.text());
			since.setText(text(filter.since()));
			until.setText(text(filter.until()));
			secrets.setSelection(filter.secrets());
			complain(false);
		});
		shown = filter;
	}

	private static String text(@Nullable LocalDate day) {
		return day == null ? "" : day.toString();
	}

	/** Fills fields without being taken for a person. */
	private void records(Runnable filling) {
		RecordsModel bound = records;
		records = null;
		filling.run();
		bar.getDisplay().timerExec(-1, typed);
		records = bound;
	}

	/** Shows a filter that was set elsewhere. */
	void show(RecordsModel.View view) {
		if (!view.filter().equals(shown)) {
			fill(view.filter());
		}
	}

	private void apply() {
		RecordsModel model = records;
		if (bar.isDisposed() || model == null) {
			return;
		}
		bar.getDisplay().timerExec(-1, typed);
		try {
			Filter asked = new Filter(words.getText().strip(), parse(since), parse(until),
					secrets.getVisible() && secrets.getSelection());
			complain(false);
			shown = asked;
			model.filter(asked);
		} catch (DateTimeParseException e) {
			complain(true);
		}
	}

	private void complain(boolean wrong) {
		if (complaint.getVisible() != wrong) {
			Looks.text(complaint, wrong ? Messages.inside_day_wrong : "");
			Looks.show(complaint, wrong);
			bar.getParent().layout(true, true);
		}
	}

	private static @Nullable LocalDate parse(Text field) {
		String text = field.getText().strip();
		return text.isEmpty() ? null : LocalDate.parse(text);
	}
}
