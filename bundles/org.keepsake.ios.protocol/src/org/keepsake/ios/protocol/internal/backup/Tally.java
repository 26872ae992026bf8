// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ios.protocol.internal.backup;

import java.util.ArrayList;
import java.util.List;

import org.keepsake.core.CancelledException;
import org.keepsake.core.JobEvent;
import org.keepsake.core.JobMonitor;
import org.keepsake.ios.protocol.TransferResult.FileError;
import org.keepsake.ios.protocol.internal.Texts;

/** Counts what goes over the wire and tells the monitor, at most ten times a second. Used by one thread. */
final class Tally {

	private static final long INTERVAL_NANOS = 100_000_000;
	private static final int MOST_ERRORS = 10_000;

	private final JobMonitor monitor;
	private final boolean backup;
	private final List<FileError> errors = new ArrayList<>();
	private String phase = "";
	private double fraction = -1;
	private long bytesReceived;
	private long filesReceived;
	private long bytesSent;
	private long filesSent;
	private long lastReport = System.nanoTime() - INTERVAL_NANOS;

	/** Of a restore, or of a request that moves few files. */
	Tally(JobMonitor monitor) {
		this(monitor, false);
	}

	private Tally(JobMonitor monitor, boolean backup) {
		this.monitor = monitor;
		this.backup = backup;
	}

	static Tally ofBackup(JobMonitor monitor) {
		return new Tally(monitor, true);
	}

	/** A slice of a file has come; notices cancellation. */
	void received(int bytes) throws CancelledException {
		bytesReceived += bytes;
		tick();
	}

	void fileReceived() throws CancelledException {
		filesReceived++;
		tick();
	}

	/** A slice of a file has gone; notices cancellation. */
	void sent(int bytes) throws CancelledException {
		bytesSent += bytes;
		tick();
	}

	void fileSent() throws CancelledException {
		filesSent++;
		tick();
	}

	/** The device could not read a file; the first ten thousand are kept. */
	void fileFailed(String path, String error) {
		if (errors.size() < MOST_ERRORS) {
			errors.add(new FileError(path, error));
		}
	}

	/** The device's own idea of the whole, in percent; 0 and less are unknown. */
	void percent(double percent) {
		if (percent > 0 && percent <= 100) {
			boolean first = fraction < 0;
			fraction = percent / 100;
			if (first) {
				// Told at once: a device that falls silent now would otherwise leave a person without any figure.
				report();
			}
		}
	}

	/** A stage has begun, or goes on. */
	void phase(String key) {
		if (!phase.equals(key)) {
			phase = key;
			monitor.report(new JobEvent.Phase(key, Texts.of("phase." + key)));
		}
	}

	/** The device fetches files: all of them in a restore, else those of the last backup, or of the one just made. */
	void sending() {
		phase(!backup ? "sending" : filesReceived == 0 ? "comparing" : "verifying");
	}

	/** Notices cancellation, and reports if it is time to. */
	void tick() throws CancelledException {
		monitor.throwIfCancelled();
		long now = System.nanoTime();
		if (now - lastReport >= INTERVAL_NANOS) {
			lastReport = now;
			report();
		}
	}

	/** Reports how far it is. */
	void report() {
		monitor.report(new JobEvent.Progress(fraction, bytesReceived + bytesSent, -1, filesReceived + filesSent, -1));
	}

	long bytesReceived() {
		return bytesReceived;
	}

	long filesReceived() {
		return filesReceived;
	}

	long bytesSent() {
		return bytesSent;
	}

	long filesSent() {
		return filesSent;
	}

	List<FileError> errors() {
		return errors;
	}
}
