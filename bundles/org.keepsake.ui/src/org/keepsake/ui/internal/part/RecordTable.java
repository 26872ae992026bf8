// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ui.internal.part;

import java.util.List;
import java.util.Objects;
import java.util.function.IntConsumer;

import org.eclipse.jdt.annotation.Nullable;
import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.GC;
import org.eclipse.swt.graphics.Point;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.layout.GridLayout;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Event;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Menu;
import org.eclipse.swt.widgets.MenuItem;
import org.eclipse.swt.widgets.Table;
import org.eclipse.swt.widgets.TableColumn;
import org.eclipse.swt.widgets.TableItem;
import org.keepsake.engine.Human;
import org.keepsake.ui.internal.Messages;
import org.keepsake.ui.internal.inside.Column;
import org.keepsake.ui.internal.inside.Entry;
import org.keepsake.ui.internal.inside.RecordsModel;
import org.keepsake.ui.internal.inside.RecordsModel.Sort;

/** Rows of records, fetched as they come into sight; of very many, a part at a time. */
final class RecordTable {

	/** So many rows at a time: the system's own tables grow slow with more. */
	static final int PART = 10_000;
	private static final int PADDING = 10;

	private final Composite frame;
	private final Table table;
	private final Menu sorting;
	private final Composite pager;
	private final Label where;
	private final Button before;
	private final Button next;
	private final IntConsumer chosen;
	private @Nullable RecordsModel records;
	private List<Column> columns = List.of();
	private @Nullable Sort sort;
	private long round;
	private int part;
	private int total;

	/** @param chosen hears the position of the chosen row; negative for none */
	RecordTable(Composite parent, IntConsumer chosen) {
		this.chosen = chosen;
		frame = new Composite(parent, SWT.NONE);
		GridLayout layout = new GridLayout(1, false);
		layout.marginWidth = 0;
		layout.marginHeight = 0;
		frame.setLayout(layout);
		table = new Table(frame, SWT.VIRTUAL | SWT.SINGLE | SWT.FULL_SELECTION | SWT.BORDER);
		table.setLayoutData(new GridData(SWT.FILL, SWT.FILL, true, true));
		table.setHeaderVisible(true);
		Looks.name(table, Messages.inside_records);
		table.addListener(SWT.SetData, this::fill);
		table.addListener(SWT.Selection, event -> choose());
		table.addListener(SWT.MouseHover, this::tell);
		sorting = new Menu(table);
		table.setMenu(sorting);
		sorting.addListener(SWT.Show, event -> offerSorting());
		pager = Looks.columns(frame, 3);
		before = Looks.button(pager, Messages.inside_part_before, () -> turn(part - 1));
		where = Looks.text(pager, "faint");
		((GridData) where.getLayoutData()).verticalAlignment = SWT.CENTER;
		next = Looks.button(pager, Messages.inside_part_next, () -> turn(part + 1));
		Looks.show(pager, false);
	}

	/** Shows other records; null for none. */
	void bind(@Nullable RecordsModel model) {
		records = model;
		round = 0;
		part = 0;
	}

	private void fill(Event event) {
		RecordsModel model = records;
		if (model == null || !(event.item instanceof TableItem item)) {
			return;
		}
		Entry entry = model.row(part * PART + event.index);
		for (int i = 0; i < columns.size(); i++) {
			item.setText(i, entry == null ? "" : columns.get(i).text(entry, model.zone()));
		}
	}

	private void choose() {
		int index = table.getSelectionIndex();
		chosen.accept(index < 0 ? -1 : part * PART + index);
	}

	private void tell(Event event) {
		TableItem item = table.getItem(new Point(event.x, event.y));
		String text = null;
		for (int i = 0; item != null && i < columns.size(); i++) {
			if (item.getBounds(i).contains(event.x, event.y)) {
				text = isCut(item.getText(i), i) ? item.getText(i).replace("&", "&&") : null;
			}
		}
		table.setToolTipText(text == null || text.isEmpty() ? null : text);
	}

	private boolean isCut(String text, int column) {
		GC gc = new GC(table);
		try {
			return gc.textExtent(text).x + PADDING > table.getColumn(column).getWidth();
		} finally {
			gc.dispose();
		}
	}

	void show(RecordsModel model, RecordsModel.View view) {
		boolean other = view.round() != round;
		if (other) {
			round = view.round();
			part = 0;
			table.setItemCount(0);
			table.setTopIndex(0);
			chosen.accept(-1);
		}
		if (!view.columns().equals(columns)) {
			columns = view.columns();
			build();
		}
		if (!Objects.equals(sort, view.sort())) {
			sort = view.sort();
			showSort();
		}
		boolean resorted = model.takeReordered();
		total = view.count();
		count();
		if (resorted && !other) {
			table.deselectAll();
			chosen.accept(-1);
			table.clearAll();
		}
		for (Integer position : model.takeLoaded()) {
			int index = position.intValue() - part * PART;
			if (index >= 0 && index < table.getItemCount()) {
				table.clear(index);
			}
		}
		int shown = model.takeShown();
		if (shown >= 0) {
			go(shown);
		}
	}

	private void build() {
		table.setRedraw(false);
		for (int i = table.getColumnCount(); i < columns.size(); i++) {
			int index = i;
			TableColumn made = new TableColumn(table, SWT.NONE);
			made.setMoveable(true);
			made.addListener(SWT.Selection, event -> sort(columns.get(index)));
		}
		while (table.getColumnCount() > columns.size()) {
			table.getColumn(table.getColumnCount() - 1).dispose();
		}
		for (int i = 0; i < columns.size(); i++) {
			TableColumn column = table.getColumn(i);
			column.setText(columns.get(i).title());
			column.setAlignment(columns.get(i).kind() == Column.Kind.NUMBER ? SWT.RIGHT : SWT.LEFT);
			column.setWidth(switch (columns.get(i).kind()) {
				case DATE -> 160;
				case HEADLINE -> 280;
				case NUMBER -> 100;
				case TEXT -> 150;
			});
		}
		table.setRedraw(true);
		table.clearAll();
		sort = null;
	}

	private void sort(Column column) {
		RecordsModel model = records;
		if (model == null || !model.canSort(column)) {
			return;
		}
		Sort now = sort;
		if (now == null || !now.column().equals(column)) {
			model.sort(new Sort(column, column.kind() == Column.Kind.DATE));
		} else if (now.descending() == (column.kind() == Column.Kind.DATE)) {
			model.sort(new Sort(column, !now.descending()));
		} else {
			model.sort(null);
		}
	}

	private void offerSorting() {
		for (MenuItem item : sorting.getItems()) {
			item.dispose();
		}
		RecordsModel model = records;
		if (model == null) {
			return;
		}
		for (Column column : columns) {
			MenuItem item = new MenuItem(sorting, SWT.RADIO);
			item.setText(Messages.inside_sort_by.formatted(column.title()).replace("&", "&&"));
			item.setEnabled(model.canSort(column));
			Sort now = sort;
			item.setSelection(now != null && now.column().equals(column));
			item.addListener(SWT.Selection, event -> {
				if (item.getSelection() || now != null && now.column().equals(column)) {
					sort(column);
				}
			});
		}
		new MenuItem(sorting, SWT.SEPARATOR);
		MenuItem none = new MenuItem(sorting, SWT.PUSH);
		none.setText(Messages.inside_sort_none);
		none.setEnabled(sort != null);
		none.addListener(SWT.Selection, event -> model.sort(null));
	}

	private void showSort() {
		Sort now = sort;
		int index = now == null ? -1 : columns.indexOf(now.column());
		table.setSortColumn(index < 0 ? null : table.getColumn(index));
		table.setSortDirection(now == null || index < 0 ? SWT.NONE : now.descending() ? SWT.DOWN : SWT.UP);
	}

	private void turn(int to) {
		part = to;
		count();
		table.deselectAll();
		table.clearAll();
		table.setTopIndex(0);
		chosen.accept(-1);
	}

	private void count() {
		int rows = Math.max(0, Math.min(PART, total - part * PART));
		if (rows != table.getItemCount()) {
			table.setItemCount(rows);
		}
		boolean many = total > PART;
		if (pager.getVisible() != many) {
			Looks.show(pager, many);
			frame.layout(true, true);
		}
		if (many) {
			Looks.text(where, Messages.inside_part.formatted(Human.number((long) part * PART + 1),
					Human.number((long) part * PART + rows), Human.number(total)));
			before.setEnabled(part > 0);
			next.setEnabled((part + 1) * PART < total);
		}
	}

	private void go(int position) {
		total = Math.max(total, position + 1);
		count();
		if (position / PART != part) {
			turn(position / PART);
		}
		int index = position % PART;
		if (index < table.getItemCount()) {
			table.setSelection(index);
			table.showSelection();
			table.setFocus();
			chosen.accept(position);
		}
	}
}
