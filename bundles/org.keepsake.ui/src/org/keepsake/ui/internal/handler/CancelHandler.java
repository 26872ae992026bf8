// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ui.internal.handler;

import org.eclipse.e4.core.di.annotations.CanExecute;
import org.eclipse.e4.core.di.annotations.Execute;
import org.keepsake.ui.internal.job.JobRunner;
import org.keepsake.ui.internal.job.RunningJob;
import org.keepsake.ui.internal.model.DevicesModel;

/** Cancels the job of the chosen device. */
public final class CancelHandler {

	/** Whether it can be done now. */
	@CanExecute
	public boolean canExecute(DevicesModel devices, JobRunner jobs) {
		return devices.chosen().filter(item -> jobs.isBusy(item.udid())).isPresent();
	}

	/** Does it. */
	@Execute
	public void execute(DevicesModel devices, JobRunner jobs) {
		devices.chosen().flatMap(item -> jobs.jobOf(item.udid())).ifPresent(RunningJob::cancel);
	}
}
