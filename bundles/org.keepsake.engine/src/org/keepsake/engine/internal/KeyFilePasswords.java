// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0

package org.keepsake.engine.internal;

import java.io.IOException;
import java.util.Locale;
import java.util.Optional;

import org.keepsake.core.Secret;
import org.keepsake.core.Udid;
import org.keepsake.engine.PasswordStore;

/** Remembered backup passwords, among the sealed secrets by their device's identifier. Thread-safe. */
public final class KeyFilePasswords implements PasswordStore {

	private final SealedSecrets secrets;

	/** Kept among these. */
	public KeyFilePasswords(SealedSecrets secrets) {
		this.secrets = secrets;
	}

	@Override
	public Optional<Secret> find(Udid device) throws IOException {
		return secrets.find(name(device));
	}

	@Override
	public void remember(Udid device, Secret password) throws IOException {
		secrets.remember(name(device), password);
	}

	@Override
	public void forget(Udid device) throws IOException {
		secrets.forget(name(device));
	}

	/** Remembers the new password if, and only if, the person had the old one remembered. */
	public void replaceIfRemembered(Udid device, Secret password) throws IOException {
		if (secrets.contains(name(device))) {
			remember(device, password);
		}
	}

	private static String name(Udid device) {
		return device.value().toLowerCase(Locale.ROOT);
	}
}
