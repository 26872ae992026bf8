// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.engine;

import java.io.IOException;
import java.util.Optional;

import org.keepsake.core.Secret;
import org.keepsake.core.Udid;

/** Backup passwords that a person asked to be remembered, encrypted on disk. Thread-safe. */
public interface PasswordStore {

	/**
	 * The remembered password; the caller closes it. A job that is given just this object may use the key that the password
	 * gave before, kept beside it, and need not try the password again.
	 */
	Optional<Secret> find(Udid device) throws IOException;

	/** Remembers a password in place of an older one. */
	void remember(Udid device, Secret password) throws IOException;

	/** Forgets it, and the keys it gave. */
	void forget(Udid device) throws IOException;
}
