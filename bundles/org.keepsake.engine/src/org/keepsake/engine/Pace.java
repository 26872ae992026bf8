// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.engine;

import java.util.ArrayDeque;
import java.util.Deque;

import org.keepsake.core.JobEvent;

/**
 * How fast a job goes and how long it still takes, judged by its last seconds. Not thread-safe.
 */
public final class Pace {

	private static final long WINDOW_NANOS = 12_000_000_000L;
	private static final long STEP_NANOS = 250_000_000L;
	private static final long SHORTEST_NANOS = 1_000_000_000L;

	private record Sample(long nanos, long bytes, double fraction) {
	}

	private final Deque<Sample> samples = new ArrayDeque<>();
	private long bytesPerSecond = -1;
	private long secondsLeft = -1;

	/** Forgets what was: another stage of the job goes at another pace. */
	public void reset() {
		samples.clear();
		bytesPerSecond = -1;
		secondsLeft = -1;
	}

	/** Takes note of how far the job is. @param nanos the time, as {@link System#nanoTime()} tells it */
	public void note(long nanos, JobEvent.Progress progress) {
		if (!samples.isEmpty() && (progress.bytesDone() < samples.getLast().bytes()
				|| progress.fraction() >= 0 && progress.fraction() < samples.getLast().fraction()
				|| progress.fraction() >= 0 && samples.getFirst().fraction() < 0)) {
			reset();
		}
		Sample now = new Sample(nanos, progress.bytesDone(), progress.fraction());
		if (samples.isEmpty() || nanos - samples.getLast().nanos() >= STEP_NANOS) {
			samples.add(now);
		}
		while (samples.size() > 2 && nanos - samples.getFirst().nanos() > WINDOW_NANOS) {
			samples.removeFirst();
		}
		Sample first = samples.getFirst();
		double seconds = (nanos - first.nanos()) / 1e9;
		if (nanos - first.nanos() < SHORTEST_NANOS) {
			return;
		}
		bytesPerSecond = Math.max(0, Math.round((now.bytes() - first.bytes()) / seconds));
		secondsLeft = left(now, first, seconds, progress.bytesTotal());
	}

	private long left(Sample now, Sample first, double seconds, long bytesTotal) {
		if (now.fraction() >= 0 && first.fraction() >= 0) {
			double perSecond = (now.fraction() - first.fraction()) / seconds;
			return perSecond <= 0 ? -1 : (long) Math.ceil(Math.max(0, 1 - now.fraction()) / perSecond);
		}
		if (bytesTotal > 0 && bytesPerSecond > 0) {
			return Math.ceilDiv(Math.max(0, bytesTotal - now.bytes()), bytesPerSecond);
		}
		return -1;
	}

	/** Bytes a second, negative while unknown. */
	public long bytesPerSecond() {
		return bytesPerSecond;
	}

	/** Seconds until the job is done, negative while unknown. */
	public long secondsLeft() {
		return secondsLeft;
	}
}
