// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ui.internal.job;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.core.JobControl;
import org.keepsake.core.JobEvent;
import org.keepsake.core.Problem;
import org.keepsake.core.Udid;
import org.keepsake.engine.Human;
import org.keepsake.engine.Pace;
import org.keepsake.ui.internal.Messages;
import org.keepsake.ui.internal.model.Model;

/** A job as the window shows it: how far it is, what the person must do, how it ended. Thread-safe. */
public final class RunningJob extends Model {

	/** Where a job stands. */
	public enum State {
		/** It works. */
		RUNNING,
		/** The person cancelled; it is finishing its step. */
		CANCELLING,
		/** It is done. */
		DONE,
		/** It failed, see {@link #problem()}. */
		FAILED,
		/** It was cancelled. */
		CANCELLED
	}

	/** What a job's progress counts. */
	public enum Counts {
		/** Files. */
		FILES,
		/** Records. */
		RECORDS
	}

	private final String title;
	private final Udid device;
	private final String cancelled;
	private final @Nullable Runnable again;
	private volatile Counts counts = Counts.FILES;
	private final JobControl control = new JobControl(this::hear);
	private final Pace pace = new Pace();
	private State state = State.RUNNING;
	private String phase = Messages.job_starting;
	private @Nullable String notice;
	private JobEvent.@Nullable Progress progress;
	private @Nullable Problem problem;
	private String result = "";

	/** A job that begins now. */
	RunningJob(String title, Udid device, String cancelled, @Nullable Runnable again) {
		this.title = title;
		this.device = device;
		this.cancelled = cancelled;
		this.again = again;
	}

	/** What the job is, such as "Backing up Ada's iPhone". */
	public String title() {
		return title;
	}

	/** The device it is about. */
	public Udid device() {
		return device;
	}

	/** What a cancel leaves behind, for a person. */
	public String cancelled() {
		return cancelled;
	}

	/** Starts the same anew; null if it needs a secret or a confirmation first. */
	public @Nullable Runnable again() {
		return again;
	}

	/** Says what its progress counts; files unless told. */
	public void counts(Counts what) {
		counts = what;
	}

	/** Cancels it; it ends within about a second. */
	public void cancel() {
		synchronized (this) {
			if (state != State.RUNNING) {
				return;
			}
			state = State.CANCELLING;
		}
		changed();
		// Not a virtual thread: it must run also while jobs keep all of theirs busy.
		Thread.ofPlatform().daemon().name("cancel").start(control::cancel);
	}

	/** Where it stands. */
	public synchronized State state() {
		return state;
	}

	/** Whether it has not ended yet. */
	public synchronized boolean isActive() {
		return state == State.RUNNING || state == State.CANCELLING;
	}

	/** The stage it is in, for a person. */
	public synchronized String phase() {
		return state == State.CANCELLING ? Messages.job_cancelling : phase;
	}

	/** What the person must do now for it to go on; null if nothing. */
	public synchronized @Nullable String notice() {
		return notice;
	}

	/** How far it is, 0 to 1; negative while unknown. */
	public synchronized double fraction() {
		JobEvent.Progress known = progress;
		return known == null ? -1 : known.fraction();
	}

	/** Bytes, files, rate and time left in one line; empty while there is nothing to tell. */
	public synchronized String facts() {
		JobEvent.Progress known = progress;
		if (known == null || known.bytesDone() == 0 && known.filesDone() == 0) {
			return "";
		}
		List<String> parts = new ArrayList<>();
		if (known.bytesDone() > 0 || known.bytesTotal() > 0) {
			parts.add(Human.bytes(known.bytesDone())
					+ (known.bytesTotal() > 0 ? " / " + Human.bytes(known.bytesTotal()) : ""));
		}
		if (known.filesDone() > 0) {
			parts.add(counts == Counts.FILES ? Human.files(known.filesDone())
					: Messages.inside_count.formatted(Human.number(known.filesDone())));
		}
		StringBuilder line = new StringBuilder(String.join("  ·  ", parts));
		if (pace.bytesPerSecond() > 0) {
			line.append("  ·  ").append(Human.bytes(pace.bytesPerSecond())).append("/s");
		}
		if (pace.secondsLeft() >= 0) {
			line.append("  ·  ").append(String.format(Locale.getDefault(), Messages.job_time_left,
					Human.duration(Duration.ofSeconds(pace.secondsLeft()))));
		}
		return line.toString();
	}

	/** Why it failed; null unless it did. */
	public synchronized @Nullable Problem problem() {
		return problem;
	}

	/** How it ended well, for a person; empty unless it did. */
	public synchronized String result() {
		return result;
	}

	JobControl control() {
		return control;
	}

	void end(State last, @Nullable Problem why, String how) {
		synchronized (this) {
			state = last;
			problem = why;
			result = how;
			notice = null;
		}
		changed();
	}

	private void hear(JobEvent event) {
		synchronized (this) {
			switch (event) {
				case JobEvent.Phase next -> {
					phase = next.text();
					notice = null;
				}
				case JobEvent.Progress next -> {
					pace.note(System.nanoTime(), next);
					progress = next;
					if (next.bytesDone() > 0) {
						notice = null;
					}
				}
				case JobEvent.Notice next -> {
					notice = next.text();
					if (phase.equals(Messages.job_starting)) {
						phase = ""; // it has begun: it waits for the person
					}
				}
			}
		}
		changed();
	}
}
