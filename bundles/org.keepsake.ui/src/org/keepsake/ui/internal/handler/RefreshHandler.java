// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ui.internal.handler;

import org.eclipse.e4.core.di.annotations.Execute;
import org.keepsake.ui.internal.model.BackupsModel;
import org.keepsake.ui.internal.model.DevicesModel;

/** Asks the devices and reads the list of backups anew. */
public final class RefreshHandler {

	/** Does it. */
	@Execute
	public void execute(DevicesModel devices, BackupsModel backups) {
		devices.devices().forEach(item -> devices.refresh(item.udid()));
		backups.refresh();
	}
}
