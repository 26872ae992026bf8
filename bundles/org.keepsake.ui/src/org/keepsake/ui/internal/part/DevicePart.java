// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ui.internal.part;

import org.eclipse.e4.ui.di.Focus;
import org.eclipse.e4.ui.di.UISynchronize;
import org.eclipse.jdt.annotation.Nullable;
import org.eclipse.swt.SWT;
import org.eclipse.swt.custom.ScrolledComposite;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.layout.GridLayout;
import org.eclipse.swt.widgets.Composite;
import org.keepsake.ui.internal.Actions;
import org.keepsake.ui.internal.dialog.Dialogs;
import org.keepsake.ui.internal.job.JobRunner;
import org.keepsake.ui.internal.model.BackupsModel;
import org.keepsake.ui.internal.model.DevicePage;
import org.keepsake.ui.internal.model.DevicesModel;
import org.keepsake.ui.internal.model.Model.Subscription;
import org.keepsake.ui.internal.place.PlaceItem;
import org.keepsake.ui.internal.place.PlacesModel;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;

/** The page of the chosen device: what it is, its last backup, and the job that runs on it. */
public final class DevicePart {

	private final DevicePage page;
	private final Actions actions;
	private final Dialogs dialogs;
	private final Refresher refresher;
	private @Nullable DeviceWidgets widgets;
	private @Nullable ScrolledComposite scroll;
	private @Nullable Subscription watching;

	/** Injected. */
	@Inject
	public DevicePart(DevicesModel devices, BackupsModel backups, JobRunner jobs, PlacesModel places, Actions actions,
			Dialogs dialogs, UISynchronize ui) {
		this.page = new DevicePage(devices, backups, jobs, places);
		this.actions = actions;
		this.dialogs = dialogs;
		this.refresher = new Refresher(ui, this::refresh);
	}

	/** Builds the page. */
	@PostConstruct
	public void create(Composite parent) {
		ScrolledComposite scrolled = new ScrolledComposite(parent, SWT.V_SCROLL);
		scrolled.setExpandHorizontal(true);
		scrolled.setExpandVertical(true);
		Composite content = new Composite(scrolled, SWT.NONE);
		GridLayout layout = new GridLayout(1, false);
		layout.marginWidth = 28;
		layout.marginHeight = 24;
		layout.verticalSpacing = 14;
		content.setLayout(layout);
		content.setLayoutData(new GridData(SWT.FILL, SWT.FILL, true, true));
		scrolled.setContent(content);
		scroll = scrolled;
		DeviceWidgets built = new DeviceWidgets(content, new DeviceWidgets.Commands() {
			@Override
			public void backUp() {
				page.device().ifPresent(actions::backUp);
			}

			@Override
			public void restore() {
				page.lastBackup().ifPresent(dialogs::restore);
			}

			@Override
			public void pair() {
				page.device().ifPresent(actions::pair);
			}

			@Override
			public void password() {
				page.device().ifPresent(dialogs::password);
			}

			@Override
			public void cancel() {
				page.cancel();
			}

			@Override
			public void dismiss() {
				page.dismiss();
			}

			@Override
			public void choose(PlaceItem place) {
				page.choose(place);
			}
		});
		widgets = built;
		scrolled.addListener(SWT.Resize, event -> size());
		watching = page.onChange(refresher::later);
		refresh();
	}

	private void refresh() {
		DeviceWidgets built = widgets;
		if (built != null && !built.isDisposed()) {
			built.show(page.snapshot());
			built.show(page.places(), page.place());
			size();
		}
	}

	private void size() {
		ScrolledComposite scrolled = scroll;
		if (scrolled != null && !scrolled.isDisposed()) {
			int width = scrolled.getClientArea().width;
			scrolled.setMinSize(scrolled.getContent().computeSize(width <= 0 ? SWT.DEFAULT : width, SWT.DEFAULT));
		}
	}

	/** Gives the first button the keyboard. */
	@Focus
	public void focus() {
		DeviceWidgets built = widgets;
		if (built != null) {
			built.focus();
		}
	}

	/** Ends the watch. */
	@PreDestroy
	public void dispose() {
		Subscription subscription = watching;
		if (subscription != null) {
			subscription.close();
		}
		page.close();
	}
}
