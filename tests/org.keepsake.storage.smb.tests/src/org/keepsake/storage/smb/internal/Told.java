// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.storage.smb.internal;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

import org.keepsake.core.Secret;
import org.keepsake.core.storage.StorageFactory;

/** What a store is told in a test. */
record Told(Map<String, String> environment, Map<String, String> settings, Map<String, String> secrets)
		implements
			StorageFactory.Context {

	static Told password(String password) {
		return new Told(Map.of(), Map.of(), Map.of("password", password));
	}

	Told setting(String name, String value) {
		return new Told(environment, with(settings, name, value), secrets);
	}

	Told secret(String purpose, String value) {
		return new Told(environment, settings, with(secrets, purpose, value));
	}

	private static Map<String, String> with(Map<String, String> map, String key, String value) {
		Map<String, String> more = new HashMap<>(map);
		more.put(key, value);
		return more;
	}

	@Override
	public Optional<Secret> secret(String purpose) {
		String secret = secrets.get(purpose);
		return secret == null ? Optional.empty() : Optional.of(Secret.of(secret));
	}
}
