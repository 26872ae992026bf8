// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.storage.rest.internal;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.core.Secret;
import org.keepsake.core.storage.StorageFactory;
import org.keepsake.storage.base.StorageSettings;

/** User and password, asked for when the first request needs them. Thread-safe. */
final class RestCredentials implements AutoCloseable {

	private final Optional<String> user;
	private final StorageSettings settings;
	private final StorageFactory.Context context;
	private @Nullable Secret password;

	RestCredentials(RestLocation location, StorageSettings settings, StorageFactory.Context context) {
		this.user = location.user().or(() -> settings.text("user"))
				.or(() -> settings.variable("RESTIC_REST_USERNAME"));
		this.settings = settings;
		this.context = context;
	}

	/** Basic authentication (RFC 7617), where there is a user. */
	synchronized void sign(HttpRequest.Builder request) throws IOException {
		if (user.isEmpty()) {
			return;
		}
		Secret known = password;
		if (known == null) {
			Optional<Secret> told = settings.variable("RESTIC_REST_PASSWORD").map(Secret::of);
			known = (told.isPresent() ? told : context.secret("password")).orElseGet(() -> Secret.of(""));
			password = known;
		}
		byte[] name = (user.get() + ":").getBytes(StandardCharsets.UTF_8);
		byte[] word = known.revealUtf8();
		byte[] both = Arrays.copyOf(name, name.length + word.length);
		System.arraycopy(word, 0, both, name.length, word.length);
		request.setHeader("Authorization", "Basic " + Base64.getEncoder().encodeToString(both));
		Arrays.fill(word, (byte) 0);
		Arrays.fill(both, (byte) 0);
	}

	@Override
	public synchronized void close() {
		Secret known = password;
		if (known != null) {
			known.close();
			password = null;
		}
	}
}
