// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ui.internal.place;

import java.io.IOException;

/** Marks what is done without a person having asked for it, so that nobody is asked for a password because of it. */
public final class Quietly {

	private static final ScopedValue<Boolean> QUIET = ScopedValue.newInstance();

	private Quietly() {
	}

	/** What is done. @param <T> what it results in */
	@FunctionalInterface
	public interface Work<T> {
		/** Does it. */
		T run() throws IOException;
	}

	/** Does it quietly. */
	public static <T> T run(Work<T> work) throws IOException {
		return ScopedValue.where(QUIET, Boolean.TRUE).<T, IOException>call(work::run);
	}

	/** Whether this thread does something quietly now. */
	public static boolean now() {
		return QUIET.isBound();
	}
}
