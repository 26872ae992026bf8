// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ios.protocol.internal.backup;

import java.io.Closeable;
import java.io.IOException;

import org.keepsake.core.JobMonitor;
import org.keepsake.ios.protocol.DeviceProblems;
import org.keepsake.ios.protocol.internal.Timing;
import org.keepsake.ios.protocol.internal.service.Afc;
import org.keepsake.ios.protocol.internal.service.AfcException;
import org.keepsake.ios.protocol.internal.service.NotificationProxy;

/**
 * The lock that keeps two hosts from syncing one device: a locked file in its media folder, with notifications around
 * it. Source: {@code libimobiledevice/libimobiledevice: tools/idevicebackup2.c}.
 */
final class SyncLock implements Closeable {

	private static final String FILE = "/com.apple.itunes.lock_sync";

	private final Afc afc;
	private final NotificationProxy notifications;
	private long handle;
	private boolean open;
	private boolean locked;

	private SyncLock(Afc afc, NotificationProxy notifications) {
		this.afc = afc;
		this.notifications = notifications;
	}

	/** Takes the lock; {@link DeviceProblems#BUSY} if another host keeps it. */
	static SyncLock acquire(Afc afc, NotificationProxy notifications, Timing timing, JobMonitor monitor)
			throws IOException {
		SyncLock lock = new SyncLock(afc, notifications);
		boolean acquired = false;
		try {
			lock.acquire(timing, monitor);
			acquired = true;
			return lock;
		} finally {
			if (!acquired) {
				lock.close();
			}
		}
	}

	private void acquire(Timing timing, JobMonitor monitor) throws IOException {
		notifications.post(NotificationProxy.SYNC_WILL_START);
		handle = afc.open(FILE, Afc.READ_WRITE);
		open = true;
		notifications.post(NotificationProxy.SYNC_LOCK_REQUEST);
		for (int i = 0; i < timing.lockTries(); i++) {
			monitor.throwIfCancelled();
			try {
				afc.lock(handle);
				locked = true;
				notifications.post(NotificationProxy.SYNC_DID_START);
				return;
			} catch (AfcException e) {
				if (e.code() != AfcException.WOULD_BLOCK) {
					throw e;
				}
			}
			pause(timing);
		}
		throw DeviceProblems.BUSY.exception();
	}

	private static void pause(Timing timing) throws IOException {
		try {
			Thread.sleep(timing.lockPoll());
		} catch (InterruptedException e) {
			Thread.currentThread().interrupt();
			throw new java.io.InterruptedIOException("Interrupted while waiting for the sync lock");
		}
	}

	/** A step of giving the lock back. */
	private interface Step {
		void run() throws IOException;
	}

	private static void quietly(Step step) {
		try {
			step.run();
		} catch (IOException e) {
			// the device drops the lock with the connection
		}
	}

	/** Gives the lock back, as far as the device still listens, and says so. */
	@Override
	public void close() {
		if (locked) {
			locked = false;
			quietly(() -> afc.unlock(handle));
		}
		if (open) {
			open = false;
			quietly(() -> afc.close(handle));
		}
		quietly(() -> notifications.post(NotificationProxy.SYNC_DID_FINISH));
	}
}
