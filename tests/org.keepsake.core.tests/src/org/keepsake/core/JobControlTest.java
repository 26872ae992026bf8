// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.core;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;

/** A job is heard and cancelled from outside. */
class JobControlTest {

	private final List<JobEvent> heard = new ArrayList<>();
	private final JobControl control = new JobControl(heard::add);

	@Test
	void passesEventsOn() {
		JobEvent phase = new JobEvent.Phase("receiving", "Receiving");
		JobEvent progress = new JobEvent.Progress(0.5, 1, 2, 3, 4);
		control.report(phase);
		control.report(progress);
		assertEquals(List.of(phase, progress), heard);
	}

	@Test
	void isCancelledOnce() {
		AtomicInteger runs = new AtomicInteger();
		control.onCancel(runs::incrementAndGet);
		assertFalse(control.isCancelled());
		assertDoesNotThrow(control::throwIfCancelled);
		control.cancel();
		control.cancel();
		assertTrue(control.isCancelled());
		assertEquals(1, runs.get());
		assertThrows(CancelledException.class, control::throwIfCancelled);
	}

	@Test
	void runsAnActionAtOnceIfItIsCancelledAlready() {
		control.cancel();
		AtomicInteger runs = new AtomicInteger();
		control.onCancel(runs::incrementAndGet).close();
		assertEquals(1, runs.get());
	}

	@Test
	void takesAnActionBack() {
		AtomicInteger runs = new AtomicInteger();
		JobMonitor.Registration registration = control.onCancel(runs::incrementAndGet);
		control.onCancel(() -> runs.addAndGet(10));
		registration.close();
		registration.close();
		control.cancel();
		assertEquals(10, runs.get());
	}

	@Test
	void letsAnActionUseTheControl() {
		control.onCancel(() -> {
			assertTrue(control.isCancelled());
			control.cancel();
			control.onCancel(() -> heard.add(new JobEvent.Notice("a", "b", false)));
		});
		control.cancel();
		assertEquals(1, heard.size());
	}

	@Test
	void runsEveryActionOnceWhoeverComesFirst() throws InterruptedException {
		for (int round = 0; round < 200; round++) {
			JobControl raced = new JobControl(_ -> {
			});
			AtomicInteger runs = new AtomicInteger();
			CountDownLatch go = new CountDownLatch(1);
			try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
				for (int i = 0; i < 10; i++) {
					boolean cancels = i == 5;
					threads.submit(() -> {
						go.await();
						if (cancels) {
							raced.cancel();
						} else {
							raced.onCancel(runs::incrementAndGet);
						}
						return null;
					});
				}
				go.countDown();
			}
			assertEquals(9, runs.get());
		}
	}

	@Test
	void monitorWithoutListenerIsNeverCancelled() {
		JobMonitor.NONE.report(new JobEvent.Phase("a", "b"));
		assertFalse(JobMonitor.NONE.isCancelled());
	}
}
