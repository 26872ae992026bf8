// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.storage.base;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

class RetriesTest {

	private final FakePauses pauses = new FakePauses();
	private final Retries retries = new Retries(Duration.ofSeconds(60), pauses, () -> 0);

	@Test
	void outlastsAServerThatIsAwayForAMinute() throws IOException {
		String answer = retries.call(e -> true, number -> {
			if (pauses.now < Duration.ofSeconds(58).toNanos()) {
				throw new ConnectException("refused");
			}
			return "back";
		});
		assertEquals("back", answer);
		assertEquals(Duration.ofMillis(250), pauses.slept.getFirst());
		assertEquals(Duration.ofMillis(500), pauses.slept.get(1));
		assertEquals(Duration.ofSeconds(8), pauses.slept.getLast());
	}

	@Test
	void givesUpWhenTheTimeIsOver() {
		List<ConnectException> failures = new ArrayList<>();
		IOException last = assertThrows(ConnectException.class, () -> retries.run(e -> true, number -> {
			failures.add(new ConnectException("refused " + number));
			throw failures.getLast();
		}));
		assertSame(failures.getLast(), last);
		assertTrue(pauses.now >= Duration.ofSeconds(60).toNanos() && pauses.now < Duration.ofSeconds(70).toNanos());
	}

	@Test
	void triesAtLeastThreeTimesHoweverSlow() {
		List<Integer> attempts = new ArrayList<>();
		assertThrows(IOException.class, () -> retries.run(e -> true, number -> {
			attempts.add(number);
			pauses.now += Duration.ofMinutes(10).toNanos();
			throw new IOException("cut");
		}));
		assertEquals(List.of(0, 1, 2), attempts);
	}

	@Test
	void leavesWhatCannotPass() {
		List<Integer> attempts = new ArrayList<>();
		assertThrows(IOException.class, () -> retries.run(e -> false, number -> {
			attempts.add(number);
			throw new IOException("forbidden");
		}));
		assertThrows(IOException.class, () -> Retries.NONE.run(e -> true, number -> {
			attempts.add(number);
			throw new IOException("cut");
		}));
		assertEquals(List.of(0, 0), attempts);
		assertEquals(List.of(), pauses.slept);
	}

	@Test
	void endsWithAnInterruptedThreadButNotWithATimeOut() throws IOException {
		List<Integer> attempts = new ArrayList<>();
		assertThrows(InterruptedIOException.class, () -> retries.run(e -> true, number -> {
			attempts.add(number);
			throw new InterruptedIOException("interrupted");
		}));
		assertEquals(List.of(0), attempts);
		assertEquals(1, retries.<Integer>call(e -> true, number -> {
			if (number == 0) {
				throw new SocketTimeoutException("slow");
			}
			return number;
		}));
	}

	@Test
	void shortensPausesAtRandom() {
		Retries shortest = new Retries(Duration.ofSeconds(1), pauses, () -> 1);
		assertThrows(IOException.class, () -> shortest.run(e -> true, number -> {
			throw new IOException("cut");
		}));
		assertEquals(Duration.ofMillis(125), pauses.slept.getFirst());
	}
}
