// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.engine;

import java.io.IOException;
import java.util.Optional;

import org.keepsake.core.Secret;
import org.keepsake.core.Udid;

/** Backup passwords that a person asked to be remembered, encrypted on disk. Thread-safe. */
public interface PasswordStore {

	/** The remembered password; the caller closes it. */
	Optional<Secret> find(Udid device) throws IOException;

	/** Remembers a password in place of an older one. */
	void remember(Udid device, Secret password) throws IOException;

	/** Forgets it. */
	void forget(Udid device) throws IOException;
}
