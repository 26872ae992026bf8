// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ui.internal.handler;

import org.eclipse.e4.core.di.annotations.CanExecute;
import org.eclipse.e4.core.di.annotations.Execute;
import org.keepsake.ui.internal.Actions;
import org.keepsake.ui.internal.job.JobRunner;
import org.keepsake.ui.internal.model.DevicesModel;

/** Backs the chosen device up. */
public final class BackUpHandler {

	/** Whether it can be done now. */
	@CanExecute
	public boolean canExecute(DevicesModel devices, JobRunner jobs) {
		return devices.chosen().filter(item -> !item.needsPairing() && !jobs.isBusy(item.udid())).isPresent();
	}

	/** Does it. */
	@Execute
	public void execute(Actions actions, DevicesModel devices) {
		devices.chosen().ifPresent(actions::backUp);
	}
}
