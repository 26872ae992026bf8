// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ui.internal.handler;

import org.eclipse.e4.core.di.annotations.CanExecute;
import org.eclipse.e4.core.di.annotations.Execute;
import org.eclipse.e4.core.di.annotations.Optional;
import org.eclipse.e4.ui.model.application.ui.basic.MPart;
import org.eclipse.e4.ui.services.IServiceConstants;
import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.ui.internal.part.InsidePart;

import jakarta.inject.Named;

/** Searches what is in the backup on the page in front. */
public final class FindHandler {

	/** Whether it can be done now. */
	@CanExecute
	public boolean canExecute(@Optional @Named(IServiceConstants.ACTIVE_PART) @Nullable MPart part) {
		return part != null && part.getObject() instanceof InsidePart;
	}

	/** Does it. */
	@Execute
	public void execute(@Optional @Named(IServiceConstants.ACTIVE_PART) @Nullable MPart part) {
		if (part != null && part.getObject() instanceof InsidePart page) {
			page.find();
		}
	}
}
