// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.cli.internal.command;

import java.io.IOException;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.cli.internal.Cli;
import org.keepsake.core.Secret;

import picocli.CommandLine.Option;

/** Where a password that a repository is to get comes from. Never from an argument: others could read it there. */
public final class NewRepositoryPassword {

	private static final String OPTION = "--new-repository-password-file";

	@Option(names = OPTION, paramLabel = "FILE",
			description = "Read the new password from this file's first line; - for standard input. Otherwise "
					+ "KEEPSAKE_NEW_REPOSITORY_PASSWORD, or a question.")
	private @Nullable String file;

	/** The password; the caller closes it. @param place as the person wrote it */
	Secret choose(Cli cli, String place) throws IOException {
		return new RepositoryPasswords(cli).choose(place, file, OPTION + " FILE", Passwords.NEW_REPOSITORY);
	}
}
