// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ui.internal.part;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

import org.eclipse.jdt.annotation.Nullable;
import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.Point;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.layout.GridLayout;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Tree;
import org.eclipse.swt.widgets.TreeColumn;
import org.eclipse.swt.widgets.TreeItem;
import org.keepsake.engine.Human;
import org.keepsake.engine.SearchResult;
import org.keepsake.engine.SearchResult.Group;
import org.keepsake.engine.SearchResult.Hit;
import org.keepsake.ui.internal.Messages;
import org.keepsake.ui.internal.inside.InsideModel;
import org.keepsake.ui.internal.inside.SearchModel;
import org.keepsake.ui.internal.inside.ValueText;

/** What was found, by data set. */
final class SearchHits {

	private static final int DATE_WIDTH = 170;

	private final InsideModel model;
	private final Composite area;
	private final Label heading;
	private final Label remarks;
	private final ProblemBox problem;
	private final Tree tree;
	private @Nullable SearchResult shown;

	/** Where a row leads to. */
	private record Target(String dataSet, String key) {
	}

	SearchHits(Composite parent, InsideModel model) {
		this.model = model;
		area = new Composite(parent, SWT.NONE);
		GridLayout layout = new GridLayout(1, false);
		layout.marginHeight = 0;
		area.setLayout(layout);
		heading = Looks.text(area, "heading");
		problem = new ProblemBox(area);
		tree = new Tree(area, SWT.BORDER | SWT.SINGLE | SWT.FULL_SELECTION);
		tree.setLayoutData(new GridData(SWT.FILL, SWT.FILL, true, true));
		Looks.name(tree, Messages.inside_hits);
		TreeColumn what = new TreeColumn(tree, SWT.NONE);
		TreeColumn when = new TreeColumn(tree, SWT.NONE);
		when.setWidth(DATE_WIDTH);
		tree.addListener(SWT.Resize,
				event -> what.setWidth(Math.max(DATE_WIDTH, tree.getClientArea().width - DATE_WIDTH)));
		tree.addListener(SWT.DefaultSelection, event -> go());
		tree.addListener(SWT.MouseHover, event -> {
			TreeItem item = tree.getItem(new Point(event.x, event.y));
			tree.setToolTipText(item == null ? null : item.getText().replace("&", "&&"));
		});
		remarks = Looks.text(area, "faint");
	}

	Control control() {
		return area;
	}

	private void go() {
		TreeItem[] chosen = tree.getSelection();
		if (chosen.length == 0) {
			return;
		}
		if (chosen[0].getData() instanceof Target target) {
			model.show(target.dataSet(), target.key());
		} else {
			chosen[0].setExpanded(!chosen[0].getExpanded());
		}
	}

	void show(SearchModel.View view) {
		SearchResult result = view.result();
		Looks.text(heading, heading(view));
		problem.show(view.problem());
		if (result != shown) {
			shown = result;
			fill(result);
		}
		List<String> told = new ArrayList<>();
		if (result != null) {
			told.addAll(result.remarks());
			if (result.matches() > 0) {
				told.addFirst(Messages.inside_search_how);
			}
		}
		Looks.text(remarks, String.join("\n", told));
		Looks.show(remarks, !told.isEmpty());
		area.layout(true, true);
	}

	private static String heading(SearchModel.View view) {
		SearchResult result = view.result();
		if (view.busy()) {
			return view.stage().isEmpty() ? Messages.inside_searching : view.stage();
		}
		if (view.problem() != null || result == null) {
			return "";
		}
		return result.matches() == 0 ? Messages.inside_search_nothing.formatted(view.text())
				: Messages.inside_search_found.formatted(Human.number(result.matches()), view.text());
	}

	private void fill(@Nullable SearchResult result) {
		tree.setRedraw(false);
		tree.removeAll();
		if (result != null) {
			for (Group group : result.groups()) {
				TreeItem parent = new TreeItem(tree, SWT.NONE);
				parent.setText(ValueText.oneLine(group.title()) + "  (" + Human.number(group.matches()) + ")");
				for (Hit hit : group.hits()) {
					TreeItem item = new TreeItem(parent, SWT.NONE);
					item.setText(new String[] { line(hit),
							hit.date() == null ? "" : Human.date(hit.date(), ZoneId.systemDefault()) });
					item.setData(new Target(group.dataSet(), hit.key()));
				}
				parent.setExpanded(true);
			}
		}
		tree.setRedraw(true);
	}

	private static String line(Hit hit) {
		String headline = ValueText.oneLine(hit.headline());
		String excerpt = ValueText.oneLine(hit.excerpt());
		if (excerpt.startsWith(headline)) {
			return excerpt;
		}
		return excerpt.isEmpty() || headline.contains(excerpt) ? headline : headline + "  –  " + excerpt;
	}
}
