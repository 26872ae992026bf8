// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ui.internal.dialog;

import java.time.ZoneId;
import java.util.List;

import org.eclipse.jdt.annotation.Nullable;
import org.eclipse.swt.SWT;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.swt.widgets.Table;
import org.eclipse.swt.widgets.TableItem;
import org.keepsake.engine.Human;
import org.keepsake.engine.KeptBackup;
import org.keepsake.ui.internal.Messages;
import org.keepsake.ui.internal.part.Looks;

/** Asks with which other version a backup is to be compared. */
final class CompareDialog extends TitledDialog {

	private static final int HEIGHT = 200;

	private final String chosen;
	private final List<KeptBackup> others;
	private @Nullable Table table;
	private @Nullable KeptBackup answer;

	/** Opened by the caller. @param others newest first, not empty */
	CompareDialog(@Nullable Shell shell, KeptBackup kept, List<KeptBackup> others) {
		super(shell, Messages.compare_title);
		this.chosen = line(kept);
		this.others = others;
	}

	private static String line(KeptBackup kept) {
		return Human.date(kept.snapshot().summary().finishedAt(), ZoneId.systemDefault()) + "  ·  "
				+ Human.bytes(kept.snapshot().summary().sizeBytes()) + "  ·  " + Human.printable(kept.target());
	}

	/** The version that was chosen; null if none was. */
	@Nullable
	KeptBackup answer() {
		return answer;
	}

	@Override
	void build(Composite area) {
		Label text = Looks.text(area, "plain");
		((GridData) text.getLayoutData()).widthHint = 460;
		Looks.text(text, Messages.compare_ask.formatted(chosen));
		Table made = new Table(area, SWT.SINGLE | SWT.BORDER | SWT.FULL_SELECTION);
		GridData data = new GridData(SWT.FILL, SWT.FILL, true, true);
		data.heightHint = HEIGHT;
		made.setLayoutData(data);
		Looks.name(made, Messages.compare_title);
		others.forEach(kept -> new TableItem(made, SWT.NONE).setText(line(kept)));
		made.setSelection(0);
		made.addListener(SWT.DefaultSelection, event -> okPressed());
		table = made;
	}

	@Override
	protected void createButtonsForButtonBar(Composite parent) {
		createButtons(parent, Messages.compare_button);
	}

	@Override
	protected void okPressed() {
		Table list = table;
		int index = list == null ? -1 : list.getSelectionIndex();
		answer = index < 0 ? null : others.get(index);
		super.okPressed();
	}
}
