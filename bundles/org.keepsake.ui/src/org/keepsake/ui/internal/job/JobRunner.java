// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ui.internal.job;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.core.CancelledException;
import org.keepsake.core.JobMonitor;
import org.keepsake.core.Udid;
import org.keepsake.ui.internal.Messages;
import org.keepsake.ui.internal.job.RunningJob.State;
import org.keepsake.ui.internal.model.Model;
import org.keepsake.ui.internal.model.UiProblems;

/** Runs the engine's jobs on threads of their own, one a device at a time, and remembers how the last one ended. */
public final class JobRunner extends Model {

	private final Map<Udid, RunningJob> jobs = new ConcurrentHashMap<>();
	private final Set<RunningJob> beside = ConcurrentHashMap.newKeySet();

	/** What a job does. */
	@FunctionalInterface
	public interface Work {
		/** Does it. @return how it ended, for a person */
		String run(JobMonitor monitor) throws IOException;
	}

	/** The device's job that runs now, or the last one that has ended and was not dismissed. */
	public Optional<RunningJob> jobOf(Udid device) {
		return Optional.ofNullable(jobs.get(device));
	}

	/** Whether a job runs on the device. */
	public boolean isBusy(Udid device) {
		return jobOf(device).filter(RunningJob::isActive).isPresent();
	}

	/** Whether any job runs. */
	public boolean isBusy() {
		return !beside.isEmpty() || jobs.values().stream().anyMatch(RunningJob::isActive);
	}

	/** Forgets how the device's last job ended. */
	public void dismiss(Udid device) {
		jobOf(device).filter(job -> !job.isActive()).ifPresent(job -> jobs.remove(device, job));
		changed();
	}

	/** Cancels all jobs, and waits at most the given time for them to end. */
	public void cancelAll(long milliseconds) {
		long end = System.nanoTime() + milliseconds * 1_000_000;
		jobs.values().forEach(RunningJob::cancel);
		beside.forEach(RunningJob::cancel);
		while (isBusy() && System.nanoTime() < end) {
			LockSupport.parkNanos(20_000_000);
		}
	}

	/**
	 * Starts a job unless one runs on the device already.
	 *
	 * @return the job that runs now
	 */
	public RunningJob start(String title, Udid device, Work work) {
		return start(title, device, Messages.job_cancelled, null, work);
	}

	/**
	 * Starts a job unless one runs on the device already.
	 *
	 * @param cancelled what a cancel leaves behind, for a person
	 * @param again     starts the same anew; null if that needs a secret or a confirmation first
	 * @return the job that runs now
	 */
	public RunningJob start(String title, Udid device, String cancelled, @Nullable Runnable again, Work work) {
		RunningJob fresh = new RunningJob(title, device, cancelled, again);
		RunningJob current = jobs.compute(device, (udid, old) -> old != null && old.isActive() ? old : fresh);
		if (current == fresh) {
			fresh.onChange(this::changed);
			Thread.ofVirtual().name(title).start(() -> run(fresh, work));
			changed();
		}
		return current;
	}

	/**
	 * Starts a job that only reads kept backups, so that it hinders no other; who starts it shows it.
	 *
	 * @param cancelled what a cancel leaves behind, for a person
	 * @param again     starts the same anew; null if that needs a person first
	 */
	public RunningJob beside(String title, Udid device, String cancelled, @Nullable Runnable again, Work work) {
		RunningJob job = new RunningJob(title, device, cancelled, again);
		beside.add(job);
		Thread.ofVirtual().name(title).start(() -> {
			try {
				run(job, work);
			} finally {
				beside.remove(job);
			}
		});
		return job;
	}

	private static void run(RunningJob job, Work work) {
		try {
			String how = work.run(job.control());
			job.end(State.DONE, null, how);
		} catch (CancelledException e) {
			job.end(State.CANCELLED, null, "");
		} catch (IOException | RuntimeException e) {
			if (job.control().isCancelled()) {
				job.end(State.CANCELLED, null, "");
			} else {
				job.end(State.FAILED, UiProblems.of(e), "");
			}
		}
	}
}
