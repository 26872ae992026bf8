// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.cli.internal.output;

import java.io.PrintStream;
import java.util.function.LongSupplier;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.core.JobEvent;
import org.keepsake.engine.Pace;

/** Writes a job's events as JSON, one object a line, at most five of progress a second. */
public final class JsonReporter implements Reporter {

	private static final long PAUSE_NANOS = 200_000_000L;
	private static final JobEvent.Progress NOTHING = new JobEvent.Progress(-1, 0, -1, 0, -1);

	private final PrintStream out;
	private final LongSupplier nanoTime;
	private final Pace pace = new Pace();
	private String phase = "";
	private boolean written;
	private long writtenAt;
	private JobEvent.@Nullable Progress held;

	/** @param nanoTime the clock, {@link System#nanoTime()} outside tests */
	public JsonReporter(PrintStream out, LongSupplier nanoTime) {
		this.out = out;
		this.nanoTime = nanoTime;
	}

	@Override
	public synchronized void accept(JobEvent event) {
		switch (event) {
			case JobEvent.Phase begun -> {
				flush();
				phase = begun.phase();
				pace.reset();
				write(NOTHING);
			}
			case JobEvent.Progress progress -> {
				long now = nanoTime.getAsLong();
				pace.note(now, progress);
				if (written && now - writtenAt < PAUSE_NANOS) {
					held = progress;
				} else {
					write(progress);
				}
			}
			case JobEvent.Notice notice -> {
				flush();
				print(JsonObject.event("notice").put("code", notice.code()).put("text", notice.text()).put("urgent",
						Boolean.valueOf(notice.urgent())));
			}
		}
	}

	private void write(JobEvent.Progress progress) {
		held = null;
		written = progress != NOTHING;
		writtenAt = nanoTime.getAsLong();
		print(JsonObject.event("progress").put("phase", phase)
				.put("fraction", progress.fraction() < 0 ? null : Double.valueOf(rounded(progress.fraction())))
				.putKnown("bytesDone", progress.bytesDone()).putKnown("bytesTotal", progress.bytesTotal())
				.putKnown("filesDone", progress.filesDone()).putKnown("filesTotal", progress.filesTotal())
				.putKnown("bytesPerSecond", pace.bytesPerSecond()).putKnown("secondsLeft", pace.secondsLeft()));
	}

	private static double rounded(double fraction) {
		return Math.round(Math.clamp(fraction, 0, 1) * 10_000) / 10_000.0;
	}

	private void flush() {
		JobEvent.Progress last = held;
		if (last != null) {
			write(last);
		}
	}

	private void print(JsonObject event) {
		out.println(event);
		out.flush();
	}

	@Override
	public synchronized void close() {
		flush();
	}
}
