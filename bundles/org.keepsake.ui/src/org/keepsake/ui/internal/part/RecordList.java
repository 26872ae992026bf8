// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ui.internal.part;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.eclipse.e4.ui.di.UISynchronize;
import org.eclipse.jdt.annotation.Nullable;
import org.eclipse.swt.SWT;
import org.eclipse.swt.custom.SashForm;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.layout.GridLayout;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Label;
import org.keepsake.core.dataset.Survey;
import org.keepsake.engine.Human;
import org.keepsake.engine.OpenedBackup;
import org.keepsake.ui.internal.Messages;
import org.keepsake.ui.internal.dialog.ExportDialog;
import org.keepsake.ui.internal.inside.InsideModel;
import org.keepsake.ui.internal.inside.InsideModel.Item;
import org.keepsake.ui.internal.inside.RecordsModel;
import org.keepsake.ui.internal.inside.ValueText;
import org.keepsake.ui.internal.job.RunningJob;

/** The records of the chosen data set: what is told of it, a filter, the rows, and the chosen one in full. */
final class RecordList {

	private final InsideModel model;
	private final Composite area;
	private final Label title;
	private final Button export;
	private final Label state;
	private final ProblemBox problem;
	private final FilterBar filter;
	private final SashForm body;
	private final RecordTable table;
	private final RecordDetails details;
	private @Nullable RecordsModel records;
	private String told = "";

	RecordList(Composite parent, InsideModel model, UISynchronize ui) {
		this.model = model;
		area = new Composite(parent, SWT.NONE);
		GridLayout layout = new GridLayout(1, false);
		layout.marginHeight = 0;
		layout.marginWidth = 8;
		area.setLayout(layout);
		Composite heading = Looks.columns(area, 2);
		title = Looks.text(heading, "heading");
		((GridData) title.getLayoutData()).verticalAlignment = SWT.CENTER;
		export = Looks.button(heading, Messages.export_open, this::export);
		state = Looks.text(area, "faint");
		problem = new ProblemBox(area);
		filter = new FilterBar(area);
		body = new SashForm(area, SWT.VERTICAL | SWT.SMOOTH);
		body.setLayoutData(new GridData(SWT.FILL, SWT.FILL, true, true));
		table = new RecordTable(body, this::chosen);
		details = new RecordDetails(body, model, ui);
		body.setWeights(60, 40);
	}

	Control control() {
		return area;
	}

	private void export() {
		RecordsModel from = records;
		OpenedBackup backup = model.opened();
		if (from != null && backup != null) {
			new ExportDialog(area.getShell(), backup, from.dataSet(), from.view().filter(), model.exports()).open();
		}
	}

	private void chosen(int position) {
		RecordsModel from = records;
		if (from != null && position >= 0) {
			details.show(from, position);
		} else {
			details.clear();
		}
	}

	void show(Optional<Item> item, Optional<RecordsModel> chosen) {
		RecordsModel now = chosen.isPresent() ? chosen.get() : null;
		boolean other = now != records;
		if (other) {
			records = now;
			filter.bind(now, item.map(Item::dataSet).isPresent() ? item.get().dataSet() : null);
			table.bind(now);
			details.clear();
		}
		Looks.text(title, item.map(known -> ValueText.oneLine(known.dataSet().title())).orElse(""));
		RecordsModel.View view = now == null ? null : now.view();
		String line = line(item, view);
		Looks.text(state, line);
		problem.show(view == null ? null : view.problem());
		Looks.show(filter.control(), now != null);
		Looks.show(body, now != null);
		RunningJob work = model.work();
		export.setEnabled(now != null && (work == null || !work.isActive()));
		Looks.show(export, now != null);
		if (now != null && view != null) {
			filter.show(view);
			table.show(now, view);
		}
		// How many there are up to now takes no other room than a moment ago.
		String shape = line.replaceAll("\\d[\\d\\p{Zs}.,']*", "0") + (view == null ? "" : view.problem())
				+ (now == null);
		if (other || !shape.equals(told)) {
			told = shape;
			area.layout(true, true);
		}
	}

	private static String line(Optional<Item> item, RecordsModel.@Nullable View view) {
		if (item.isEmpty()) {
			return Messages.inside_choose;
		}
		Survey survey = item.get().survey();
		if (survey == null) {
			return Messages.inside_counting;
		}
		List<String> lines = new ArrayList<>();
		if (view == null) {
			lines.add(DataSetList.state(survey));
		} else {
			lines.add(count(view, survey));
		}
		String remarks = String.join(" ", survey.remarks().stream().map(ValueText::oneLine).toList());
		if (!remarks.isEmpty() && (view == null || view.problem() == null)) {
			lines.add(remarks);
		}
		return String.join("\n", lines);
	}

	private static String count(RecordsModel.View view, Survey survey) {
		String count = Human.number(view.count());
		if (view.problem() != null) {
			return view.count() == 0 ? Messages.inside_unreadable : Messages.inside_partial.formatted(count);
		}
		if (view.reading()) {
			return view.count() == 0 ? Messages.inside_reading : Messages.inside_reading_some.formatted(count);
		}
		if (view.cut()) {
			return Messages.inside_cut.formatted(count);
		}
		if (view.count() == 0) {
			return view.filter().restricts() ? Messages.inside_filter_nothing : Messages.inside_none;
		}
		if (view.filter().restricts()) {
			return Messages.inside_filter_some.formatted(count, Human.number(survey.count()));
		}
		List<String> parts = new ArrayList<>();
		survey.parts().forEach((kind, many) -> parts.add(kind + ": " + Human.number(many.longValue())));
		String all = view.count() == 1 ? Messages.inside_one : Messages.inside_count.formatted(count);
		return parts.isEmpty() ? all : all + "  ·  " + String.join(", ", parts);
	}
}
