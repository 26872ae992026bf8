// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.cli.internal.command;

import java.io.IOException;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.cli.internal.Cli;
import org.keepsake.cli.internal.CliProblems;
import org.keepsake.cli.internal.PlaceQuestions;
import org.keepsake.core.Secret;
import org.keepsake.core.target.TargetFactory;

/** New passwords of repositories, which are typed twice if they are typed. */
final class RepositoryPasswords {

	private final Cli cli;

	RepositoryPasswords(Cli cli) {
		this.cli = cli;
	}

	/**
	 * A password that a repository is to get; the caller closes it.
	 *
	 * @param file     named by an option, or null
	 * @param option   that names it
	 * @param variable of the environment
	 */
	Secret choose(String place, @Nullable String file, String option, String variable) throws IOException {
		Secret given = given(file, variable);
		return given != null ? given : ask(place, option, variable);
	}

	private @Nullable Secret given(@Nullable String file, String variable) throws IOException {
		Passwords passwords = new Passwords(cli);
		Secret given = passwords.given(file, variable);
		String other = cli.environment().getOrDefault(variable + "_FILE", "");
		return given == null && !other.isEmpty() ? passwords.fromFile(other) : given;
	}

	private Secret ask(String place, String option, String variable) throws IOException {
		if (!PlaceQuestions.canAsk(cli)) {
			throw CliProblems.PLACE_SECRET_NOT_GIVEN.exception(
					PlaceQuestions.label(TargetFactory.REPOSITORY_PASSWORD), place, option, variable);
		}
		cli.say("Without its password nobody can read a repository, not even you: keep it where you will find it.");
		Secret first = PlaceQuestions.secret(cli, "New password of the repository: ");
		try (Secret second = PlaceQuestions.secret(cli, "The same again: ")) {
			if (!first.sameAs(second)) {
				first.close();
				throw CliProblems.PASSWORDS_DIFFER.exception();
			}
		}
		return first;
	}
}
