// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.target.repository.internal;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.core.ProblemException;
import org.keepsake.repository.RepositoryLock;
import org.keepsake.repository.RepositoryProblems;

/**
 * Somebody reads a snapshot: whoever reads for more than a moment keeps others from pruning what is being read. A store
 * that takes no lock, or that somebody has locked, can be read all the same.
 */
final class Reading implements Closeable {

	private static final System.Logger LOG = System.getLogger(Reading.class.getName());
	/** A lock costs a file, and a fifth of a second: not for a look at a few lists. */
	private static final Duration MOMENT = Duration.ofSeconds(2);

	private final Connections.Lease lease;
	private final ReentrantLock state = new ReentrantLock();
	private final Condition closing = state.newCondition();
	private final Thread keeper;
	private boolean closed;

	/** @param lease closed with this */
	Reading(Connections.Lease lease) {
		this.lease = lease;
		keeper = Thread.ofVirtual().name("repository reading").start(this::keep);
	}

	private void keep() {
		RepositoryLock taken = null;
		try {
			while (taken == null && !isClosedWithin(MOMENT)) {
				taken = lock();
			}
			while (!isClosedWithin(Duration.ofHours(1))) {
				// The lock keeps itself fresh.
			}
		} catch (IOException e) {
			LOG.log(System.Logger.Level.DEBUG, "Read without a lock", e);
		} catch (InterruptedException e) {
			Thread.currentThread().interrupt();
		} finally {
			if (taken != null) {
				taken.close();
			}
		}
	}

	/** A lock; null while somebody deletes. */
	private @Nullable RepositoryLock lock() throws IOException {
		try {
			return lease.repository().lock(false, Duration.ZERO);
		} catch (ProblemException e) {
			if (e.is(RepositoryProblems.LOCKED)) {
				return null;
			}
			throw e;
		}
	}

	private boolean isClosedWithin(Duration time) throws InterruptedException {
		state.lock();
		try {
			long left = time.toNanos();
			while (!closed && left > 0) {
				left = closing.awaitNanos(left);
			}
			return closed;
		} finally {
			state.unlock();
		}
	}

	@Override
	public void close() throws IOException {
		state.lock();
		try {
			closed = true;
			closing.signalAll();
		} finally {
			state.unlock();
		}
		try (lease) {
			keeper.join();
		} catch (InterruptedException e) {
			Thread.currentThread().interrupt();
		}
	}
}
