// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.storage.smb.internal;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.eclipse.jdt.annotation.Nullable;

/**
 * A folder on a share: {@code smb://[DOMAIN;][USER@]HOST[:PORT]/SHARE[/PATH]}, as the Internet draft
 * draft-crhertel-smb-url has it. Names are taken as they are written, without percent signs.
 *
 * @param text what a person wrote
 * @param path below the share, with backslashes between and none around; empty for the share itself
 */
record SmbLocation(String text, @Nullable String domain, @Nullable String user, String host, int port, String share,
		String path) {

	static final String EXAMPLE = "smb://user@host/share/path/to/repository";

	private static final int USUAL_PORT = 445;
	private static final int MOST_PORT = 65535;
	private static final Pattern FORM = Pattern.compile("smb://(?:(?:(?<domain>[^;@/:\\s]+);)?(?<user>[^;/:]+)@)?"
			+ "(?<host>\\[[0-9a-fA-F:.%a-z]+\\]|[^\\[\\];@:/\\s]+)(?::(?<port>[0-9]{1,5}))?/(?<share>[^/]+)(?:/(?<path>.*))?");
	private static final Pattern PASSWORD = Pattern.compile("(?<=^smb:)(//)?.*@");
	/** What Windows has in no name. */
	private static final String FORBIDDEN = "\\:*?\"<>|";

	static Optional<SmbLocation> parse(String text) {
		Matcher matcher = FORM.matcher(text);
		if (!matcher.matches()) {
			return Optional.empty();
		}
		int port = matcher.group("port") == null ? USUAL_PORT : Integer.parseInt(matcher.group("port"));
		List<String> names = Arrays.stream(Optional.ofNullable(matcher.group("path")).orElse("").split("/"))
				.filter(each -> !each.isEmpty()).toList();
		if (port == 0 || port > MOST_PORT || !isName(matcher.group("share"))
				|| !names.stream().allMatch(SmbLocation::isName)) {
			return Optional.empty();
		}
		return Optional.of(new SmbLocation(text, matcher.group("domain"), matcher.group("user"),
				matcher.group("host").replaceAll("[\\[\\]]", ""), port, matcher.group("share"),
				String.join("\\", names)));
	}

	private static boolean isName(String name) {
		return !name.equals(".") && !name.equals("..")
				&& name.chars().noneMatch(c -> c < ' ' || FORBIDDEN.indexOf(c) >= 0);
	}

	/** The user's name on the server, if one was written. */
	Optional<String> loginName() {
		String name = user;
		return name == null ? Optional.empty() : Optional.of(name);
	}

	/** A text that is no location, for a message: a password that somebody wrote into it is not repeated. */
	static String withoutPassword(String text) {
		Matcher matcher = PASSWORD.matcher(text);
		return matcher.find() && matcher.group().contains(":") ? matcher.replaceFirst("$1…@") : text;
	}
}
