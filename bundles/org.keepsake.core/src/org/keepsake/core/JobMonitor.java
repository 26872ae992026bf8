// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.core;

/**
 * Through which a long job reports and learns that it is cancelled. The job calls {@link #report} from any thread, at
 * most about ten times a second for {@link JobEvent.Progress}; the receiver must not block.
 */
public interface JobMonitor {

	/** A monitor that hears nothing and never cancels. */
	JobMonitor NONE = new JobControl(event -> {
	});

	/** Tells what the job is doing. */
	void report(JobEvent event);

	/** Whether the job is to end. */
	boolean isCancelled();

	/**
	 * Runs the action once, when the job is cancelled, on the cancelling thread; at once if it already is. For what
	 * blocks: a socket is closed, a thread interrupted.
	 *
	 * @return closing it takes the action back
	 */
	Registration onCancel(Runnable action);

	/** @throws CancelledException if the job is cancelled */
	default void throwIfCancelled() throws CancelledException {
		if (isCancelled()) {
			throw new CancelledException();
		}
	}

	/** An action that waits for cancellation; {@link #close()} takes it back. */
	interface Registration extends AutoCloseable {
		@Override
		void close();
	}
}
