// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ios.backup.internal;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import org.keepsake.core.CancelledException;
import org.keepsake.core.JobEvent;
import org.keepsake.core.JobMonitor;

/** Adds up what is done and tells the monitor, at most ten times a second. Thread-safe. */
final class Meter {

	private static final long INTERVAL = TimeUnit.MILLISECONDS.toNanos(100);
	/** What a file costs besides its bytes, in bytes. */
	private static final long FILE_COST = 16 << 10;

	private final JobMonitor monitor;
	private final long filesTotal;
	private final long bytesTotal;
	private final AtomicLong files = new AtomicLong();
	private final AtomicLong bytes = new AtomicLong();
	private final AtomicLong reported = new AtomicLong(System.nanoTime() - INTERVAL);

	/** Totals are negative while unknown. */
	Meter(JobMonitor monitor, long filesTotal, long bytesTotal) {
		this.monitor = monitor;
		this.filesTotal = filesTotal;
		this.bytesTotal = bytesTotal;
	}

	/** More is done. @throws CancelledException if the job is cancelled */
	void add(long moreFiles, long moreBytes) throws CancelledException {
		monitor.throwIfCancelled();
		files.addAndGet(moreFiles);
		bytes.addAndGet(moreBytes);
		long now = System.nanoTime();
		long last = reported.get();
		if (now - last >= INTERVAL && reported.compareAndSet(last, now)) {
			report();
		}
	}

	/** All is done, whatever was expected. */
	void finish() {
		monitor.report(new JobEvent.Progress(1, bytes.get(), bytes.get(), files.get(), files.get()));
	}

	private void report() {
		long done = bytes.get() + files.get() * FILE_COST;
		long total = bytesTotal + filesTotal * FILE_COST;
		double fraction = filesTotal < 0 || bytesTotal < 0 ? -1 : total == 0 ? 1 : Math.min(1, (double) done / total);
		monitor.report(new JobEvent.Progress(fraction, bytes.get(), bytesTotal, files.get(), filesTotal));
	}

	long files() {
		return files.get();
	}

	long bytesTotal() {
		return bytesTotal;
	}
}
