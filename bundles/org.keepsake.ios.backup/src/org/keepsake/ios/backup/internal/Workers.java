// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ios.backup.internal;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicReference;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.core.CancelledException;
import org.keepsake.ios.backup.internal.crypto.ClassKeys;

/**
 * Hands the entries of an index to a few threads. Platform threads, since decrypting keeps a core busy and
 * would hold up whatever else waits for the carriers of virtual threads. Memory is bounded by a short queue.
 */
final class Workers {

	/** Deals with one entry, on any of the threads. */
	@FunctionalInterface
	interface Task {
		/** Whatever it throws ends the whole run. */
		void accept(IndexEntry entry, Workspace work) throws IOException;
	}

	/** Brings the entries. */
	@FunctionalInterface
	interface Source {
		/** Gives each entry to the sink, which returns false when enough is known. */
		void each(IndexEntry.Visitor sink) throws IOException;
	}

	private static final int BATCH = 32;
	private static final int MAX_THREADS = 8;
	/** While some wait for a disk, the others keep the cores busy. */
	private static final int THREADS_WITH_A_DISK = 4;
	private static final List<IndexEntry> END = List.of();

	private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
	private final BlockingQueue<List<IndexEntry>> queue;
	private final List<Thread> threads = new ArrayList<>();
	private List<IndexEntry> batch = new ArrayList<>(BATCH);

	private Workers(String name, int count, @Nullable ClassKeys keys, Task task) {
		queue = new ArrayBlockingQueue<>(2 * count);
		for (int i = 1; i <= count; i++) {
			threads.add(Thread.ofPlatform().daemon().name(name + '-' + i).start(() -> work(keys, task)));
		}
	}

	/** How many threads keep all cores busy. @param waiting whether tasks wait for a disk, each for itself */
	static int threads(boolean waiting) {
		return Math.clamp((long) Runtime.getRuntime().availableProcessors() * (waiting ? THREADS_WITH_A_DISK : 1), 1,
				MAX_THREADS);
	}

	/**
	 * Runs the task on all entries and returns when all are done.
	 *
	 * @param name  of the threads
	 * @param count of them
	 * @throws IOException what the source or a task threw first
	 */
	static void run(String name, int count, @Nullable ClassKeys keys, Source source, Task task) throws IOException {
		Workers workers = new Workers(name, count, keys, task);
		try {
			source.each(workers::submit);
			workers.flush();
		} catch (IOException | RuntimeException e) {
			workers.failure.compareAndSet(null, e);
			throw e;
		} finally {
			workers.end();
		}
		workers.rethrow();
	}

	private boolean submit(IndexEntry entry) throws IOException {
		batch.add(entry);
		if (batch.size() == BATCH) {
			flush();
		}
		return failure.get() == null;
	}

	private void flush() throws IOException {
		if (batch.isEmpty()) {
			return;
		}
		try {
			queue.put(batch);
		} catch (InterruptedException e) {
			Thread.currentThread().interrupt();
			throw new CancelledException();
		}
		batch = new ArrayList<>(BATCH);
	}

	/** Waits for the threads, whatever happens: they use what the caller is about to close. */
	private void end() {
		boolean interrupted = false;
		for (int i = 0; i < threads.size();) {
			try {
				queue.put(END);
				i++;
			} catch (InterruptedException e) {
				interrupted = true;
				failure.compareAndSet(null, new CancelledException());
			}
		}
		for (int i = 0; i < threads.size();) {
			try {
				threads.get(i).join();
				i++;
			} catch (InterruptedException e) {
				interrupted = true;
				failure.compareAndSet(null, new CancelledException());
			}
		}
		if (interrupted) {
			Thread.currentThread().interrupt();
		}
	}

	private void rethrow() throws IOException {
		Throwable thrown = failure.get();
		if (thrown instanceof IOException e) {
			throw e;
		} else if (thrown instanceof RuntimeException e) {
			throw e;
		} else if (thrown instanceof Error e) {
			throw e;
		}
	}

	private void work(@Nullable ClassKeys keys, Task task) {
		try (Workspace work = new Workspace(keys, Workspace.CHUNK)) {
			for (List<IndexEntry> entries = take(); !entries.isEmpty(); entries = take()) {
				process(entries, work, task);
			}
		}
	}

	/* After a failure the queue is emptied without work, so that whoever fills it is never held up. */
	private void process(List<IndexEntry> entries, Workspace work, Task task) {
		try {
			for (IndexEntry entry : entries) {
				if (failure.get() != null) {
					return;
				}
				task.accept(entry, work);
			}
		} catch (IOException | RuntimeException | Error e) {
			failure.compareAndSet(null, e);
		}
	}

	private List<IndexEntry> take() {
		while (true) {
			try {
				return queue.take();
			} catch (InterruptedException e) {
				// The end is announced through the queue alone, so the threads can be waited for.
				failure.compareAndSet(null, new CancelledException());
			}
		}
	}
}
