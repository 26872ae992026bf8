// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ui.internal.dialog;

import java.io.IOException;
import java.util.function.Consumer;

import org.eclipse.e4.ui.di.UISynchronize;
import org.eclipse.jdt.annotation.Nullable;
import org.eclipse.swt.widgets.Control;
import org.keepsake.core.CancelledException;
import org.keepsake.core.Problem;
import org.keepsake.ui.internal.model.UiProblems;

/** Does beside a dialog what may take long, and tells it how that ended, if it is still there. */
final class Beside {

	private final UISynchronize ui;

	Beside(UISynchronize ui) {
		this.ui = ui;
	}

	/** What is done. @param <T> what it results in */
	@FunctionalInterface
	interface Work<T> {
		T run() throws IOException;
	}

	/**
	 * Does it on a thread of its own.
	 *
	 * @param alive  nothing is told once this is disposed
	 * @param failed told the problem, or null if a person cancelled
	 */
	<T> void run(Control alive, Work<T> work, Consumer<T> done, Consumer<@Nullable Problem> failed) {
		Thread.ofVirtual().name("beside a dialog").start(() -> {
			Runnable told;
			try {
				T result = work.run();
				told = () -> done.accept(result);
			} catch (CancelledException e) {
				told = () -> failed.accept(null);
			} catch (IOException | RuntimeException e) {
				Problem problem = UiProblems.of(e);
				told = () -> failed.accept(problem);
			}
			Runnable end = told;
			ui.asyncExec(() -> {
				if (!alive.isDisposed()) {
					end.run();
				}
			});
		});
	}
}
