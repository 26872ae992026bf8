// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.cli.internal.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class InterruptsTest {

	private final BlockingQueue<String> ends = new LinkedBlockingQueue<>();

	private Interrupts patient(Duration patience) {
		return new Interrupts(status -> ends.add("exit " + status), status -> ends.add("halt " + status), patience);
	}

	@Test
	void endTheProcessWhereNothingRuns() {
		patient(Duration.ofHours(1)).interrupt();
		assertEquals(List.of("exit 130"), List.copyOf(ends));
	}

	@Test
	void cancelWhatRuns() throws InterruptedException {
		Interrupts interrupts = patient(Duration.ofHours(1));
		CountDownLatch cancelled = new CountDownLatch(1);
		try (Interrupts.Running _ = interrupts.cancelling(cancelled::countDown)) {
			assertFalse(interrupts.asked());
			interrupts.interrupt();
			cancelled.await();
			assertTrue(interrupts.asked());
		}
		assertEquals(List.of(), List.copyOf(ends));
	}

	@Test
	void endTheProcessAtOnceTheSecondTime() {
		Interrupts interrupts = patient(Duration.ofHours(1));
		try (Interrupts.Running _ = interrupts.cancelling(() -> {
		})) {
			interrupts.interrupt();
			interrupts.interrupt();
		}
		assertEquals(List.of("halt 130"), List.copyOf(ends));
	}

	@Test
	void endTheProcessIfWhatRunsDoesNotEnd() throws InterruptedException {
		Interrupts interrupts = patient(Duration.ofMillis(1));
		try (Interrupts.Running _ = interrupts.cancelling(() -> {
		})) {
			interrupts.interrupt();
			assertEquals("halt 130", ends.poll(60, TimeUnit.SECONDS));
		}
	}

	@Test
	void forgetWhatHasEnded() {
		Interrupts interrupts = patient(Duration.ofHours(1));
		interrupts.cancelling(() -> {
		}).close();
		interrupts.interrupt();
		assertEquals(List.of("exit 130"), List.copyOf(ends));
	}

	@Test
	void waitForWhatTheyCancel() throws InterruptedException {
		Interrupts interrupts = patient(Duration.ofHours(1));
		CountDownLatch cancelled = new CountDownLatch(1);
		Interrupts.Running running = interrupts.cancelling(cancelled::countDown);
		Thread stopping = Thread.ofVirtual().start(interrupts::cancelAndWait);
		cancelled.await();
		assertTrue(stopping.isAlive());
		running.close();
		stopping.join();
	}
}
