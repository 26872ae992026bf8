// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ui.internal.handler;

import org.eclipse.e4.core.di.annotations.CanExecute;
import org.eclipse.e4.core.di.annotations.Execute;
import org.keepsake.engine.ProofLevel;
import org.keepsake.ui.internal.Actions;
import org.keepsake.ui.internal.model.BackupsModel;

/** Checks what is in the chosen backup. */
public final class ContentProofHandler {

	/** Whether it can be done now. */
	@CanExecute
	public boolean canExecute(BackupsModel backups) {
		return backups.chosen().isPresent();
	}

	/** Does it. */
	@Execute
	public void execute(Actions actions, BackupsModel backups) {
		backups.chosen().ifPresent(kept -> actions.prove(kept, ProofLevel.CONTENT));
	}
}
