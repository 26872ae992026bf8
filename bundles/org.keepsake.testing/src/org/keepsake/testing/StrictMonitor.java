// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;

import org.keepsake.core.JobControl;
import org.keepsake.core.JobEvent;
import org.keepsake.core.JobMonitor;

/**
 * A monitor that notes every breach of the rules for reporting: bytes or files that decrease, a fraction above one or
 * going back, totals that are passed, phases without words, reports after the job has ended. A breach
 * is noted rather than thrown, so that the job cannot swallow it; {@link #assertObeyed} tells. Thread-safe.
 */
public final class StrictMonitor implements JobMonitor {

	private final JobControl control = new JobControl(_ -> {
	});
	private final List<JobEvent> events = new ArrayList<>();
	private final List<String> breaches = new ArrayList<>();
	private JobEvent.Progress last = new JobEvent.Progress(-1, 0, -1, 0, -1);
	private int phases;
	private int cancelAtPhase;
	private boolean ended;

	/** Cancels the job. */
	public void cancel() {
		control.cancel();
	}

	/** Cancels the job from within, when it reports its n-th phase, counted from one. */
	public StrictMonitor cancellingAtPhase(int number) {
		cancelAtPhase = number;
		return this;
	}

	/** The job has returned or thrown: it must be silent from now on. */
	public synchronized void ended() {
		ended = true;
	}

	/** What was reported so far. */
	public synchronized List<JobEvent> events() {
		return List.copyOf(events);
	}

	/** Fails if any rule was broken. */
	public synchronized void assertObeyed() {
		assertEquals(List.of(), breaches, "the job reports by the rules");
	}

	@Override
	public void report(JobEvent event) {
		boolean cancel = false;
		synchronized (this) {
			events.add(event);
			if (ended) {
				breaches.add("after its end: " + event);
			}
			switch (event) {
				case JobEvent.Phase(String phase, String text) -> {
					expect(!phase.isBlank() && !text.isBlank(), "a phase has a word and a sentence", event);
					cancel = ++phases == cancelAtPhase;
					last = new JobEvent.Progress(last.fraction(), 0, -1, 0, -1);
				}
				case JobEvent.Notice(String code, String text, boolean _) ->
					expect(!code.isBlank() && !text.isBlank(), "a notice has a code and a sentence", event);
				case JobEvent.Progress progress -> progressed(progress);
			}
		}
		if (cancel) {
			cancel();
		}
	}

	private void progressed(JobEvent.Progress now) {
		expect(now.fraction() <= 1, "a fraction is at most one", now);
		expect(!Double.isNaN(now.fraction()), "a fraction is a number", now);
		expect(now.fraction() < 0 || now.fraction() >= last.fraction(), "a fraction does not go back", now);
		expect(now.bytesDone() >= last.bytesDone(), "bytes do not decrease", now);
		expect(now.filesDone() >= last.filesDone(), "files do not decrease", now);
		expect(now.bytesTotal() < 0 || now.bytesDone() <= now.bytesTotal(), "bytes stay within their total", now);
		expect(now.filesTotal() < 0 || now.filesDone() <= now.filesTotal(), "files stay within their total", now);
		last = now.fraction() >= 0 ? now
				: new JobEvent.Progress(last.fraction(), now.bytesDone(), now.bytesTotal(), now.filesDone(),
						now.filesTotal());
	}

	private void expect(boolean held, String rule, JobEvent event) {
		if (!held) {
			breaches.add(rule + ": " + event);
		}
	}

	@Override
	public boolean isCancelled() {
		return control.isCancelled();
	}

	@Override
	public Registration onCancel(Runnable action) {
		return control.onCancel(action);
	}
}
