// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.storage.rest.internal;

import java.io.InterruptedIOException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CountDownLatch;

import org.eclipse.jdt.annotation.Nullable;

/**
 * One put of a name at a time: the protocol's look before it is worth nothing against another thread, and some servers
 * mix what arrives at once. Thread-safe.
 */
final class Turns {

	private final ConcurrentMap<String, CountDownLatch> taken = new ConcurrentHashMap<>();

	/** A turn, to be ended. */
	interface Turn extends AutoCloseable {
		@Override
		void close();
	}

	/** Waits until nobody else has the name. */
	Turn take(String name) throws InterruptedIOException {
		CountDownLatch mine = new CountDownLatch(1);
		@Nullable
		CountDownLatch other = taken.putIfAbsent(name, mine);
		while (other != null) {
			await(other);
			other = taken.putIfAbsent(name, mine);
		}
		return () -> {
			taken.remove(name);
			mine.countDown();
		};
	}

	private static void await(CountDownLatch other) throws InterruptedIOException {
		try {
			other.await();
		} catch (InterruptedException e) {
			Thread.currentThread().interrupt();
			InterruptedIOException end = new InterruptedIOException("Interrupted");
			end.initCause(e);
			throw end;
		}
	}
}
