// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ui.internal.part;

import java.util.List;

import org.eclipse.e4.ui.di.UISynchronize;
import org.eclipse.jdt.annotation.Nullable;
import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.GC;
import org.eclipse.swt.graphics.Image;
import org.eclipse.swt.graphics.ImageData;
import org.eclipse.swt.graphics.Rectangle;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.layout.GridLayout;
import org.eclipse.swt.widgets.Canvas;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Label;
import org.keepsake.core.JobControl;
import org.keepsake.engine.OpenedBackup;
import org.keepsake.ui.internal.Messages;
import org.keepsake.ui.internal.inside.InsideModel;
import org.keepsake.ui.internal.inside.ValueText;

/** Shows the first picture of a record, small; it is read and decoded in the background. */
final class PictureBox {

	private final InsideModel model;
	private final UISynchronize ui;
	private final Composite area;
	private final Canvas canvas;
	private final Label caption;
	private @Nullable Image image;
	private JobControl loading = new JobControl(_ -> {
	});
	private int asked;

	PictureBox(Composite parent, InsideModel model, UISynchronize ui) {
		this.model = model;
		this.ui = ui;
		area = new Composite(parent, SWT.NONE);
		area.setLayout(new GridLayout(1, false));
		canvas = new Canvas(area, SWT.DOUBLE_BUFFERED);
		canvas.setLayoutData(new GridData(SWT.FILL, SWT.FILL, true, true));
		canvas.addListener(SWT.Paint, event -> paint(event.gc));
		canvas.addListener(SWT.Resize, event -> canvas.redraw());
		canvas.addListener(SWT.Dispose, event -> {
			loading.cancel();
			replace(null);
		});
		caption = Looks.text(area, "faint");
		((GridData) caption.getLayoutData()).widthHint = 100;
	}

	private void paint(GC gc) {
		Image now = image;
		if (now == null) {
			return;
		}
		Rectangle size = now.getBounds();
		Rectangle room = canvas.getClientArea();
		double scale = Math.min(1, Math.min((double) room.width / size.width, (double) room.height / size.height));
		int width = Math.max(1, (int) (size.width * scale));
		int height = Math.max(1, (int) (size.height * scale));
		gc.setInterpolation(SWT.HIGH);
		gc.drawImage(now, 0, 0, size.width, size.height, (room.width - width) / 2, (room.height - height) / 2, width,
				height);
	}

	private void replace(@Nullable Image next) {
		Image old = image;
		image = next;
		if (old != null) {
			old.dispose();
		}
	}

	/** Shows the first of them that can be shown. */
	void show(List<Picture> pictures) {
		int mine = ++asked;
		loading.cancel();
		replace(null);
		Looks.text(caption, pictures.isEmpty() ? "" : Messages.inside_picture_loading);
		canvas.redraw();
		area.layout(true, true);
		OpenedBackup backup = model.opened();
		if (backup == null || pictures.isEmpty()) {
			return;
		}
		JobControl job = new JobControl(_ -> {
		});
		loading = job;
		Thread.ofVirtual().name("picture").start(() -> load(backup, pictures, mine, job));
	}

	private void load(OpenedBackup backup, List<Picture> pictures, int mine, JobControl job) {
		String hint = "";
		for (Picture picture : pictures) {
			PictureLoader.Loaded loaded = PictureLoader.load(backup, picture, job);
			if (job.isCancelled()) {
				return;
			}
			ImageData data = loaded.data();
			if (data != null) {
				String name = ValueText.oneLine(picture.name());
				ui.asyncExec(() -> show(mine, data, name));
				return;
			}
			hint = hint.isEmpty() ? loaded.hint() : hint;
		}
		String text = hint.isEmpty() ? Messages.inside_picture_none : hint;
		ui.asyncExec(() -> show(mine, null, text));
	}

	private void show(int mine, @Nullable ImageData data, String text) {
		if (mine == asked && !canvas.isDisposed()) {
			replace(data == null ? null : new Image(canvas.getDisplay(), data));
			Looks.text(caption, text);
			caption.setToolTipText(text.replace("&", "&&"));
			area.layout(true, true);
			canvas.redraw();
		}
	}
}
