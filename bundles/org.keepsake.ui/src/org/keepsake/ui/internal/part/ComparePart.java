// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ui.internal.part;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

import org.eclipse.e4.ui.di.Focus;
import org.eclipse.e4.ui.di.UISynchronize;
import org.eclipse.e4.ui.model.application.ui.basic.MPart;
import org.eclipse.e4.ui.workbench.modeling.EPartService;
import org.eclipse.jdt.annotation.Nullable;
import org.eclipse.swt.SWT;
import org.eclipse.swt.custom.SashForm;
import org.eclipse.swt.custom.StyledText;
import org.eclipse.swt.graphics.Point;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.layout.GridLayout;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Event;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Table;
import org.eclipse.swt.widgets.TableColumn;
import org.eclipse.swt.widgets.TableItem;
import org.eclipse.swt.widgets.Tree;
import org.eclipse.swt.widgets.TreeItem;
import org.keepsake.engine.Comparison;
import org.keepsake.engine.Comparison.DataSetChange;
import org.keepsake.engine.Comparison.DomainChange;
import org.keepsake.engine.Human;
import org.keepsake.ui.internal.Messages;
import org.keepsake.ui.internal.inside.CompareModel;
import org.keepsake.ui.internal.inside.CompareModel.Chosen;
import org.keepsake.ui.internal.inside.CompareModel.Difference;
import org.keepsake.ui.internal.inside.CompareModel.Listing;
import org.keepsake.ui.internal.inside.Entry;
import org.keepsake.ui.internal.inside.ValueText;
import org.keepsake.ui.internal.job.RunningJob;
import org.keepsake.ui.internal.job.RunningJob.State;
import org.keepsake.ui.internal.model.Model.Subscription;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;

/** The page of what two versions differ in. */
public final class ComparePart {

	private final CompareModel model;
	private final EPartService parts;
	private final MPart part;
	private final Refresher refresher;
	private @Nullable Widgets widgets;
	private @Nullable Subscription watching;
	private @Nullable Comparison shown;
	private Listing listed = new Listing(List.of(), false, false, null);

	private record Widgets(Composite page, JobBox job, SashForm body, Tree tree, Label state, ProblemBox problem,
			Table table, StyledText details) {
	}

	/** Injected; the part carries its model. */
	@Inject
	public ComparePart(MPart part, UISynchronize ui, EPartService parts) {
		if (!(part.getTransientData().get(CompareModel.class.getName()) instanceof CompareModel carried)) {
			throw new IllegalStateException("A page of differences needs two versions");
		}
		this.model = carried;
		this.part = part;
		this.refresher = new Refresher(ui, this::refresh);
		this.parts = parts;
	}

	/** Builds the page. */
	@PostConstruct
	public void create(Composite area) {
		Composite page = Looks.page(area, 16, 12);
		Looks.text(Looks.text(page, "pageTitle"), model.title());
		JobBox job = new JobBox(page, this::cancel, () -> parts.hidePart(part, true));
		SashForm body = new SashForm(page, SWT.HORIZONTAL | SWT.SMOOTH);
		body.setLayoutData(new GridData(SWT.FILL, SWT.FILL, true, true));
		Tree tree = new Tree(body, SWT.SINGLE | SWT.FULL_SELECTION | SWT.BORDER);
		Looks.name(tree, Messages.compare_what);
		tree.addListener(SWT.Selection, event -> choose(event));
		tree.addListener(SWT.MouseHover, event -> {
			TreeItem item = tree.getItem(new Point(event.x, event.y));
			tree.setToolTipText(item == null ? null : item.getText().replace("&", "&&"));
		});
		Composite right = new Composite(body, SWT.NONE);
		GridLayout rows = new GridLayout(1, false);
		rows.marginHeight = 0;
		right.setLayout(rows);
		Label state = Looks.text(right, "faint");
		ProblemBox problem = new ProblemBox(right);
		SashForm list = new SashForm(right, SWT.VERTICAL | SWT.SMOOTH);
		list.setLayoutData(new GridData(SWT.FILL, SWT.FILL, true, true));
		Table table = table(list);
		StyledText details = TextPage.widget(list, Messages.inside_details);
		list.setWeights(60, 40);
		body.setWeights(40, 60);
		widgets = new Widgets(page, job, body, tree, state, problem, table, details);
		watching = model.onChange(refresher::later);
		refresh();
	}

	private Table table(Composite parent) {
		Table table = new Table(parent, SWT.VIRTUAL | SWT.SINGLE | SWT.FULL_SELECTION | SWT.BORDER);
		table.setHeaderVisible(true);
		Looks.name(table, Messages.compare_differences);
		String[] titles = { Messages.compare_column_change, Messages.inside_column_date,
				Messages.inside_column_headline };
		int[] widths = { 80, 160, 400 };
		for (int i = 0; i < titles.length; i++) {
			TableColumn column = new TableColumn(table, SWT.NONE);
			column.setText(titles[i]);
			column.setWidth(widths[i]);
		}
		table.addListener(SWT.SetData, this::fill);
		table.addListener(SWT.Selection, event -> details());
		return table;
	}

	private void fill(Event event) {
		if (event.item instanceof TableItem item && event.index < listed.differences().size()) {
			Difference one = listed.differences().get(event.index);
			item.setText(new String[] { word(one), one.date() == null ? ""
					: Human.date(one.date(), ZoneId.systemDefault()), one.text() });
		}
	}

	private static String word(Difference difference) {
		return switch (difference.change()) {
			case ADDED -> Messages.compare_new;
			case CHANGED -> Messages.compare_changed;
			case REMOVED -> Messages.compare_gone;
		};
	}

	private void cancel() {
		RunningJob job = model.job();
		if (job != null) {
			job.cancel();
		}
	}

	private void choose(Event event) {
		if (event.item instanceof TreeItem item && item.getData() instanceof Chosen chosen) {
			model.choose(chosen);
		}
	}

	private void details() {
		Widgets now = widgets;
		int index = now == null ? -1 : now.table().getSelectionIndex();
		if (now == null) {
			return;
		}
		Difference one = index < 0 || index >= listed.differences().size() ? null : listed.differences().get(index);
		Entry entry = one == null ? null : one.entry();
		TextPage page = entry != null ? EntryPage.of(entry, List.of(), ZoneId.systemDefault())
				: new TextPage().line(one == null ? Messages.inside_details_none : one.text());
		page.show(now.details());
	}

	private void refresh() {
		Widgets now = widgets;
		if (now == null || now.page().isDisposed()) {
			return;
		}
		RunningJob job = model.job();
		Comparison comparison = model.comparison();
		now.job().show(comparison != null || job == null || job.state() == State.DONE ? null : job);
		Looks.show(now.body(), comparison != null);
		if (comparison != null && comparison != shown) {
			shown = comparison;
			chooseFirst(fill(now.tree(), comparison), now.tree());
		}
		show(now, model.listed());
		now.page().layout(true, true);
	}

	private void show(Widgets now, Listing next) {
		if (next != listed) {
			boolean other = listed.differences().isEmpty() || next.differences().size() < listed.differences().size();
			listed = next;
			if (other) {
				now.table().setItemCount(0);
			}
			now.table().setItemCount(next.differences().size());
			if (other) {
				details();
			}
		}
		now.problem().show(next.problem());
		Looks.text(now.state(), state(next));
	}

	private String state(Listing next) {
		Comparison comparison = shown;
		if (model.chosen() == null) {
			boolean same = comparison != null && comparison.domains().isEmpty()
					&& comparison.dataSets().stream().allMatch(DataSetChange::isSame);
			return same ? Messages.compare_same : Messages.compare_choose;
		}
		String count = Human.number(next.differences().size());
		return next.busy() ? Messages.compare_listing.formatted(count)
				: next.cut() ? Messages.compare_cut.formatted(count)
						: next.differences().isEmpty() ? Messages.compare_nothing
								: Messages.compare_count.formatted(count);
	}

	private void chooseFirst(@Nullable TreeItem first, Tree tree) {
		if (first != null && first.getData() instanceof Chosen chosen) {
			tree.setSelection(first);
			model.choose(chosen);
		}
	}

	/** @return the first in which something differs; null if nothing does */
	private static @Nullable TreeItem fill(Tree tree, Comparison comparison) {
		TreeItem first = null;
		tree.removeAll();
		TreeItem records = group(tree, Messages.compare_records);
		for (DataSetChange change : comparison.dataSets()) {
			TreeItem item = new TreeItem(records, SWT.NONE);
			item.setText(ValueText.oneLine(change.title()) + ":  " + sentence(change));
			item.setData(new Chosen(change.dataSet(), true));
			first = first == null && !change.isSame() ? item : first;
		}
		TreeItem files = group(tree, Messages.compare_files);
		for (DomainChange change : comparison.domains()) {
			TreeItem item = new TreeItem(files, SWT.NONE);
			item.setText(ValueText.oneLine(change.domain()) + ":  " + sentence(change.added().files(),
					change.changed().files(), change.removed().files()));
			item.setData(new Chosen(change.domain(), false));
			first = first == null ? item : first;
		}
		records.setExpanded(true);
		files.setExpanded(true);
		return first;
	}

	private static TreeItem group(Tree tree, String title) {
		TreeItem item = new TreeItem(tree, SWT.NONE);
		item.setText(title);
		return item;
	}

	private static String sentence(DataSetChange change) {
		String trouble = change.trouble();
		return trouble != null ? Messages.compare_trouble.formatted(ValueText.oneLine(trouble))
				: change.isSame() ? Messages.compare_as_before
						: sentence(change.added(), change.changed(), change.removed());
	}

	private static String sentence(long added, long changed, long removed) {
		List<String> told = new ArrayList<>();
		if (added > 0) {
			told.add(Messages.compare_some_new.formatted(Human.number(added)));
		}
		if (changed > 0) {
			told.add(Messages.compare_some_changed.formatted(Human.number(changed)));
		}
		if (removed > 0) {
			told.add(Messages.compare_some_gone.formatted(Human.number(removed)));
		}
		return String.join(", ", told);
	}

	/** Gives the list of what differs the keyboard. */
	@Focus
	public void focus() {
		Widgets now = widgets;
		if (now != null && !now.tree().setFocus()) {
			now.page().forceFocus();
		}
	}

	/** Ends the watch and closes both versions. */
	@PreDestroy
	public void dispose() {
		Subscription subscription = watching;
		if (subscription != null) {
			subscription.close();
		}
		model.close();
	}
}
