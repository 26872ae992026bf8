// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ui.internal.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;
import org.keepsake.core.JobEvent;
import org.keepsake.core.JobMonitor;
import org.keepsake.core.Problem;
import org.keepsake.core.Udid;
import org.keepsake.engine.EngineProblems;
import org.keepsake.ui.internal.Messages;
import org.keepsake.ui.internal.Stand;
import org.keepsake.ui.internal.job.RunningJob.State;

class JobRunnerTest {

	private static final Udid ADA = new Udid("00008120-0000000000000001");
	private static final Udid ZOE = new Udid("00008120-0000000000000002");

	private final JobRunner jobs = new JobRunner();

	@Test
	void jobThatIsDoneSaysHowItEnded() {
		RunningJob job = ended(jobs.start("Work", ADA, monitor -> "All well."));
		assertEquals(State.DONE, job.state());
		assertEquals("All well.", job.result());
		assertSame(job, jobs.jobOf(ADA).orElseThrow());
		jobs.dismiss(ADA);
		assertTrue(jobs.jobOf(ADA).isEmpty());
	}

	@Test
	void failureWithAProblemShowsIt() {
		RunningJob job = ended(jobs.start("Work", ADA, monitor -> {
			throw EngineProblems.NO_DEVICE.exception();
		}));
		assertEquals(State.FAILED, job.state());
		assertEquals("engine.no-device", problemOf(job).code());
	}

	@Test
	void unforeseenFailureBecomesAProblemToo() {
		RunningJob job = ended(jobs.start("Work", ADA, monitor -> {
			throw new IndexOutOfBoundsException("5");
		}));
		assertEquals(State.FAILED, job.state());
		assertEquals("ui.unexpected", problemOf(job).code());
		assertFalse(problemOf(job).remedy().isBlank());
	}

	private static Problem problemOf(RunningJob job) {
		Problem problem = job.problem();
		return Objects.requireNonNull(problem, "the job has a problem");
	}

	@Test
	void secondJobOnTheSameDeviceIsTheFirst() throws Exception {
		CountDownLatch gate = new CountDownLatch(1);
		AtomicInteger runs = new AtomicInteger();
		RunningJob first = jobs.start("First", ADA, monitor -> waiting(gate, runs));
		RunningJob second = jobs.start("Second", ADA, monitor -> waiting(gate, runs));
		RunningJob other = jobs.start("Other", ZOE, monitor -> waiting(gate, runs));
		assertSame(first, second);
		assertTrue(jobs.isBusy(ADA));
		jobs.dismiss(ADA);
		assertSame(first, jobs.jobOf(ADA).orElseThrow(), "a job that runs is not forgotten");
		gate.countDown();
		ended(first);
		ended(other);
		assertEquals(2, runs.get());
	}

	@Test
	void cancelEndsTheJobAndSaysWhatItLeaves() {
		CountDownLatch begun = new CountDownLatch(1);
		RunningJob job = jobs.start("Work", ADA, "Half is kept.", null, monitor -> untilCancelled(monitor, begun));
		Stand.await("the job runs", () -> begun.getCount() == 0);
		job.cancel();
		assertEquals(Messages.job_cancelling, job.isActive() ? job.phase() : Messages.job_cancelling);
		ended(job);
		assertEquals(State.CANCELLED, job.state());
		assertEquals("Half is kept.", job.cancelled());
		assertNull(job.problem());
	}

	@Test
	void failureAfterACancelIsACancel() {
		CountDownLatch begun = new CountDownLatch(1);
		RunningJob job = jobs.start("Work", ADA, monitor -> {
			try {
				return untilCancelled(monitor, begun);
			} catch (IOException e) {
				throw EngineProblems.NO_DEVICE.exceptionBecause(e);
			}
		});
		Stand.await("the job runs", () -> begun.getCount() == 0);
		job.cancel();
		assertEquals(State.CANCELLED, ended(job).state());
	}

	@Test
	void quittingCancelsEverything() {
		CountDownLatch begun = new CountDownLatch(2);
		RunningJob one = jobs.start("Work", ADA, monitor -> untilCancelled(monitor, begun));
		RunningJob two = jobs.start("Work", ZOE, monitor -> untilCancelled(monitor, begun));
		Stand.await("both run", () -> begun.getCount() == 0);
		jobs.cancelAll(Stand.LIMIT.toMillis());
		assertEquals(State.CANCELLED, one.state());
		assertEquals(State.CANCELLED, two.state());
		assertFalse(jobs.isBusy());
	}

	@Test
	void progressNoticeAndStageAreShownWhileTheyHold() {
		RunningJob job = ended(jobs.start("Work", ADA, monitor -> {
			RunningJob mine = jobs.jobOf(ADA).orElseThrow();
			assertEquals("", mine.facts());
			assertTrue(mine.fraction() < 0);
			monitor.report(new JobEvent.Phase("wait", "Waiting"));
			monitor.report(new JobEvent.Notice("passcode", "Enter the passcode", true));
			assertEquals("Waiting", mine.phase());
			assertEquals("Enter the passcode", mine.notice());
			monitor.report(new JobEvent.Progress(0.5, 5_000_000, 10_000_000, 3, 9));
			assertNull(mine.notice(), "what the person had to do is done");
			assertEquals(0.5, mine.fraction());
			assertTrue(mine.facts().startsWith("5 MB / 10 MB  ·  3 files"), mine.facts());
			return "";
		}));
		Problem problem = job.problem();
		assertEquals(State.DONE, job.state(), () -> problem == null ? "" : problem.cause());
	}

	private static RunningJob ended(RunningJob job) {
		Stand.await(() -> job.title() + " ends", () -> !job.isActive());
		return job;
	}

	private static String waiting(CountDownLatch gate, AtomicInteger runs) throws IOException {
		runs.incrementAndGet();
		try {
			assertTrue(gate.await(Stand.LIMIT.toSeconds(), TimeUnit.SECONDS));
			return "";
		} catch (InterruptedException e) {
			throw new IOException(e);
		}
	}

	private static String untilCancelled(JobMonitor monitor, CountDownLatch begun) throws IOException {
		CountDownLatch cancelled = new CountDownLatch(1);
		try (JobMonitor.Registration registration = monitor.onCancel(cancelled::countDown)) {
			begun.countDown();
			assertTrue(cancelled.await(Stand.LIMIT.toSeconds(), TimeUnit.SECONDS), registration::toString);
			monitor.throwIfCancelled();
			return "never cancelled";
		} catch (InterruptedException e) {
			throw new IOException(e);
		}
	}
}
