// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ui.internal.handler;

import org.eclipse.e4.core.di.annotations.Execute;
import org.eclipse.e4.ui.workbench.IWorkbench;
import org.eclipse.jface.dialogs.MessageDialog;
import org.eclipse.swt.widgets.Shell;
import org.keepsake.ui.internal.Messages;
import org.keepsake.ui.internal.job.JobRunner;

/** Quits, after asking if a job runs. */
public final class QuitHandler {

	/** Does it. */
	@Execute
	public void execute(IWorkbench workbench, JobRunner jobs, Shell shell) {
		if (!jobs.isBusy() || MessageDialog.openConfirm(shell, "Keepsake", Messages.quit_busy)) {
			workbench.close();
		}
	}
}
