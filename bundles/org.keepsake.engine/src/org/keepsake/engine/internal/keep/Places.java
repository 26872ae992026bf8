// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0

package org.keepsake.engine.internal.keep;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

import org.keepsake.core.Secret;
import org.keepsake.core.storage.Storages;
import org.keepsake.core.target.TargetFactory;
import org.keepsake.engine.internal.Home;

/** What targets and stores are given when they are opened. Thread-safe. */
public final class Places {

	private static final int ID_BYTES = 12;

	private final Home home;
	private final Map<String, String> environment;
	private final Storages storages;
	private final KnownSecrets secrets;

	/** With the stores that are installed. */
	public Places(Home home, Map<String, String> environment, Storages storages, KnownSecrets secrets) {
		this.home = home;
		this.environment = Map.copyOf(environment);
		this.storages = storages;
		this.secrets = secrets;
	}

	/** For one place. @param mayAsk whether a person may be asked for a secret */
	public TargetFactory.Context at(String location, Map<String, String> settings, boolean mayAsk) {
		return new Place(location, settings, secrets.session(location, mayAsk));
	}

	/** The stores that are installed. */
	public Storages storages() {
		return storages;
	}

	/** A short name for a location that tells nothing of it. */
	static String id(String location) {
		try {
			byte[] digest = MessageDigest.getInstance("SHA-256").digest(location.getBytes(StandardCharsets.UTF_8));
			return HexFormat.of().formatHex(Arrays.copyOf(digest, ID_BYTES));
		} catch (NoSuchAlgorithmException e) {
			throw new IllegalStateException("Every Java has SHA-256", e);
		}
	}

	private final class Place implements TargetFactory.Context {

		private final String location;
		private final Map<String, String> settings;
		private final KnownSecrets.Session session;

		Place(String location, Map<String, String> settings, KnownSecrets.Session session) {
			this.location = location;
			this.settings = Map.copyOf(settings);
			this.session = session;
		}

		@Override
		public Map<String, String> environment() {
			return environment;
		}

		@Override
		public Map<String, String> settings() {
			return settings;
		}

		@Override
		public Optional<Secret> secret(String purpose) throws IOException {
			return session.find(purpose, true);
		}

		@Override
		public Optional<Secret> knownSecret(String purpose) throws IOException {
			return session.find(purpose, false);
		}

		@Override
		public boolean refused(String purpose) throws IOException {
			return session.refused(purpose);
		}

		@Override
		public void accepted(String purpose) throws IOException {
			session.accepted(purpose);
		}

		@Override
		public Storages storages() {
			return storages;
		}

		@Override
		public Path cache() throws IOException {
			return home.make(home.resolve("cache").resolve("places").resolve(id(location)));
		}
	}
}
