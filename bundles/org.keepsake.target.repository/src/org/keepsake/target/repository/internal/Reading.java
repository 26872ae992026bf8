// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.target.repository.internal;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.repository.RepositoryLock;

/**
 * Somebody reads a snapshot: others are kept from pruning what is being read, if they can be. A store that takes no lock,
 * or that somebody has locked, can be read all the same.
 */
final class Reading implements Closeable {

	private static final System.Logger LOG = System.getLogger(Reading.class.getName());

	private final Connections.Lease lease;
	private final @Nullable RepositoryLock lock;

	/** @param lease closed with this */
	Reading(Connections.Lease lease) {
		this.lease = lease;
		this.lock = lock(lease);
	}

	private static @Nullable RepositoryLock lock(Connections.Lease lease) {
		try {
			return lease.repository().lock(false, Duration.ZERO);
		} catch (IOException e) {
			LOG.log(System.Logger.Level.DEBUG, "Read without a lock", e);
			return null;
		}
	}

	@Override
	public void close() {
		RepositoryLock taken = lock;
		if (taken != null) {
			taken.close();
		}
		lease.close();
	}
}
