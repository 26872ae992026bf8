// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ui.internal.part;

import org.eclipse.swt.SWT;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Text;
import org.keepsake.ui.internal.Messages;
import org.keepsake.ui.internal.inside.InsideModel;

/** Which backup it is, and the search over all that is in it. */
final class InsideHeader {

	private static final int PAUSE_MILLIS = 450;

	private final InsideModel model;
	private final Composite row;
	private final Text search;
	private final Runnable typed = this::search;

	InsideHeader(Composite parent, InsideModel model) {
		this.model = model;
		row = Looks.columns(parent, 2);
		Label title = Looks.text(row, "pageTitle");
		GridData wide = (GridData) title.getLayoutData();
		wide.widthHint = 200;
		wide.verticalAlignment = SWT.CENTER;
		Looks.text(title, model.title());
		title.setToolTipText(model.kept().snapshot().path());
		search = new Text(row, SWT.SEARCH | SWT.ICON_SEARCH | SWT.ICON_CANCEL);
		search.setMessage(Messages.inside_search);
		Looks.name(search, Messages.inside_search);
		GridData field = new GridData(SWT.FILL, SWT.CENTER, false, false);
		field.widthHint = 260;
		search.setLayoutData(field);
		search.addListener(SWT.Modify, event -> search.getDisplay().timerExec(PAUSE_MILLIS, typed));
		search.addListener(SWT.DefaultSelection, event -> search());
	}

	private void search() {
		if (!search.isDisposed()) {
			model.search().search(search.getText());
		}
	}

	void focus() {
		search.setFocus();
		search.selectAll();
	}

	/** @return whether anything moved */
	boolean show() {
		search.setEnabled(model.isOpen());
		if (!model.search().view().isActive() && !search.getText().isBlank() && !search.isFocusControl()) {
			search.setText("");
			search.getDisplay().timerExec(-1, typed);
		}
		return false;
	}
}
