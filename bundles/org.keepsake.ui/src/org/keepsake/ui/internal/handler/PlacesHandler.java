// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ui.internal.handler;

import org.eclipse.e4.core.di.annotations.Execute;
import org.keepsake.ui.internal.dialog.PlaceDialogs;

/** Shows the places where backups are kept. */
public final class PlacesHandler {

	/** Does it. */
	@Execute
	public void execute(PlaceDialogs dialogs) {
		dialogs.places();
	}
}
