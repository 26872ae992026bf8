// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.repository.internal;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

import org.eclipse.jdt.annotation.Nullable;

/** Work on many things by a few threads, which ends with the first failure. */
final class Parallel {

	/** Packs that are filled and uploaded, buffers that are kept, an index of usual size, and Java itself. */
	private static final long MEMORY_FOR_ALL = 88 << 20;
	/** A chunk of the largest size as it is read, one that is to be stored, and one sealed. */
	private static final long MEMORY_FOR_EACH = 27 << 20;
	private static final int THREADS = threads(Runtime.getRuntime().availableProcessors(),
			Runtime.getRuntime().maxMemory());

	private Parallel() {
	}

	/** How many threads work at once. */
	static int threads() {
		return THREADS;
	}

	/** As many as there are processors, and memory for: chunks of 8 MiB are rare, but a backup may consist of them. */
	static int threads(int processors, long heapBytes) {
		return Math.clamp((heapBytes - MEMORY_FOR_ALL) / MEMORY_FOR_EACH, 2, Math.clamp(processors, 2, 8));
	}

	/** What is done with one thing. */
	@FunctionalInterface
	interface Work<T> {
		void on(T thing) throws IOException;
	}

	/**
	 * Does it for all, by at most {@link #threads}; returns when none works any more.
	 *
	 * @throws IOException what the first failure threw
	 */
	static <T> void forEach(String name, Collection<T> things, Work<? super T> work) throws IOException {
		forEach(name, THREADS, things, work);
	}

	/** Does it for all, by at most so many threads: more than processors where the work waits for disks and servers. */
	static <T> void forEach(String name, int most, Collection<T> things, Work<? super T> work) throws IOException {
		int threads = Math.min(most, things.size());
		if (threads <= 1) {
			for (T thing : things) {
				work.on(thing);
			}
			return;
		}
		Iterator<T> iterator = things.iterator();
		AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
		List<Thread> workers = new ArrayList<>();
		for (int i = 0; i < threads; i++) {
			workers.add(Thread.ofPlatform().daemon().name("repository " + name + ' ' + i)
					.start(() -> run(iterator, work, failure)));
		}
		join(workers, failure);
		rethrow(failure.get());
	}

	private static <T> void run(Iterator<T> iterator, Work<? super T> work,
			AtomicReference<@Nullable Throwable> failure) {
		try {
			while (failure.get() == null) {
				T thing;
				synchronized (iterator) {
					if (!iterator.hasNext()) {
						return;
					}
					thing = iterator.next();
				}
				work.on(thing);
			}
		} catch (IOException | RuntimeException | Error e) {
			failure.compareAndSet(null, e);
		}
	}

	private static void join(List<Thread> workers, AtomicReference<@Nullable Throwable> failure) throws IOException {
		try {
			for (Thread worker : workers) {
				worker.join();
			}
		} catch (InterruptedException e) {
			failure.compareAndSet(null, e);
			workers.forEach(Thread::interrupt);
			Thread.currentThread().interrupt();
			InterruptedIOException end = new InterruptedIOException("Interrupted");
			end.initCause(e);
			throw end;
		}
	}

	static void rethrow(@Nullable Throwable failure) throws IOException {
		switch (failure) {
			case null -> {
				return;
			}
			case IOException e -> throw e;
			case RuntimeException e -> throw e;
			case Error e -> throw e;
			default -> throw new IOException(failure);
		}
	}
}
