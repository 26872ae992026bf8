// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ui.internal.handler;

import org.eclipse.e4.core.di.annotations.Execute;
import org.keepsake.ui.internal.model.BackupsModel;
import org.keepsake.ui.internal.model.DevicesModel;
import org.keepsake.ui.internal.place.PlacesModel;

/** Asks the devices, and reads the lists of backups and of places anew. */
public final class RefreshHandler {

	/** Does it. */
	@Execute
	public void execute(DevicesModel devices, BackupsModel backups, PlacesModel places) {
		devices.devices().forEach(item -> devices.refresh(item.udid()));
		backups.refresh();
		places.reload();
	}
}
