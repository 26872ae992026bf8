// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ui.internal.dialog;

import org.eclipse.e4.core.di.annotations.Creatable;
import org.eclipse.e4.core.di.annotations.Optional;
import org.eclipse.e4.ui.di.UISynchronize;
import org.eclipse.e4.ui.services.IServiceConstants;
import org.eclipse.jdt.annotation.Nullable;
import org.eclipse.swt.widgets.Shell;
import org.keepsake.ui.internal.Actions;
import org.keepsake.ui.internal.model.BackupsModel;
import org.keepsake.ui.internal.place.PlacesModel;

import jakarta.inject.Inject;
import jakarta.inject.Named;

/** Opens the dialogs about places for backups. */
@Creatable
public final class PlaceDialogs {

	private final PlacesModel places;
	private final BackupsModel backups;
	private final Actions actions;
	private final UISynchronize ui;
	private final @Nullable Shell shell;

	/** Injected; without a shell the dialogs stand alone. */
	@Inject
	public PlaceDialogs(PlacesModel places, BackupsModel backups, Actions actions, UISynchronize ui,
			@Optional @Named(IServiceConstants.ACTIVE_SHELL) @Nullable Shell shell) {
		this.places = places;
		this.backups = backups;
		this.actions = actions;
		this.ui = ui;
		this.shell = shell;
	}

	/** Shows the places, and what can be done with them. */
	public void places() {
		places.reload();
		places.measure();
		new PlacesDialog(shell, places, ui,
				(parent, place) -> new StorageDialog(parent, place, places, backups, actions, ui).open()).open();
		backups.refresh();
	}
}
