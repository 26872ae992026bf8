// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0

package org.keepsake.engine.internal;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;

import org.keepsake.core.Secret;
import org.keepsake.core.Udid;
import org.keepsake.engine.PasswordStore;

/** The backup password as far as it is known without asking: from the environment, else remembered. Thread-safe. */
public final class KnownPasswords {

	private final Map<String, String> environment;
	private final PasswordStore store;

	/** Looks in both, in this order. */
	public KnownPasswords(Map<String, String> environment, PasswordStore store) {
		this.environment = environment;
		this.store = store;
	}

	/** The password; the caller closes it. */
	public Optional<Secret> find(Udid device) throws IOException {
		String given = environment.get("KEEPSAKE_BACKUP_PASSWORD");
		return given == null || given.isEmpty() ? store.find(device) : Optional.of(Secret.of(given));
	}
}
