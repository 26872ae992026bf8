// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.core;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** A {@link JobMonitor} with the other end: whoever started the job hears its events and cancels it. Thread-safe. */
public final class JobControl implements JobMonitor {

	private final Consumer<JobEvent> listener;
	private final List<Runnable> actions = new ArrayList<>();
	private volatile boolean cancelled;

	/** @param listener hears every event on the thread that reports it, and does not block */
	public JobControl(Consumer<JobEvent> listener) {
		this.listener = listener;
	}

	/** Cancels the job; again is without effect. */
	public void cancel() {
		List<Runnable> due;
		synchronized (actions) {
			if (cancelled) {
				return;
			}
			cancelled = true;
			due = List.copyOf(actions);
			actions.clear();
		}
		due.forEach(Runnable::run);
	}

	@Override
	public void report(JobEvent event) {
		listener.accept(event);
	}

	@Override
	public boolean isCancelled() {
		return cancelled;
	}

	@Override
	public Registration onCancel(Runnable action) {
		synchronized (actions) {
			if (!cancelled) {
				actions.add(action);
				return () -> {
					synchronized (actions) {
						actions.remove(action);
					}
				};
			}
		}
		action.run();
		return () -> {
		};
	}
}
