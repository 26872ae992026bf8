// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ui.internal.part;

import java.util.List;

import org.eclipse.e4.ui.di.UISynchronize;
import org.eclipse.swt.SWT;
import org.eclipse.swt.custom.SashForm;
import org.eclipse.swt.custom.StyledText;
import org.eclipse.swt.layout.FillLayout;
import org.eclipse.swt.widgets.Composite;
import org.keepsake.engine.OpenedBackup;
import org.keepsake.ui.internal.Messages;
import org.keepsake.ui.internal.inside.InsideModel;
import org.keepsake.ui.internal.inside.RecordsModel;

/** A record in full: what was said around it, all its values, its files, and a picture if it has one. */
final class RecordDetails {

	private final InsideModel model;
	private final UISynchronize ui;
	private final SashForm area;
	private final StyledText text;
	private final PictureBox picture;
	private int asked;

	RecordDetails(Composite parent, InsideModel model, UISynchronize ui) {
		this.model = model;
		this.ui = ui;
		area = new SashForm(parent, SWT.HORIZONTAL | SWT.SMOOTH);
		Composite frame = new Composite(area, SWT.NONE);
		frame.setLayout(new FillLayout());
		text = TextPage.widget(frame, Messages.inside_details);
		picture = new PictureBox(area, model, ui);
		area.setWeights(65, 35);
		clear();
	}

	/** Shows nothing. */
	void clear() {
		asked++;
		new TextPage().line(Messages.inside_details_none).show(text);
		showPicture(List.of());
	}

	/** Shows the record at the position, as soon as it is fetched. */
	void show(RecordsModel records, int position) {
		int mine = ++asked;
		records.details(position, details -> ui.asyncExec(() -> {
			if (mine == asked && !text.isDisposed()) {
				EntryPage.of(details.entry(), details.conversation(), records.zone()).show(text);
				OpenedBackup backup = model.opened();
				showPicture(Picture.of(details.entry(), path -> backup != null && backup.previews(path)));
			}
		}));
	}

	private void showPicture(List<Picture> pictures) {
		area.setMaximizedControl(pictures.isEmpty() ? text.getParent() : null);
		picture.show(pictures);
	}
}
