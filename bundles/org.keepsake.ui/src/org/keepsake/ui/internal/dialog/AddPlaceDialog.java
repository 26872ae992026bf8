// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ui.internal.dialog;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;

import org.eclipse.e4.ui.di.UISynchronize;
import org.eclipse.jdt.annotation.Nullable;
import org.eclipse.swt.SWT;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Combo;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.DirectoryDialog;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.swt.widgets.Text;
import org.keepsake.core.JobControl;
import org.keepsake.core.Problem;
import org.keepsake.core.Secret;
import org.keepsake.ui.internal.Messages;
import org.keepsake.ui.internal.part.Looks;
import org.keepsake.ui.internal.part.ProblemBox;
import org.keepsake.ui.internal.place.PlaceForm;
import org.keepsake.ui.internal.place.PlaceKind;
import org.keepsake.ui.internal.place.PlaceKind.Field;
import org.keepsake.ui.internal.place.PlacesModel;

/** Asks what a place is to be added as, and adds it. */
final class AddPlaceDialog extends TitledDialog {

	private static final PlaceKind[] KINDS = PlaceKind.values();

	private final PlacesModel places;
	private final Beside beside;
	private final PlaceForm form = new PlaceForm();
	private final JobControl control = new JobControl(event -> {
	});
	private @Nullable Widgets widgets;
	private @Nullable RepositoryRows repository;
	private String name = "";
	private boolean busy;

	private record Widgets(Composite area, ProblemBox trouble, Text name, Combo kind, Map<Field, FieldRow> fields,
			Label location, Button makeDefault, Label complaint) {
	}

	/** The widgets of a field: what goes and comes with the kind. */
	private record FieldRow(Label label, Composite row, Text text) {

		void show(boolean visible) {
			Looks.show(label, visible);
			Looks.show(row, visible);
		}
	}

	/** Opened by the caller. */
	AddPlaceDialog(@Nullable Shell shell, PlacesModel places, UISynchronize ui) {
		super(shell, Messages.place_add_title);
		this.places = places;
		this.beside = new Beside(ui);
	}

	/** What the place that was added is called. */
	String name() {
		return name;
	}

	@Override
	void build(Composite area) {
		Composite rows = rows(area, 600);
		ProblemBox trouble = new ProblemBox(rows);
		trouble.span(2);
		Text called = text(rows, Messages.place_name);
		new Label(rows, SWT.NONE).setText(Messages.place_kind);
		Combo kind = new Combo(rows, SWT.READ_ONLY);
		kind.setLayoutData(new GridData(SWT.FILL, SWT.CENTER, true, false));
		Arrays.stream(KINDS).map(PlaceKind::label).forEach(kind::add);
		kind.select(0);
		Looks.name(kind, Messages.place_kind.replace("&", ""));
		kind.addListener(SWT.Selection, event -> kindChosen());
		Map<Field, FieldRow> fields = new EnumMap<>(Field.class);
		for (Field field : Field.values()) {
			fields.put(field, field(rows, field));
		}
		new Label(rows, SWT.NONE).setText(Messages.place_location);
		Label location = Looks.text(rows, "faint");
		repository = new RepositoryRows(rows, this::check);
		Button makeDefault = new Button(rows, SWT.CHECK);
		makeDefault.setText(Messages.place_make_default);
		makeDefault.setLayoutData(new GridData(SWT.BEGINNING, SWT.CENTER, false, false, 2, 1));
		Label complaint = wide(rows, "faint", "");
		widgets = new Widgets(rows, trouble, called, kind, fields, location, makeDefault, complaint);
		kindChosen();
		called.setFocus();
	}

	private Text text(Composite rows, String label) {
		new Label(rows, SWT.NONE).setText(label);
		Text text = new Text(rows, SWT.BORDER);
		text.setLayoutData(new GridData(SWT.FILL, SWT.CENTER, true, false));
		Looks.name(text, label.replace("&", ""));
		text.addListener(SWT.Modify, event -> check());
		return text;
	}

	private FieldRow field(Composite rows, Field field) {
		Label label = new Label(rows, SWT.NONE);
		label.setLayoutData(new GridData(SWT.BEGINNING, SWT.CENTER, false, false));
		label.setText(field.label());
		boolean browsed = field == Field.FOLDER;
		Composite row = Looks.columns(rows, browsed ? 2 : 1);
		Text text = new Text(row, SWT.BORDER);
		text.setLayoutData(new GridData(SWT.FILL, SWT.CENTER, true, false));
		text.setMessage(field.isNeeded() ? "" : Messages.place_optional);
		Looks.name(text, field.label().replace("&", ""));
		text.addListener(SWT.Modify, event -> {
			form.tell(field, text.getText());
			check();
		});
		if (browsed) {
			Looks.button(row, Messages.export_browse, () -> browse(text));
		}
		return new FieldRow(label, row, text);
	}

	private static void browse(Text text) {
		String chosen = new DirectoryDialog(text.getShell(), SWT.SAVE).open();
		if (chosen != null) {
			text.setText(chosen);
		}
	}

	private void kindChosen() {
		Widgets all = widgets;
		RepositoryRows rows = repository;
		if (all == null || rows == null) {
			return;
		}
		PlaceKind kind = KINDS[Math.max(0, all.kind().getSelectionIndex())];
		form.kind(kind);
		all.fields().forEach((field, row) -> row.show(kind.fields().contains(field)));
		rows.show(kind.isRepository());
		check();
		fit(all.area());
	}

	/** While it is being built its shell has no size yet. */
	private void fit(Composite area) {
		Shell shell = getShell();
		area.layout(true, true);
		if (shell != null && shell.isVisible()) {
			shell.layout(true, true);
			shell.setSize(shell.getSize().x, shell.computeSize(shell.getSize().x, SWT.DEFAULT).y);
		}
	}

	@Override
	protected void createButtonsForButtonBar(Composite parent) {
		createButtons(parent, Messages.place_add_button);
		check();
	}

	private void check() {
		Widgets all = widgets;
		RepositoryRows rows = repository;
		if (all == null || rows == null) {
			return;
		}
		form.name(all.name().getText());
		form.quota(rows.quota());
		form.making(rows.isMaking());
		form.makeDefault(all.makeDefault().getSelection());
		String location = form.location();
		Looks.text(all.location(), location.isEmpty() ? "–" : location);
		String missing = form.complaint();
		String password = form.kind().isRepository() ? rows.complaint() : null;
		String complaint = busy ? Messages.place_adding : missing != null ? missing : password != null ? password : "";
		Looks.text(all.complaint(), complaint);
		enableOk(complaint.isEmpty());
	}

	@Override
	protected void okPressed() {
		Widgets all = widgets;
		RepositoryRows rows = repository;
		if (all == null || rows == null || busy) {
			return;
		}
		check();
		PlaceForm.Wanted wanted = form.wanted();
		Secret password = wanted.kind().isRepository() ? rows.password() : null;
		boolean remember = rows.remembers();
		busy(true);
		all.trouble().show(null);
		beside.run(all.area(), () -> {
			try (Secret secret = password) {
				places.add(wanted, secret, remember, control);
				return wanted.name();
			}
		}, this::added, this::failed);
	}

	private void added(String called) {
		name = called;
		RepositoryRows rows = repository;
		if (rows != null) {
			rows.wipe();
		}
		super.okPressed();
	}

	private void failed(@Nullable Problem problem) {
		Widgets all = widgets;
		if (all != null) {
			busy(false);
			all.trouble().show(problem);
			fit(all.area());
		}
	}

	private void busy(boolean working) {
		busy = working;
		check();
	}

	/** What is on its way is taken back when it arrives. */
	@Override
	public boolean close() {
		if (getReturnCode() != OK) {
			control.cancel();
		}
		return super.close();
	}
}
