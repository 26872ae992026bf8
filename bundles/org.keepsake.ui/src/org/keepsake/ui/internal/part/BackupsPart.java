// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ui.internal.part;

import java.time.ZoneId;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Consumer;
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
import org.eclipse.swt.custom.SashForm;
import org.eclipse.swt.custom.StyledText;
import org.eclipse.swt.graphics.Rectangle;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Menu;
import org.eclipse.swt.widgets.MenuItem;
import org.keepsake.core.BackupSummary;
import org.keepsake.engine.Human;
import org.keepsake.engine.KeptBackup;
import org.keepsake.engine.ProofLevel;
import org.keepsake.ui.internal.Actions;
import org.keepsake.ui.internal.Messages;
import org.keepsake.ui.internal.Pages;
import org.keepsake.ui.internal.dialog.Dialogs;
import org.keepsake.ui.internal.job.JobRunner;
import org.keepsake.ui.internal.job.RunningJob;
import org.keepsake.ui.internal.model.BackupsModel;
import org.keepsake.ui.internal.model.Model.Subscription;
import org.keepsake.ui.internal.model.ProofsModel;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;

/** All kept backups, and what can be done with the chosen one. */
public final class BackupsPart {

	private final BackupsModel backups;
	private final JobRunner jobs;
	private final ProofsModel proofs;
	private final Actions actions;
	private final Dialogs dialogs;
	private final Pages pages;
	private final UISynchronize ui;
	private final Refresher refresher;
	private @Nullable Widgets widgets;
	private @Nullable Subscription watching;
	private @Nullable Subscription watchingJobs;
	private @Nullable Subscription watchingProofs;

	private record Widgets(Composite parent, Label hint, ProblemBox trouble, SashForm body, TableViewer viewer,
			StyledText proof, JobBox job, Composite buttons, Button inside, Button restore, Button prove,
			Button compare, Button delete) {
	}

	/** Injected. */
	@Inject
	public BackupsPart(BackupsModel backups, JobRunner jobs, ProofsModel proofs, Actions actions, Dialogs dialogs,
			Pages pages, UISynchronize ui) {
		this.backups = backups;
		this.jobs = jobs;
		this.proofs = proofs;
		this.actions = actions;
		this.dialogs = dialogs;
		this.pages = pages;
		this.ui = ui;
		this.refresher = new Refresher(ui, this::showButtons);
	}

	/** Builds the list and its buttons. */
	@PostConstruct
	public void create(Composite area) {
		Composite parent = Looks.page(area, 20, 16);
		Label hint = Looks.text(parent, "faint");
		ProblemBox trouble = new ProblemBox(parent);
		SashForm body = new SashForm(parent, SWT.VERTICAL | SWT.SMOOTH);
		body.setLayoutData(new GridData(SWT.FILL, SWT.FILL, true, true));
		Composite frame = new Composite(body, SWT.NONE);
		TableViewer viewer = table(frame);
		StyledText proof = TextPage.widget(body, Messages.proof_heading);
		body.setWeights(55, 45);
		body.setMaximizedControl(frame);
		Composite buttons = Looks.columns(parent, 5);
		Button inside = Looks.style(Looks.button(buttons, Messages.backups_inside,
				() -> backups.chosen().ifPresent(pages::inside)), "primary");
		Button restore = Looks.button(buttons, Messages.backups_restore,
				() -> backups.chosen().ifPresent(dialogs::restore));
		Button prove = proveButton(buttons);
		Button compare = Looks.button(buttons, Messages.backups_compare,
				() -> backups.chosen().ifPresent(kept -> dialogs.compare(kept, pages)));
		Button delete = Looks.button(buttons, Messages.backups_delete,
				() -> backups.chosen().ifPresent(dialogs::delete));
		JobBox job = new JobBox(parent, this::cancel, this::dismiss);
		widgets = new Widgets(parent, hint, trouble, body, viewer, proof, job, buttons, inside, restore, prove, compare,
				delete);
		watching = backups.onChange(() -> ui.asyncExec(this::refresh));
		watchingJobs = jobs.onChange(refresher::later);
		watchingProofs = proofs.onChange(() -> ui.asyncExec(this::proofsChanged));
		refresh();
	}

	private Button proveButton(Composite buttons) {
		Menu menu = new Menu(buttons);
		proof(menu, Messages.prove_files, actions::verify);
		proof(menu, Messages.prove_content, kept -> actions.prove(kept, ProofLevel.CONTENT));
		proof(menu, Messages.prove_drill, kept -> actions.prove(kept, ProofLevel.DRILL));
		Button[] made = new Button[1];
		made[0] = Looks.button(buttons, Messages.backups_prove, () -> {
			Rectangle place = made[0].getBounds();
			menu.setLocation(buttons.toDisplay(place.x, place.y + place.height));
			menu.setVisible(true);
		});
		return made[0];
	}

	private void proof(Menu menu, String text, Consumer<KeptBackup> action) {
		MenuItem item = new MenuItem(menu, SWT.PUSH);
		item.setText(text);
		item.addListener(SWT.Selection, event -> backups.chosen().ifPresent(action));
	}

	private void cancel() {
		chosenJob().ifPresent(RunningJob::cancel);
	}

	private void dismiss() {
		chosenJob().ifPresent(job -> jobs.dismiss(job.device()));
	}

	private Optional<RunningJob> chosenJob() {
		return backups.chosen().flatMap(kept -> jobs.jobOf(kept.snapshot().summary().udid()));
	}

	private void proofsChanged() {
		Widgets shown = widgets;
		if (shown != null && !shown.parent().isDisposed()) {
			shown.viewer().refresh();
			showButtons();
		}
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
		column(viewer, columns, Messages.backups_column_proven, 16, summary -> "")
				.setLabelProvider(label(proofs::word));
		TableViewerColumn target = column(viewer, columns, Messages.backups_column_target, 26, summary -> "");
		target.setLabelProvider(label(backup -> backup.snapshot().path()));
		viewer.addSelectionChangedListener(event -> backups
				.choose(event.getStructuredSelection().getFirstElement() instanceof KeptBackup backup ? backup : null));
		viewer.addDoubleClickListener(event -> backups.chosen().ifPresent(pages::inside));
		return viewer;
	}

	private static ColumnLabelProvider label(Function<KeptBackup, String> text) {
		return new ColumnLabelProvider() {
			@Override
			public String getText(@Nullable Object element) {
				return element instanceof KeptBackup backup ? text.apply(backup) : "";
			}

			@Override
			public String getToolTipText(@Nullable Object element) {
				return getText(element);
			}
		};
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
		Looks.show(shown.body(), !empty);
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
		shown.prove().setEnabled(free);
		shown.compare().setEnabled(chosen.isPresent());
		shown.delete().setEnabled(free);
		RunningJob job = chosenJob().isPresent() ? chosenJob().get() : null;
		shown.job().show(job);
		Control first = shown.body().getChildren()[0];
		Control maximized = chosen.isPresent() ? null : first;
		if (shown.body().getMaximizedControl() != maximized) {
			shown.body().setMaximizedControl(maximized);
		}
		chosen.ifPresent(kept -> ProofPage.of(kept, proofs).show(shown.proof()));
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
		for (Subscription subscription : new @Nullable Subscription[] { watching, watchingJobs, watchingProofs }) {
			if (subscription != null) {
				subscription.close();
			}
		}
	}
}
