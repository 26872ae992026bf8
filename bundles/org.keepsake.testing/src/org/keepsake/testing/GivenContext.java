// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

import org.keepsake.core.Secret;
import org.keepsake.core.storage.Storages;
import org.keepsake.core.target.TargetFactory;

/**
 * What a target or a store is given, as a test says.
 *
 * @param environment variables
 * @param settings    of the target
 * @param secrets     by their purposes
 * @param storages    that are installed
 * @param cacheFolder the folder for what can be had again
 */
public record GivenContext(Map<String, String> environment, Map<String, String> settings, Map<String, String> secrets,
		Storages storages, Path cacheFolder) implements TargetFactory.Context {

	/** Copies the maps. */
	public GivenContext {
		environment = Map.copyOf(environment);
		settings = Map.copyOf(settings);
		secrets = Map.copyOf(secrets);
	}

	/** Nothing is given but a folder. */
	public static GivenContext nothing(Path cacheFolder) {
		return new GivenContext(Map.of(), Map.of(), Map.of(), Storages.NONE, cacheFolder);
	}

	/** The same with these settings. */
	public GivenContext withSettings(Map<String, String> others) {
		return new GivenContext(environment, others, secrets, storages, cacheFolder);
	}

	@Override
	public Optional<Secret> secret(String purpose) {
		String secret = secrets.get(purpose);
		return secret == null ? Optional.empty() : Optional.of(Secret.of(secret));
	}

	@Override
	public Path cache() throws IOException {
		return Files.createDirectories(cacheFolder);
	}
}
