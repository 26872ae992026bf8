// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.engine;

import java.io.IOException;

import org.keepsake.repository.InitOptions;
import org.keepsake.repository.Repository;

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
}
