// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ui.internal.part;

import java.time.ZoneId;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;

import org.eclipse.e4.ui.di.Focus;
import org.eclipse.e4.ui.di.UISynchronize;
import org.eclipse.jdt.annotation.Nullable;
import org.eclipse.jface.layout.TableColumnLayout;
import org.eclipse.jface.viewers.ArrayContentProvider;
import org.eclipse.jface.viewers.ColumnLabelProvider;
import org.eclipse.jface.viewers.ColumnViewerToolTipSupport;
import org.eclipse.jface.viewers.ColumnWeightData;
import org.eclipse.jface.viewers.TableViewer;
import org.eclipse.jface.viewers.TableViewerColumn;
import org.eclipse.swt.SWT;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.layout.GridLayout;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Label;
import org.keepsake.core.BackupSummary;
import org.keepsake.engine.Human;
import org.keepsake.engine.KeptBackup;
import org.keepsake.ui.internal.Messages;
import org.keepsake.ui.internal.Pages;
import org.keepsake.ui.internal.dialog.Dialogs;
import org.keepsake.ui.internal.job.JobRunner;
import org.keepsake.ui.internal.model.BackupsModel;
import org.keepsake.ui.internal.model.Model.Subscription;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;

/** All kept backups, and what can be done with the chosen one. */
public final class BackupsPart {

	private final BackupsModel backups;
	private final JobRunner jobs;
	private final Dialogs dialogs;
	private final Pages pages;
	private final UISynchronize ui;
	private @Nullable Widgets widgets;
	private @Nullable Subscription watching;
	private @Nullable Subscription watchingJobs;

	private record Widgets(Composite parent, Label hint, ProblemBox trouble, Composite frame, TableViewer viewer,
			Label outcome, Composite buttons, Button inside, Button restore, Button verify, Button delete) {
	}

	/** Injected. */
	@Inject
	public BackupsPart(BackupsModel backups, JobRunner jobs, Dialogs dialogs, Pages pages,
			UISynchronize ui) {
		this.backups = backups;
		this.jobs = jobs;
		this.dialogs = dialogs;
		this.pages = pages;
		this.ui = ui;
	}

	/** Builds the list and its buttons. */
	@PostConstruct
	public void create(Composite area) {
		Composite parent = Looks.style(new Composite(area, SWT.NONE), "page");
		GridLayout layout = new GridLayout(1, false);
		layout.marginWidth = 20;
		layout.marginHeight = 16;
		parent.setLayout(layout);
		Label hint = Looks.text(parent, "faint");
		ProblemBox trouble = new ProblemBox(parent);
		Composite frame = new Composite(parent, SWT.NONE);
		frame.setLayoutData(new GridData(SWT.FILL, SWT.FILL, true, true));
		TableViewer viewer = table(frame);
		Label outcome = Looks.text(parent, "plain");
		Composite buttons = Looks.columns(parent, 4);
		Button inside = Looks.style(Looks.button(buttons, Messages.backups_inside,
				() -> backups.chosen().ifPresent(pages::inside)), "primary");
		Button restore = Looks.button(buttons, Messages.backups_restore,
				() -> backups.chosen().ifPresent(dialogs::restore));
		Button verify = Looks.button(buttons, Messages.backups_verify,
				() -> backups.chosen().ifPresent(dialogs::verify));
		Button delete = Looks.button(buttons, Messages.backups_delete,
				() -> backups.chosen().ifPresent(dialogs::delete));
		widgets = new Widgets(parent, hint, trouble, frame, viewer, outcome, buttons, inside, restore, verify, delete);
		watching = backups.onChange(() -> ui.asyncExec(this::refresh));
		watchingJobs = jobs.onChange(() -> ui.asyncExec(this::showButtons));
		refresh();
	}

	private TableViewer table(Composite frame) {
		TableColumnLayout columns = new TableColumnLayout();
		frame.setLayout(columns);
		TableViewer viewer = new TableViewer(frame, SWT.SINGLE | SWT.FULL_SELECTION | SWT.BORDER);
		viewer.getTable().setHeaderVisible(true);
		ColumnViewerToolTipSupport.enableFor(viewer);
		Looks.name(viewer.getTable(), Messages.backups_list);
		viewer.setContentProvider(ArrayContentProvider.getInstance());
		column(viewer, columns, Messages.backups_column_device, 22, summary -> Human.orDash(summary.deviceName()));
		column(viewer, columns, Messages.backups_column_date, 26,
				summary -> Human.date(summary.finishedAt(), ZoneId.systemDefault()));
		column(viewer, columns, Messages.backups_column_ios, 8, summary -> Human.orDash(summary.iosVersion()));
		column(viewer, columns, Messages.backups_column_size, 12, summary -> Human.bytes(summary.sizeBytes()));
		column(viewer, columns, Messages.backups_column_encrypted, 14, summary -> Human.yesNo(summary.encrypted()));
		column(viewer, columns, Messages.backups_column_state, 14, summary -> summary.complete()
				? Messages.backups_state_complete
				: Messages.backups_state_incomplete);
		TableViewerColumn target = column(viewer, columns, Messages.backups_column_target, 26, summary -> "");
		target.setLabelProvider(new ColumnLabelProvider() {
			@Override
			public String getText(@Nullable Object element) {
				return element instanceof KeptBackup backup ? backup.snapshot().path() : "";
			}

			@Override
			public String getToolTipText(@Nullable Object element) {
				return getText(element);
			}
		});
		viewer.addSelectionChangedListener(event -> backups
				.choose(event.getStructuredSelection().getFirstElement() instanceof KeptBackup backup ? backup : null));
		viewer.addDoubleClickListener(event -> backups.chosen().ifPresent(pages::inside));
		return viewer;
	}

	private static TableViewerColumn column(TableViewer viewer, TableColumnLayout columns, String title, int weight,
			Function<BackupSummary, String> text) {
		TableViewerColumn column = new TableViewerColumn(viewer, SWT.NONE);
		column.getColumn().setText(title);
		columns.setColumnData(column.getColumn(), new ColumnWeightData(weight, weight * 6));
		column.setLabelProvider(new ColumnLabelProvider() {
			@Override
			public String getText(@Nullable Object element) {
				return element instanceof KeptBackup backup ? text.apply(backup.snapshot().summary()) : "";
			}
		});
		return column;
	}

	private void refresh() {
		Widgets shown = widgets;
		if (shown == null || shown.parent().isDisposed()) {
			return;
		}
		boolean empty = backups.backups().isEmpty();
		boolean quiet = backups.problem() == null;
		Object[] rows = backups.backups().toArray();
		if (!Arrays.equals(rows, (Object[]) shown.viewer().getInput())) {
			shown.viewer().setInput(rows);
		}
		Looks.text(shown.hint(), backups.isLoaded() ? Messages.backups_empty : Messages.backups_loading);
		Looks.show(shown.hint(), empty && quiet);
		shown.trouble().show(backups.problem());
		Looks.show(shown.frame(), !empty);
		Looks.show(shown.buttons(), !empty);
		showButtons();
	}

	private void showButtons() {
		Widgets shown = widgets;
		if (shown == null || shown.parent().isDisposed()) {
			return;
		}
		Optional<KeptBackup> chosen = backups.chosen();
		boolean free = chosen.filter(backup -> !jobs.isBusy(backup.snapshot().summary().udid())).isPresent();
		boolean complete = chosen.filter(backup -> backup.snapshot().summary().complete()).isPresent();
		Looks.enablePrimary(shown.inside(), chosen.isPresent());
		shown.restore().setEnabled(free && complete);
		shown.verify().setEnabled(free);
		shown.delete().setEnabled(free);
		String line = chosen.flatMap(backup -> jobs.jobOf(backup.snapshot().summary().udid())).map(job -> {
			var problem = job.problem();
			return job.isActive() ? job.title() + "  " + job.facts()
					: problem != null ? problem.title() + " – " + problem.remedy() : job.result();
		}).orElse("");
		Looks.text(shown.outcome(), line);
		Looks.show(shown.outcome(), !line.isEmpty());
		shown.parent().layout(true, true);
	}

	/** Gives the list the keyboard. */
	@Focus
	public void focus() {
		Widgets shown = widgets;
		if (shown != null) {
			shown.viewer().getTable().setFocus();
		}
	}

	/** Ends the watches. */
	@PreDestroy
	public void dispose() {
		for (Subscription subscription : new @Nullable Subscription[] { watching, watchingJobs }) {
			if (subscription != null) {
				subscription.close();
			}
		}
	}
}
