// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.storage.sftp.internal;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.eclipse.jdt.annotation.Nullable;

/**
 * A place on an SFTP server as restic writes it: {@code sftp:[USER@]HOST[:PORT]:PATH}, where a path without a slash in
 * front is below the user's home folder; or {@code sftp://[USER@]HOST[:PORT]/PATH}, where it takes two slashes to begin
 * at the root. The port in the first form is ours. Source: restic/restic internal/backend/sftp/config.go.
 *
 * @param text what a person wrote
 * @param port -1 if none was written
 * @param path without a slash at its end; {@code .} for the home folder, {@code /} for the root
 */
record SftpLocation(String text, @Nullable String user, String host, int port, String path) {

	static final String EXAMPLE = "sftp:user@host:/path/to/repository";

	private static final String HOST = "(?<host>\\[[0-9a-fA-F:.%a-z]+\\]|[^\\[\\]@:/\\s]+)";
	private static final Pattern SHORT = Pattern
			.compile("sftp:(?!//)(?:(?<user>[^:/\\s]+)@)?" + HOST
					+ "(?::(?<port>[0-9]{1,5}))?:(?<path>/.*|[^@:/]*(?:/[^:]*)?)");
	private static final Pattern URL = Pattern
			.compile("sftp://(?:(?<user>[^:/\\s]+)@)?" + HOST + "(?::(?<port>[0-9]{1,5}))?(?:/(?<path>.*))?");
	private static final Pattern PASSWORD = Pattern.compile("(?<=^sftp:)(//)?.*@");
	private static final int MOST_PORT = 65535;

	/** The user's name on the server, if one was written. */
	Optional<String> loginName() {
		String name = user;
		return name == null ? Optional.empty() : Optional.of(name);
	}

	static Optional<SftpLocation> parse(String text) {
		Matcher matcher = URL.matcher(text);
		boolean url = matcher.matches();
		if (!url) {
			matcher = SHORT.matcher(text);
			if (!matcher.matches()) {
				return Optional.empty();
			}
		}
		String user = matcher.group("user");
		String path = Optional.ofNullable(matcher.group("path")).orElse("");
		int port = matcher.group("port") == null ? -1 : Integer.parseInt(matcher.group("port"));
		if (port == 0 || port > MOST_PORT || path.chars().anyMatch(c -> c < ' ')) {
			return Optional.empty();
		}
		String host = matcher.group("host").replaceAll("[\\[\\]]", "");
		try {
			return Optional.of(new SftpLocation(text, user == null || !url ? user : decoded(user), host, port,
					plain(url ? decoded(path) : path)));
		} catch (IllegalArgumentException e) {
			return Optional.empty(); // a percent sign without two digits
		}
	}

	/** A text that is no location, for a message: a password that somebody wrote into it is not repeated. */
	static String withoutPassword(String text) {
		Matcher matcher = PASSWORD.matcher(text);
		return matcher.find() && matcher.group().contains(":") ? matcher.replaceFirst("$1…@") : text;
	}

	private static String decoded(String text) {
		return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
	}

	private static String plain(String path) {
		String plain = path.replaceAll("/+", "/");
		if (plain.equals("/")) {
			return plain;
		}
		String trimmed = plain.endsWith("/") ? plain.substring(0, plain.length() - 1) : plain;
		return trimmed.isEmpty() ? "." : trimmed;
	}
}
