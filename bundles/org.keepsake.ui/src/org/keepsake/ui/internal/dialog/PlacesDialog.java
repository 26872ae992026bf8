// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ui.internal.dialog;

import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Function;

import org.eclipse.e4.ui.di.UISynchronize;
import org.eclipse.jdt.annotation.Nullable;
import org.eclipse.jface.dialogs.IDialogConstants;
import org.eclipse.jface.dialogs.MessageDialog;
import org.eclipse.jface.window.Window;
import org.eclipse.swt.SWT;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.layout.GridLayout;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.swt.widgets.Table;
import org.eclipse.swt.widgets.TableItem;
import org.keepsake.core.Problem;
import org.keepsake.engine.Human;
import org.keepsake.ui.internal.Messages;
import org.keepsake.ui.internal.model.Model.Subscription;
import org.keepsake.ui.internal.part.Looks;
import org.keepsake.ui.internal.part.ProblemBox;
import org.keepsake.ui.internal.place.PlaceItem;
import org.keepsake.ui.internal.place.PlacesModel;

/** Lists the places where backups are kept, adds, checks and forgets them. */
final class PlacesDialog extends TitledDialog {

	private final PlacesModel places;
	private final UISynchronize ui;
	private final Beside beside;
	private final BiConsumer<Shell, PlaceItem> storage;
	private List<PlaceItem> shown = List.of();
	private @Nullable Subscription watching;
	private @Nullable Widgets widgets;
	private boolean busy;

	private record Widgets(Composite area, Table table, ProblemBox trouble, Label told, List<Button> forChosen,
			Button makeDefault, Button remove) {
	}

	/** Opened by the caller. @param storage shows what is stored in a place */
	PlacesDialog(@Nullable Shell shell, PlacesModel places, UISynchronize ui, BiConsumer<Shell, PlaceItem> storage) {
		super(shell, Messages.places_title);
		this.places = places;
		this.ui = ui;
		this.beside = new Beside(ui);
		this.storage = storage;
	}

	@Override
	void build(Composite area) {
		((GridLayout) area.getLayout()).numColumns = 2;
		Table table = table(area);
		Composite buttons = Looks.columns(area, 1);
		buttons.setLayoutData(new GridData(SWT.FILL, SWT.BEGINNING, false, false));
		button(buttons, Messages.places_add, this::add);
		Button makeDefault = button(buttons, Messages.places_make_default, this::makeDefault);
		Button check = button(buttons, Messages.places_check, this::check);
		Button use = button(buttons, Messages.places_storage, this::storage);
		Button settings = button(buttons, Messages.places_settings, this::settings);
		Button remove = button(buttons, Messages.places_remove, this::remove);
		ProblemBox trouble = new ProblemBox(area);
		trouble.span(2);
		Label told = Looks.text(area, "plain");
		((GridData) told.getLayoutData()).horizontalSpan = 2;
		Looks.show(told, false);
		widgets = new Widgets(area, table, trouble, told, List.of(check, use, settings), makeDefault, remove);
		watching = places.onChange(() -> ui.asyncExec(this::refresh));
		area.addListener(SWT.Dispose, event -> unwatch());
		trouble.show(places.problem());
		refresh();
		table.setFocus();
	}

	private void unwatch() {
		Subscription subscription = watching;
		if (subscription != null) {
			subscription.close();
		}
	}

	private Table table(Composite area) {
		Table table = table(area, 720, 220, Messages.places_title, new Column(Messages.places_column_name, 20),
				new Column(Messages.places_column_kind, 22), new Column(Messages.places_column_location, 34),
				new Column(Messages.places_column_room, 26));
		table.addListener(SWT.Selection, event -> enable());
		table.addListener(SWT.DefaultSelection, event -> check());
		return table;
	}

	private static Button button(Composite buttons, String text, Runnable action) {
		Button button = Looks.button(buttons, text, action);
		((GridData) button.getLayoutData()).horizontalAlignment = SWT.FILL;
		return button;
	}

	@Override
	protected void createButtonsForButtonBar(Composite parent) {
		createButton(parent, IDialogConstants.CANCEL_ID, Messages.places_close, false);
	}

	private void refresh() {
		Widgets all = widgets;
		if (all == null || all.area().isDisposed()) {
			return;
		}
		PlaceItem before = chosen();
		List<PlaceItem> now = places.places();
		Table table = all.table();
		table.setItemCount(now.size());
		for (int i = 0; i < now.size(); i++) {
			PlaceItem place = now.get(i);
			String name = Human.printable(place.name());
			TableItem row = table.getItem(i);
			row.setText(0, place.isDefault() ? Messages.place_default_name.formatted(name) : name);
			row.setText(1, place.kind().brief());
			row.setText(2, place.location());
			row.setText(3, place.roomText());
		}
		shown = now;
		int index = before == null ? -1 : names(now).indexOf(before.name());
		int usual = Math.max(0, now.stream().map(PlaceItem::isDefault).toList().indexOf(Boolean.TRUE));
		table.setSelection(index < 0 ? usual : index);
		enable();
	}

	private static List<String> names(List<PlaceItem> all) {
		return all.stream().map(PlaceItem::name).toList();
	}

	private @Nullable PlaceItem chosen() {
		Widgets all = widgets;
		int index = all == null ? -1 : all.table().getSelectionIndex();
		return index < 0 || index >= shown.size() ? null : shown.get(index);
	}

	private void enable() {
		Widgets all = widgets;
		PlaceItem place = chosen();
		if (all != null) {
			boolean free = place != null && !busy;
			all.forChosen().forEach(button -> button.setEnabled(free));
			all.makeDefault().setEnabled(free && place != null && !place.isDefault());
			all.remove().setEnabled(free);
		}
	}

	/** Shows how something ended; one of both, or nothing. */
	private void tell(@Nullable Problem problem, String words) {
		Widgets all = widgets;
		if (all != null) {
			all.trouble().show(problem);
			Looks.text(all.told(), words);
			Looks.show(all.told(), !words.isEmpty());
			grow(all.area());
		}
	}

	private <T> void work(String words, Beside.Work<T> work, Function<T, String> done) {
		Widgets all = widgets;
		if (all != null && !busy) {
			busy = true;
			tell(null, words);
			enable();
			beside.run(all.area(), work, result -> ended(null, done.apply(result)),
					problem -> ended(problem, ""));
		}
	}

	private void ended(@Nullable Problem problem, String words) {
		busy = false;
		tell(problem, words);
		enable();
	}

	private void add() {
		AddPlaceDialog dialog = new AddPlaceDialog(getShell(), places, ui);
		if (dialog.open() == Window.OK) {
			refresh();
			Widgets all = widgets;
			if (all != null) {
				all.table().setSelection(names(shown).indexOf(dialog.name()));
				check();
			}
		}
	}

	private void makeDefault() {
		PlaceItem place = chosen();
		if (place != null) {
			work("", () -> {
				places.makeDefault(place);
				return place;
			}, made -> Messages.places_default_now.formatted(Human.printable(made.name())));
		}
	}

	private void check() {
		PlaceItem place = chosen();
		if (place != null) {
			String name = Human.printable(place.name());
			work(Messages.places_checking.formatted(name), () -> places.check(place),
					sentences -> Messages.places_check_good.formatted(name)
							+ String.join("", sentences.stream().map(each -> "\n• " + Human.printable(each)).toList()));
		}
	}

	private void storage() {
		PlaceItem place = chosen();
		if (place != null) {
			storage.accept(getShell(), place);
		}
	}

	private void settings() {
		PlaceItem place = chosen();
		if (place != null) {
			work("", () -> places.settings(place), form -> {
				boolean saved = new PlaceSettingsDialog(getShell(), places, form, ui).open() == Window.OK;
				return saved ? Messages.settings_saved.formatted(Human.printable(place.name())) : "";
			});
		}
	}

	private void remove() {
		PlaceItem place = chosen();
		if (place != null && MessageDialog.openConfirm(getShell(), Messages.places_remove_title,
				Messages.places_remove_confirm.formatted(Human.printable(place.name()), place.location()))) {
			work("", () -> {
				places.remove(place);
				return place;
			}, gone -> Messages.places_removed.formatted(Human.printable(gone.name())));
		}
	}
}
