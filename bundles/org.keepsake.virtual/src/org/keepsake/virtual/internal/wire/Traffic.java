// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.virtual.internal.wire;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

import org.keepsake.virtual.fault.Faults;

/**
 * Counts what all services of one device send and receive, without the bytes of TLS, and breaks or stops the flow where
 * the faults {@code cut-all-after-bytes}, {@code unplug-after-bytes} and {@code stall-all-after-bytes} say so. Each
 * breaks once for each time it is set. Thread-safe.
 */
public final class Traffic {

	/** For connections that are not counted. */
	public static final Traffic FREE = new Traffic(() -> {
		// never reached
	}, () -> {
		// never reached
	});

	private final Runnable cut;
	private final Runnable unplug;
	private final ReentrantLock lock = new ReentrantLock();
	private final Condition changed = lock.newCondition();
	private long count;
	private long cutAt = Long.MAX_VALUE;
	private long unplugAt = Long.MAX_VALUE;
	private long stallAt = Long.MAX_VALUE;

	/**
	 * @param cut    breaks all connections
	 * @param unplug pulls the cable
	 */
	public Traffic(Runnable cut, Runnable unplug) {
		this.cut = cut;
		this.unplug = unplug;
	}

	/** Counts anew, for these faults. */
	public void follow(Faults faults) {
		lock.lock();
		try {
			count = 0;
			cutAt = at(faults, "cut-all-after-bytes");
			unplugAt = at(faults, "unplug-after-bytes");
			stallAt = at(faults, "stall-all-after-bytes");
			changed.signalAll();
		} finally {
			lock.unlock();
		}
	}

	private static long at(Faults faults, String name) {
		return faults.has(name) ? faults.number(name, 0) : Long.MAX_VALUE;
	}

	/** Lets connections that were closed notice it. */
	void wake() {
		lock.lock();
		try {
			changed.signalAll();
		} finally {
			lock.unlock();
		}
	}

	/**
	 * Asks to pass bytes.
	 *
	 * @param wanted how many, at least 1
	 * @param open   whether the connection still stands
	 * @return how many may pass now, at least 1
	 */
	int grant(int wanted, BooleanSupplier open) throws IOException {
		if (this == FREE) {
			return wanted;
		}
		Runnable fate;
		lock.lock();
		try {
			while (count >= stallAt) {
				if (!open.getAsBoolean()) {
					throw new ClosedChannelException();
				}
				changed.awaitUninterruptibly();
			}
			long limit = Math.min(Math.min(cutAt, unplugAt), stallAt);
			if (count < limit) {
				int granted = (int) Math.min(wanted, limit - count);
				count += granted;
				return granted;
			}
			fate = count >= cutAt ? cut : unplug;
			cutAt = count >= cutAt ? Long.MAX_VALUE : cutAt;
			unplugAt = count >= unplugAt ? Long.MAX_VALUE : unplugAt;
		} finally {
			lock.unlock();
		}
		fate.run();
		throw new IOException("The connection was cut as asked for");
	}
}
