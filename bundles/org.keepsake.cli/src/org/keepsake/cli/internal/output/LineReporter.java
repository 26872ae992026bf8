// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.cli.internal.output;

import java.io.PrintStream;
import java.util.function.LongSupplier;

import org.keepsake.core.JobEvent;
import org.keepsake.engine.Human;
import org.keepsake.engine.Pace;

/** For a file or a pipe instead of a terminal: a line for each stage, and one of progress every ten seconds. */
public final class LineReporter implements Reporter {

	private static final long PAUSE_NANOS = 10_000_000_000L;

	private final PrintStream err;
	private final LongSupplier nanoTime;
	private final Pace pace = new Pace();
	private String stage = "";
	private long writtenAt;

	/** @param nanoTime the clock, {@link System#nanoTime()} outside tests */
	public LineReporter(PrintStream err, LongSupplier nanoTime) {
		this.err = err;
		this.nanoTime = nanoTime;
		writtenAt = nanoTime.getAsLong();
	}

	@Override
	public synchronized void accept(JobEvent event) {
		switch (event) {
			case JobEvent.Phase begun -> {
				String next = Human.printable(begun.text());
				if (!next.equals(stage)) {
					stage = next;
					print(stage);
				}
				pace.reset();
			}
			case JobEvent.Progress progress -> {
				pace.note(nanoTime.getAsLong(), progress);
				if (nanoTime.getAsLong() - writtenAt >= PAUSE_NANOS) {
					print(ProgressText.sentence(stage, progress, pace));
				}
			}
			case JobEvent.Notice notice -> print(Human.printable(notice.text()));
		}
	}

	private void print(String line) {
		writtenAt = nanoTime.getAsLong();
		err.println(line);
		err.flush();
	}

	@Override
	public void close() {
		// Nothing is left open.
	}
}
