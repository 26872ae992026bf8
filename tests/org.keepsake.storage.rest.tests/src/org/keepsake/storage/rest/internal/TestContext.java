// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.storage.rest.internal;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import org.keepsake.core.Secret;
import org.keepsake.core.storage.StorageFactory;

/** What a storage is told; nothing of this computer's. */
record TestContext(Map<String, String> environment, Map<String, String> settings, Map<String, String> secrets)
		implements
			StorageFactory.Context {

	static final TestContext NONE = new TestContext(Map.of(), Map.of(), Map.of());

	static TestContext settings(String... namesAndValues) {
		Map<String, String> settings = new TreeMap<>();
		for (int i = 0; i < namesAndValues.length; i += 2) {
			settings.put(namesAndValues[i], namesAndValues[i + 1]);
		}
		return new TestContext(Map.of(), settings, Map.of());
	}

	@Override
	public Optional<Secret> secret(String purpose) {
		return Optional.ofNullable(secrets.get(purpose)).map(Secret::of);
	}
}
