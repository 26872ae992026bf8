// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.storage.base;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;
import java.util.function.Predicate;

/**
 * Tries again what can pass, with pauses that double from a quarter of a second to eight seconds, each shortened at
 * random by up to a half so that many clients do not come at once.
 *
 * <p>
 * The time that it keeps trying counts from the first failure of a call: long enough for a server to be restarted.
 * However slow the attempts are, there are three at least, so that a large blob on a slow line gets its chance. What a
 * thread that was interrupted ends with is never tried again. Immutable.
 */
public final class Retries {

	/** How long a storage keeps trying if its settings say nothing. */
	public static final Duration USUAL = Duration.ofSeconds(120);
	/** Every failure is final. */
	public static final Retries NONE = within(Duration.ZERO);

	private static final Duration FIRST = Duration.ofMillis(250);
	private static final Duration LONGEST = Duration.ofSeconds(8);
	private static final int LEAST_ATTEMPTS = 3;

	private final Duration total;
	private final Pauses pauses;
	private final DoubleSupplier random;

	Retries(Duration total, Pauses pauses, DoubleSupplier random) {
		this.total = total;
		this.pauses = pauses;
		this.random = random;
	}

	/** @param total how long to keep trying after the first failure; zero for not at all */
	public static Retries within(Duration total) {
		return new Retries(total, Pauses.SYSTEM, () -> ThreadLocalRandom.current().nextDouble());
	}

	/** As these, but with three attempts within about a second. */
	public Retries briefly() {
		return total.isZero() ? this : new Retries(FIRST, pauses, random);
	}

	/** What is tried. */
	@FunctionalInterface
	public interface Attempt<T> {
		/** @param number 0 for the first attempt; a later one may find the work of an earlier done */
		T run(int number) throws IOException;
	}

	/** What is tried and gives nothing. */
	@FunctionalInterface
	public interface Action {
		/** @param number 0 for the first attempt; a later one may find the work of an earlier done */
		void run(int number) throws IOException;
	}

	/** As {@link #call} for what gives nothing. */
	public void run(Predicate<? super IOException> passes, Action action) throws IOException {
		call(passes, number -> {
			action.run(number);
			return Boolean.TRUE;
		});
	}

	/**
	 * Tries until it succeeds, fails for good, or the time is over.
	 *
	 * @param passes whether a failure can pass
	 * @return what the attempt gave
	 * @throws IOException of the last attempt
	 */
	public <T> T call(Predicate<? super IOException> passes, Attempt<T> attempt) throws IOException {
		long firstFailure = 0;
		Duration pause = FIRST;
		for (int number = 0;; number++) {
			try {
				return attempt.run(number);
			} catch (IOException e) {
				long now = pauses.nanoTime();
				firstFailure = number == 0 ? now : firstFailure;
				if (isInterruption(e) || !passes.test(e) || isOver(number + 1, now - firstFailure)) {
					throw e;
				}
				System.getLogger(Retries.class.getName()).log(System.Logger.Level.DEBUG,
						() -> "Trying again after " + e.getClass().getSimpleName());
			}
			pauses.sleep(shortened(pause));
			pause = pause.multipliedBy(2).compareTo(LONGEST) < 0 ? pause.multipliedBy(2) : LONGEST;
		}
	}

	private boolean isOver(int attempts, long nanosSinceFirstFailure) {
		return total.isZero() || attempts >= LEAST_ATTEMPTS && nanosSinceFirstFailure >= total.toNanos();
	}

	/** A time-out of a socket is told by a subclass of what tells an interrupted thread. */
	private static boolean isInterruption(IOException e) {
		return e instanceof InterruptedIOException && !(e instanceof SocketTimeoutException);
	}

	private Duration shortened(Duration pause) {
		return Duration.ofNanos((long) (pause.toNanos() * (1 - random.getAsDouble() / 2)));
	}
}
