// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0

package org.keepsake.engine.internal;

import java.util.HashSet;
import java.util.Set;

import org.keepsake.core.ProblemException;
import org.keepsake.core.Udid;
import org.keepsake.engine.EngineProblems;

/** One job a device at a time, within this process; a target's own lock excludes other processes. Thread-safe. */
public final class JobLocks {

	private final Set<Udid> busy = new HashSet<>();

	/** Reserves the device until the result is closed. Problem: {@link EngineProblems#DEVICE_BUSY}. */
	public Lock acquire(Udid device) throws ProblemException {
		synchronized (busy) {
			if (!busy.add(device)) {
				throw EngineProblems.DEVICE_BUSY.exception();
			}
		}
		return () -> {
			synchronized (busy) {
				busy.remove(device);
			}
		};
	}

	/** A reserved device. */
	@FunctionalInterface
	public interface Lock extends AutoCloseable {
		@Override
		void close();
	}
}
