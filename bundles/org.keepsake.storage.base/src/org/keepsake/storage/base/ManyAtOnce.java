// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.storage.base;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Asks a server far away several things at once, so that many small questions do not each take the way there and back. */
public final class ManyAtOnce {

	/** How many questions are on their way before the first of them is answered. */
	private static final int AHEAD = 8;

	/** Asks one thing; called from several threads. */
	@FunctionalInterface
	public interface Question<A, B> {
		B ask(A about) throws IOException;
	}

	/** Takes one answer. */
	@FunctionalInterface
	public interface Taker<B> {
		/** @return false if no more are wanted */
		boolean take(B answer) throws IOException;
	}

	private ManyAtOnce() {
	}

	/**
	 * Asks about all; ends at the first failure.
	 *
	 * @param taker called in the caller's thread, in the order of the questions
	 */
	public static <A, B> void ask(Iterable<A> all, Question<A, B> question, Taker<B> taker) throws IOException {
		Iterator<A> next = all.iterator();
		Deque<Future<B>> asked = new ArrayDeque<>();
		ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
		try {
			while (next.hasNext() || !asked.isEmpty()) {
				while (next.hasNext() && asked.size() < AHEAD) {
					A about = next.next();
					asked.add(executor.submit(() -> question.ask(about)));
				}
				if (!taker.take(answer(asked.remove()))) {
					return;
				}
			}
		} finally {
			executor.shutdownNow();
			executor.close();
		}
	}

	private static <B> B answer(Future<B> asked) throws IOException {
		try {
			return asked.get();
		} catch (InterruptedException e) {
			Thread.currentThread().interrupt();
			InterruptedIOException end = new InterruptedIOException("Interrupted");
			end.initCause(e);
			throw end;
		} catch (ExecutionException e) {
			switch (e.getCause()) {
				case IOException told -> throw told;
				case RuntimeException broken -> throw broken;
				case null, default -> throw new IllegalStateException(e);
			}
		}
	}
}
