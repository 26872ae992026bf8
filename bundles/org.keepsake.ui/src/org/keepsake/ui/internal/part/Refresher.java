// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ui.internal.part;

import java.util.concurrent.atomic.AtomicBoolean;

import org.eclipse.e4.ui.di.UISynchronize;

/** Refreshes a page on its own thread. Many changes come in between two paints: one refresh serves them all. */
final class Refresher {

	private final UISynchronize ui;
	private final Runnable refresh;
	private final AtomicBoolean waiting = new AtomicBoolean();

	/** Refreshes nothing yet. */
	Refresher(UISynchronize ui, Runnable refresh) {
		this.ui = ui;
		this.refresh = refresh;
	}

	/** Refreshes soon; called on any thread. */
	void later() {
		if (waiting.compareAndSet(false, true)) {
			ui.asyncExec(() -> {
				waiting.set(false);
				refresh.run();
			});
		}
	}
}
