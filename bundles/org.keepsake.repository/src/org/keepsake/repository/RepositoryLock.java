// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.repository;

import java.io.Closeable;
import java.io.IOException;

/**
 * A lock on a repository, seen by restic and others: shared by those who read and add, exclusive for those who delete.
 * It is renewed every five minutes by a thread of its own until it is closed. Thread-safe.
 */
public interface RepositoryLock extends Closeable {

	/** Whether nobody else may work meanwhile. */
	boolean isExclusive();

	/**
	 * To be asked before a step that relies on it.
	 *
	 * @throws org.keepsake.core.ProblemException {@link RepositoryProblems#LOCK_LOST} if it could not be renewed in time,
	 *                                            or somebody removed it
	 */
	void throwIfLost() throws IOException;

	/** Removes the lock. Where it cannot be removed, others wait until it is stale. */
	@Override
	void close();
}
