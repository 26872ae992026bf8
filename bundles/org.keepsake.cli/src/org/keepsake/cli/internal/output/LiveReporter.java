// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.cli.internal.output;

import java.io.PrintStream;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;

import org.keepsake.core.JobEvent;
import org.keepsake.engine.Human;
import org.keepsake.engine.Pace;

/** Keeps one line of a terminal up to date, at most ten times a second; what the person must know scrolls above it. */
public final class LiveReporter implements Reporter {

	private static final long PAUSE_NANOS = 100_000_000L;
	private static final String WIPE = "\r\u001b[K";
	private static final JobEvent.Progress NOTHING = new JobEvent.Progress(-1, 0, -1, 0, -1);

	private final PrintStream err;
	private final Style style;
	private final boolean unicode;
	private final IntSupplier columns;
	private final LongSupplier nanoTime;
	private final Pace pace = new Pace();
	private String stage = "";
	private JobEvent.Progress last = NOTHING;
	private long shownAt;
	private boolean shown;
	private boolean paused;

	/**
	 * A line on a terminal.
	 *
	 * @param unicode  whether the terminal shows more than ASCII
	 * @param columns  the terminal's width now
	 * @param nanoTime the clock, {@link System#nanoTime()} outside tests
	 */
	public LiveReporter(PrintStream err, Style style, boolean unicode, IntSupplier columns, LongSupplier nanoTime) {
		this.err = err;
		this.style = style;
		this.unicode = unicode;
		this.columns = columns;
		this.nanoTime = nanoTime;
	}

	@Override
	public synchronized void accept(JobEvent event) {
		switch (event) {
			case JobEvent.Phase begun -> {
				stage = Human.printable(begun.text());
				last = NOTHING;
				pace.reset();
				draw();
			}
			case JobEvent.Progress progress -> {
				last = progress;
				long now = nanoTime.getAsLong();
				pace.note(now, progress);
				if (!shown || now - shownAt >= PAUSE_NANOS) {
					draw();
				}
			}
			case JobEvent.Notice notice -> {
				wipe();
				String text = Human.printable(notice.text());
				err.println(notice.urgent() ? style.warn((unicode ? "▶ " : "> ") + text) : text);
				draw();
			}
		}
	}

	@Override
	public synchronized void pause() {
		wipe();
		paused = true;
	}

	@Override
	public synchronized void resume() {
		paused = false;
	}

	private void draw() {
		if (paused) {
			return;
		}
		shownAt = nanoTime.getAsLong();
		shown = true;
		err.print(WIPE + ProgressText.line(stage, last, pace, Math.max(20, columns.getAsInt()) - 1, unicode));
		err.flush();
	}

	private void wipe() {
		if (shown) {
			err.print(WIPE);
			err.flush();
			shown = false;
		}
	}

	@Override
	public synchronized void close() {
		wipe();
	}
}
