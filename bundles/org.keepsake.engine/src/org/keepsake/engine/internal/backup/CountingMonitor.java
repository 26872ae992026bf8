// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0

package org.keepsake.engine.internal.backup;

import java.util.concurrent.atomic.AtomicLong;

import org.keepsake.core.JobEvent;
import org.keepsake.core.JobMonitor;

/** Passes everything on, and notes how many bytes an attempt moved. Thread-safe. */
final class CountingMonitor implements JobMonitor {

	private final JobMonitor next;
	private final AtomicLong bytes = new AtomicLong();

	CountingMonitor(JobMonitor next) {
		this.next = next;
	}

	long bytes() {
		return bytes.get();
	}

	@Override
	public void report(JobEvent event) {
		if (event instanceof JobEvent.Progress progress) {
			bytes.accumulateAndGet(progress.bytesDone(), Math::max);
		}
		next.report(event);
	}

	@Override
	public boolean isCancelled() {
		return next.isCancelled();
	}

	@Override
	public Registration onCancel(Runnable action) {
		return next.onCancel(action);
	}
}
