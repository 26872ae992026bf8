// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ui.internal.part;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

import org.eclipse.swt.SWT;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.widgets.Combo;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Label;
import org.keepsake.engine.Human;
import org.keepsake.ui.internal.Messages;
import org.keepsake.ui.internal.place.PlaceItem;

/** A row in which the place for the next backup is chosen; it is not there where there is nothing to choose. */
final class PlaceRow {

	private final Composite row;
	private final Combo combo;
	private List<String> shown = List.of();
	private List<PlaceItem> places = List.of();

	PlaceRow(Composite parent, Consumer<PlaceItem> chosen) {
		row = Looks.columns(parent, 2);
		Label label = new Label(row, SWT.NONE);
		label.setText(Messages.device_back_up_to);
		label.setLayoutData(new GridData(SWT.BEGINNING, SWT.CENTER, false, false));
		combo = new Combo(row, SWT.READ_ONLY);
		combo.setLayoutData(new GridData(SWT.BEGINNING, SWT.CENTER, false, false));
		Looks.name(combo, Messages.device_back_up_to.replace("&", ""));
		combo.addListener(SWT.Selection, event -> {
			int index = combo.getSelectionIndex();
			if (index >= 0 && index < places.size()) {
				chosen.accept(places.get(index));
			}
		});
		Looks.show(row, false);
	}

	/** Shows the choice, and what is chosen. */
	void show(List<PlaceItem> choice, Optional<PlaceItem> place) {
		places = choice;
		List<String> names = choice.stream().map(PlaceRow::label).toList();
		if (!names.equals(shown)) {
			combo.setItems(names.toArray(String[]::new));
			shown = names;
		}
		int index = place.map(PlaceItem::name).map(name -> choice.stream().map(PlaceItem::name).toList().indexOf(name))
				.orElse(Integer.valueOf(-1)).intValue();
		if (index != combo.getSelectionIndex()) {
			if (index < 0) {
				combo.deselectAll();
			} else {
				combo.select(index);
			}
		}
		Looks.show(row, !choice.isEmpty());
	}

	private static String label(PlaceItem place) {
		String name = Human.printable(place.name());
		return place.isDefault() ? Messages.place_default_name.formatted(name) : name;
	}
}
