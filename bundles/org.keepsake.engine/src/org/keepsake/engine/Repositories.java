// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.engine;

import java.io.IOException;

import org.keepsake.core.JobMonitor;
import org.keepsake.core.storage.Storage;
import org.keepsake.repository.InitOptions;
import org.keepsake.repository.Repository;
import org.keepsake.repository.StoreTrial;

/**
 * The repositories behind targets, for what is done to a repository as such: keys, check, prune, copy. A place is a
 * target's name or a location such as {@code s3:https://host/bucket/prefix}. Thread-safe. Secrets come from
 * {@link PlaceSecrets}.
 */
public interface Repositories {

	/** Whether a repository can be at the place; looks at its location only. */
	boolean canBeAt(String place) throws IOException;

	/** Opens one; the caller closes it. */
	Repository open(String place) throws IOException;

	/** Makes one in an empty place and opens it; its password is asked for, or has been given. */
	Repository init(String place, InitOptions options) throws IOException;

	/** Opens the store below, whether or not there is a repository in it; the caller closes it. */
	Storage storage(String place) throws IOException;

	/**
	 * Proves what can be done with the store: puts a small file of its own, reads and lists it, and removes it.
	 *
	 * @param attack whether to try besides what an intruder would who has these credentials: to overwrite and to delete
	 *               that file
	 * @throws org.keepsake.core.ProblemException if nothing can be stored there
	 */
	StoreTrial tryOut(String place, boolean attack, JobMonitor monitor) throws IOException;
}
