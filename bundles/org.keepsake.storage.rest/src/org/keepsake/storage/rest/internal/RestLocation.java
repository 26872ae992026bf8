// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.storage.rest.internal;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;

import org.keepsake.core.ProblemException;
import org.keepsake.core.storage.StorageProblems;

/**
 * {@code rest:https://[USER@]HOST[:PORT]/PATH/}, read and freed of the user. A password in it is refused: locations are
 * shown, logged and kept in settings.
 *
 * @param base ends with a slash
 * @param user empty where the location names none
 * @param text for a person; with the user, never with a password
 */
record RestLocation(URI base, Optional<String> user, String text) {

	private static final String PREFIX = "rest:";
	private static final String EXAMPLE = "rest:https://user@backup.example:8000/phones/";

	static boolean accepts(String location) {
		String lower = location.toLowerCase(Locale.ROOT);
		return lower.startsWith(PREFIX + "http://") || lower.startsWith(PREFIX + "https://");
	}

	static RestLocation parse(String location) throws ProblemException {
		try {
			URI uri = accepts(location) ? new URI(location.substring(PREFIX.length())) : null;
			if (uri != null && uri.getHost() != null && uri.getRawQuery() == null && uri.getRawFragment() == null) {
				return of(uri, location);
			}
		} catch (URISyntaxException e) {
			// Not as a cause: its text is the location's, which may hold a password.
			throw StorageProblems.LOCATION.exception(withoutPassword(location), EXAMPLE);
		}
		throw StorageProblems.LOCATION.exception(withoutPassword(location), EXAMPLE);
	}

	private static RestLocation of(URI uri, String location) throws ProblemException, URISyntaxException {
		String user = uri.getUserInfo();
		if (user != null && user.contains(":")) {
			throw StorageProblems.LOCATION.exception(withoutPassword(location), EXAMPLE);
		}
		String path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
		String rest = path.endsWith("/") ? path : path + "/";
		String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
		String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
		String place = uri.getHost() + port + rest;
		String shown = uri.getRawUserInfo() == null ? "" : uri.getRawUserInfo() + "@";
		return new RestLocation(new URI(scheme + "://" + place), Optional.ofNullable(user).filter(u -> !u.isEmpty()),
				PREFIX + scheme + "://" + shown + place);
	}

	/** As it is, but for what stands between the user and the at sign before the host. */
	private static String withoutPassword(String location) {
		int start = location.indexOf("//") + 2;
		int at = location.lastIndexOf('@');
		int colon = location.indexOf(':', start);
		return colon > 0 && colon < at ? location.substring(0, colon) + ":…" + location.substring(at) : location;
	}

	/** The address of a blob, or with a slash at its end that of a kind. */
	URI resolve(String name) {
		return URI.create(base + name);
	}
}
