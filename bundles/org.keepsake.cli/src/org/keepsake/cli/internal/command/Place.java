// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.cli.internal.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.cli.internal.Cli;
import org.keepsake.cli.internal.CliProblems;

/** What a person writes for a target: a configured name, a location with a scheme, or else a folder. */
final class Place {

	private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]+:.*");

	private static final Pattern WORD = Pattern.compile("[\\w.-]*\\w[\\w.-]*");
	/** Scheme and user, password, host and the rest. */
	private static final Pattern WITH_PASSWORD = Pattern
			.compile("((?:[A-Za-z][A-Za-z0-9+.-]+:)+(?://)?[^/@:]*):([^/@]*)(@.*)", Pattern.DOTALL);

	private Place() {
	}

	/** The name as it is, or the folder as an absolute path; null stays null. */
	static @Nullable String of(Cli cli, @Nullable String text) throws IOException {
		if (text != null) {
			refusePassword(text);
		}
		return text == null || isName(cli, text) ? text : location(text);
	}

	/**
	 * The same where backups are looked for: a word that is neither a configured name nor a folder is a slip, and told
	 * as one instead of being taken for a place that holds nothing.
	 */
	static @Nullable String known(Cli cli, @Nullable String text) throws IOException {
		String place = of(cli, text);
		if (text != null && isWord(text) && !isName(cli, text) && !Files.isDirectory(Path.of(text))) {
			cli.engine().repositories().canBeAt(text); // tells it, and which names there are
		}
		return place;
	}

	/** Whether it looks like a name, not like a path. */
	static boolean isWord(String text) {
		return WORD.matcher(text).matches();
	}

	/** Whether it has a scheme. */
	static boolean isAddress(String text) {
		return SCHEME.matcher(text).matches();
	}

	/** Whether a target of this name is configured. */
	static boolean isName(Cli cli, String text) throws IOException {
		return cli.engine().targets().list().stream().anyMatch(entry -> entry.name().equals(text));
	}

	/** A location with a password in it is told, without the password, instead of being used. */
	static void refusePassword(String location) throws IOException {
		Matcher with = WITH_PASSWORD.matcher(location);
		if (with.matches()) {
			throw CliProblems.PASSWORD_IN_LOCATION.exception(with.group(1) + with.group(3));
		}
	}

	/** A folder as an absolute path; a location with a scheme as it is. */
	static String location(String text) throws IOException {
		refusePassword(text);
		try {
			return text.isEmpty() || SCHEME.matcher(text).matches() ? text : Path.of(text).toAbsolutePath().normalize()
					.toString();
		} catch (InvalidPathException e) {
			return text;
		}
	}
}
