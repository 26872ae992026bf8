// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ui.internal.part;

import java.util.Optional;

import org.eclipse.e4.ui.di.Focus;
import org.eclipse.e4.ui.di.UISynchronize;
import org.eclipse.e4.ui.model.application.ui.basic.MPart;
import org.eclipse.e4.ui.workbench.modeling.EPartService;
import org.eclipse.jdt.annotation.Nullable;
import org.eclipse.swt.SWT;
import org.eclipse.swt.custom.SashForm;
import org.eclipse.swt.custom.StackLayout;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.program.Program;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.keepsake.ui.internal.Messages;
import org.keepsake.ui.internal.inside.InsideModel;
import org.keepsake.ui.internal.inside.Insides;
import org.keepsake.ui.internal.inside.RecordsModel;
import org.keepsake.ui.internal.job.RunningJob;
import org.keepsake.ui.internal.job.RunningJob.State;
import org.keepsake.ui.internal.model.Model.Subscription;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;

/** The page of what is in a backup: its data sets, the records of one of them, and the search over all. */
public final class InsidePart {

	private final InsideModel model;
	private final Insides insides;
	private final UISynchronize ui;
	private final EPartService parts;
	private final MPart part;
	private final Refresher refresher;
	private @Nullable Widgets widgets;
	private @Nullable Subscription watching;

	private record Widgets(Composite page, InsideHeader header, JobBox opening, JobBox work, SashForm body,
			DataSetList list, Composite right, StackLayout stack, RecordList records, SearchHits hits) {
	}

	/** Injected; the part carries the model of its backup. */
	@Inject
	public InsidePart(MPart part, Insides insides, UISynchronize ui, EPartService parts) {
		if (!(part.getTransientData().get(InsideModel.class.getName()) instanceof InsideModel carried)) {
			throw new IllegalStateException("A page of what is in a backup needs one");
		}
		this.model = carried;
		this.insides = insides;
		this.ui = ui;
		this.refresher = new Refresher(ui, this::refresh);
		this.parts = parts;
		this.part = part;
	}

	/** Builds the page. */
	@PostConstruct
	public void create(Composite area) {
		Composite page = Looks.page(area, 16, 12);
		InsideHeader header = new InsideHeader(page, model);
		JobBox opening = new JobBox(page, this::cancel, () -> parts.hidePart(part, true));
		JobBox work = new JobBox(page, this::cancelWork, model::dismiss, Messages.export_open_folder,
				this::openFolder);
		SashForm body = new SashForm(page, SWT.HORIZONTAL | SWT.SMOOTH);
		body.setLayoutData(new GridData(SWT.FILL, SWT.FILL, true, true));
		DataSetList list = new DataSetList(body, model);
		Composite right = new Composite(body, SWT.NONE);
		StackLayout stack = new StackLayout();
		right.setLayout(stack);
		RecordList records = new RecordList(right, model, ui);
		SearchHits hits = new SearchHits(right, model);
		body.setWeights(27, 73);
		widgets = new Widgets(page, header, opening, work, body, list, right, stack, records, hits);
		watching = model.onChange(refresher::later);
		refresh();
	}

	private void cancel() {
		RunningJob job = model.opening();
		if (job != null) {
			job.cancel();
		}
	}

	private void cancelWork() {
		RunningJob job = model.work();
		if (job != null) {
			job.cancel();
		}
	}

	private void openFolder() {
		model.exports().folder().ifPresent(folder -> Program.launch(folder.toString()));
	}

	private void refresh() {
		Widgets shown = widgets;
		if (shown == null || shown.page().isDisposed()) {
			return;
		}
		RunningJob opening = model.opening();
		boolean open = model.isOpen();
		boolean moved = shown.opening().show(open || opening == null || opening.state() == State.DONE ? null : opening);
		RunningJob work = model.work();
		shown.work().offer(work != null && !work.isActive() && model.exports().folder().isPresent());
		moved |= shown.work().show(work);
		moved |= shown.header().show();
		moved |= shown.body().getVisible() != open;
		Looks.show(shown.body(), open);
		if (open) {
			shown.list().show();
			Optional<RecordsModel> records = model.records();
			boolean searching = model.search().view().isActive();
			Control top = searching ? shown.hits().control() : shown.records().control();
			if (shown.stack().topControl != top) {
				shown.stack().topControl = top;
				shown.right().layout();
			}
			if (searching) {
				shown.hits().show(model.search().view());
			} else {
				shown.records().show(model.chosen(), records);
			}
		}
		if (moved) {
			shown.page().layout(true, true);
		}
	}

	/** Gives the search the keyboard. */
	public void find() {
		Widgets shown = widgets;
		if (shown != null) {
			shown.header().focus();
		}
	}

	/** Gives the list of data sets the keyboard. */
	@Focus
	public void focus() {
		Widgets shown = widgets;
		if (shown != null && !shown.list().focus()) {
			shown.page().forceFocus();
		}
	}

	/** Ends the watch and closes the backup. */
	@PreDestroy
	public void dispose() {
		Subscription subscription = watching;
		if (subscription != null) {
			subscription.close();
		}
		insides.close(model);
	}
}
