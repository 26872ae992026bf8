// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.cli.internal.output;

import java.util.function.Consumer;

import org.keepsake.core.JobEvent;

/** Shows what a long job says. Thread-safe: a job speaks from any thread. */
public interface Reporter extends Consumer<JobEvent>, AutoCloseable {

	/** Frees the line for a question until {@link #resume}. */
	default void pause() {
		// What prints whole lines is not in the way.
	}

	/** The question is answered. */
	default void resume() {
		// Nothing was held back.
	}

	/** The job is over: the last state is shown, and the line is free for other output. */
	@Override
	void close();
}
