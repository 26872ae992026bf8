// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.cli.internal.command;

import java.io.IOException;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.cli.internal.Cli;
import org.keepsake.core.Secret;
import org.keepsake.core.target.TargetFactory;
import org.keepsake.engine.Targets;

import picocli.CommandLine.Option;

/** Where the password of a repository comes from. Never from an argument: others could read it there. */
public final class PlaceOptions {

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
		if (remember) {
			cli.remember(true);
		}
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
}
