// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ui.internal.part;

import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import org.eclipse.jdt.annotation.Nullable;
import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.Point;
import org.eclipse.swt.layout.FillLayout;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Table;
import org.eclipse.swt.widgets.TableColumn;
import org.eclipse.swt.widgets.TableItem;
import org.keepsake.core.dataset.Survey;
import org.keepsake.engine.Human;
import org.keepsake.ui.internal.Messages;
import org.keepsake.ui.internal.inside.InsideModel;
import org.keepsake.ui.internal.inside.InsideModel.Item;
import org.keepsake.ui.internal.inside.ValueText;

/** The data sets of a backup: their name, how much they hold, and from when. */
final class DataSetList {

	private final InsideModel model;
	private final Table table;
	private List<Item> shown = List.of();

	DataSetList(Composite parent, InsideModel model) {
		this.model = model;
		Composite frame = Looks.style(new Composite(parent, SWT.NONE), "sidebar");
		frame.setLayout(new FillLayout());
		table = Looks.style(new Table(frame, SWT.SINGLE | SWT.FULL_SELECTION | SWT.V_SCROLL | SWT.NO_SCROLL),
				"sidebar");
		Looks.name(table, Messages.inside_data_sets);
		new TableColumn(table, SWT.NONE);
		table.addListener(SWT.Resize, event -> table.getColumn(0).setWidth(table.getClientArea().width));
		table.addListener(SWT.Selection, event -> choose());
		table.addListener(SWT.MouseHover, event -> tell(event.x, event.y));
	}

	private void choose() {
		int index = table.getSelectionIndex();
		if (index >= 0 && index < shown.size()) {
			model.search().leave();
			model.choose(shown.get(index).dataSet().id());
		}
	}

	private void tell(int x, int y) {
		TableItem item = table.getItem(new Point(x, y));
		int index = item == null ? -1 : table.indexOf(item);
		List<String> lines = new ArrayList<>();
		if (index >= 0 && index < shown.size()) {
			lines.add(line(shown.get(index)));
			Survey survey = shown.get(index).survey();
			if (survey != null) {
				lines.addAll(survey.remarks());
			}
		}
		table.setToolTipText(lines.isEmpty() ? null : String.join("\n", lines).replace("&", "&&"));
	}

	boolean focus() {
		return !table.isDisposed() && table.setFocus();
	}

	void show() {
		List<Item> items = model.items();
		if (!items.equals(shown)) {
			shown = items;
			if (table.getItemCount() != items.size()) {
				table.setItemCount(items.size());
			}
			for (int i = 0; i < items.size(); i++) {
				TableItem row = table.getItem(i);
				String text = line(items.get(i));
				if (!text.equals(row.getText())) {
					row.setText(text);
				}
				boolean faint = !items.get(i).isPresent();
				row.setForeground(faint ? table.getDisplay().getSystemColor(SWT.COLOR_DARK_GRAY) : null);
			}
			table.getColumn(0).setWidth(table.getClientArea().width);
		}
		int chosen = model.chosen().map(item -> Integer.valueOf(indexOf(items, item))).orElse(Integer.valueOf(-1))
				.intValue();
		if (chosen >= 0 && chosen != table.getSelectionIndex()) {
			table.setSelection(chosen);
		}
	}

	private static int indexOf(List<Item> items, Item item) {
		for (int i = 0; i < items.size(); i++) {
			if (items.get(i).dataSet() == item.dataSet()) {
				return i;
			}
		}
		return -1;
	}

	private static String line(Item item) {
		String title = ValueText.oneLine(item.dataSet().title());
		Survey survey = item.survey();
		return title + '\n' + (survey == null ? Messages.inside_counting : state(survey));
	}

	/** How much there is, or why there is nothing, in one line. */
	static String state(Survey survey) {
		return switch (survey.presence()) {
			case PRESENT -> survey.count() == 0 ? Messages.inside_none
					: Human.number(survey.count()) + range(survey.first(), survey.last());
			case ABSENT -> Messages.inside_absent;
			case UNREADABLE -> Messages.inside_unreadable;
		};
	}

	private static String range(@Nullable Instant first, @Nullable Instant last) {
		if (first == null || last == null) {
			return "";
		}
		String from = day(first);
		String to = day(last);
		return "  ·  " + (from.equals(to) ? from : from + " – " + to);
	}

	private static String day(Instant instant) {
		return DateTimeFormatter.ofLocalizedDate(FormatStyle.SHORT)
				.withLocale(Locale.getDefault(Locale.Category.FORMAT))
				.format(instant.atZone(ZoneId.systemDefault()));
	}
}
