// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0

package org.keepsake.engine.internal.device;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

import org.keepsake.core.JobMonitor;
import org.keepsake.core.JobMonitor.Registration;
import org.keepsake.core.Udid;
import org.keepsake.core.transport.Transport.Watch;
import org.keepsake.engine.Devices;

/**
 * Follows whether one device can be reached, from when it is made until it is closed. Thread-safe; waiting
 * sleeps and is
 * woken by the watch or by cancellation.
 */
public final class Waits implements AutoCloseable {

	private final ReentrantLock lock = new ReentrantLock();
	private final Condition changed = lock.newCondition();
	private final Watch watch;
	private boolean present;
	private long departures;

	/** Begins to follow. */
	public Waits(Devices devices, Udid device) {
		this.watch = devices.watch(new Devices.Listener() {
			@Override
			public void arrived(Udid other) {
				note(other.equals(device), true);
			}

			@Override
			public void departed(Udid other) {
				note(other.equals(device), false);
			}
		});
	}

	/** How often the device went away so far. */
	public long departures() {
		lock.lock();
		try {
			return departures;
		} finally {
			lock.unlock();
		}
	}

	/** Waits until the device can be reached; false if it could not in this time, or the job was cancelled. */
	public boolean untilPresent(Duration atMost, JobMonitor monitor) {
		return await(atMost, monitor, () -> present);
	}

	/** Waits until the device went away more often than given; false if it did not. */
	public boolean untilDeparted(long departuresBefore, Duration atMost, JobMonitor monitor) {
		return await(atMost, monitor, () -> departures > departuresBefore);
	}

	private boolean await(Duration atMost, JobMonitor monitor, java.util.function.BooleanSupplier condition) {
		try (Registration _ = monitor.onCancel(this::wake)) {
			lock.lock();
			try {
				long left = atMost.toNanos();
				while (!condition.getAsBoolean() && left > 0 && !monitor.isCancelled()) {
					left = changed.awaitNanos(left);
				}
				return condition.getAsBoolean();
			} catch (InterruptedException e) {
				Thread.currentThread().interrupt();
				return false;
			} finally {
				lock.unlock();
			}
		}
	}

	private void note(boolean mine, boolean now) {
		if (!mine) {
			return;
		}
		lock.lock();
		try {
			if (present && !now) {
				departures++;
			}
			present = now;
			changed.signalAll();
		} finally {
			lock.unlock();
		}
	}

	private void wake() {
		lock.lock();
		try {
			changed.signalAll();
		} finally {
			lock.unlock();
		}
	}

	@Override
	public void close() {
		watch.close();
	}
}
