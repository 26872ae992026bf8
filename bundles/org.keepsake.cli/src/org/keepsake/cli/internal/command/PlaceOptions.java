// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.cli.internal.command;

import java.io.IOException;
import java.util.List;
import java.util.Locale;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.cli.internal.Cli;
import org.keepsake.core.Secret;
import org.keepsake.core.target.TargetFactory;
import org.keepsake.engine.Targets;

import picocli.CommandLine.Option;

/** Where the password of a repository comes from. Never from an argument: others could read it there. */
public final class PlaceOptions {

	private static final String STORAGE = "KEEPSAKE_STORAGE_";
	private static final String FILE = "_FILE";

	@Option(names = "--repository-password-file", paramLabel = "FILE",
			description = "Read the repository's password from this file's first line; - for standard input. Otherwise "
					+ "KEEPSAKE_REPOSITORY_PASSWORD, a remembered password, or a question.")
	private @Nullable String file;

	@Option(names = "--remember",
			description = "Remember on this computer, encrypted, what opened the place: the repository's password, the "
					+ "server's.")
	private boolean remember;

	/** The file that is named; null for none. */
	@Nullable
	String file() {
		return file;
	}

	/** Whether what opens the place is to be remembered. */
	boolean remembers() {
		return remember;
	}

	/** Hands over what was given, before the place is opened. @param place null for all configured ones */
	void give(Cli cli, @Nullable String place) throws IOException {
		remember(cli, place);
		try (Secret password = new Passwords(cli).givenForRepository(file, remember)) {
			if (password == null) {
				return;
			}
			if (place != null) {
				cli.engine().secrets().give(place, TargetFactory.REPOSITORY_PASSWORD, password, remember);
				return;
			}
			for (Targets.Entry each : cli.engine().targets().list()) {
				cli.engine().secrets().give(each.name(), TargetFactory.REPOSITORY_PASSWORD, password, remember);
			}
		}
	}

	/**
	 * Says that what opens the place is to be remembered, if the person wishes so. What the environment says of a
	 * server is otherwise the engine's affair.
	 */
	void remember(Cli cli, @Nullable String place) throws IOException {
		if (!remember) {
			return;
		}
		cli.remember(true);
		for (String variable : place == null ? List.<String>of() : List.copyOf(cli.environment().keySet())) {
			boolean file = variable.endsWith(FILE);
			String name = file ? variable.substring(0, variable.length() - FILE.length()) : variable;
			String value = cli.environment().getOrDefault(variable, "");
			boolean outdone = file && !cli.environment().getOrDefault(name, "").isEmpty();
			if (place != null && name.startsWith(STORAGE) && !value.isEmpty() && !outdone) {
				String purpose = name.substring(STORAGE.length()).toLowerCase(Locale.ROOT).replace('_', '-');
				try (Secret secret = file ? new Passwords(cli).fromFile(value) : Secret.of(value)) {
					cli.engine().secrets().give(place, purpose, secret, true);
				}
			}
		}
	}
}
