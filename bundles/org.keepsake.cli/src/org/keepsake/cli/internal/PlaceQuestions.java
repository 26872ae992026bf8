// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.cli.internal;

import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;

import org.keepsake.core.CancelledException;
import org.keepsake.core.Secret;
import org.keepsake.core.target.TargetFactory;
import org.keepsake.engine.Human;
import org.keepsake.engine.PlaceSecrets;

/** Asks the person at the terminal for what opens a place of backups. A program is never asked. */
public final class PlaceQuestions implements PlaceSecrets.Asker {

	private final Cli cli;

	/** Asks at this command line's terminal. */
	PlaceQuestions(Cli cli) {
		this.cli = cli;
	}

	@Override
	public Optional<PlaceSecrets.Answer> ask(String place, String purpose, boolean again) throws IOException {
		if (!canAsk(cli)) {
			return Optional.empty();
		}
		return cli.interview(() -> {
			if (again) {
				cli.terminal().err().println(cli.errStyle().bad("That is not right.") + " Try again.");
			}
			String question = question(place, purpose);
			Optional<Secret> answer = purpose.equals(TargetFactory.REPOSITORY_PASSWORD)
					? Optional.of(secret(cli, question))
					: typed(cli, question);
			return answer.map(secret -> new PlaceSecrets.Answer(secret, cli.remember()));
		});
	}

	/** Whether there is somebody to be asked. */
	public static boolean canAsk(Cli cli) {
		return !cli.json() && cli.terminal().canAsk();
	}

	/** What a secret is called. */
	public static String label(String purpose) {
		return switch (purpose) {
			case TargetFactory.REPOSITORY_PASSWORD -> "the password of the repository";
			case "password" -> "the password of the user there";
			case "passphrase" -> "the passphrase of the private key";
			default -> "the " + Human.printable(purpose.replace('-', ' '));
		};
	}

	private static String question(String place, String purpose) {
		String label = label(purpose);
		return Character.toUpperCase(label.charAt(4)) + label.substring(5) + " (" + Human.printable(place) + "): ";
	}

	/** Asks without showing what is typed; the caller closes it. Problem: nothing is typed. */
	public static Secret secret(Cli cli, String question) throws IOException {
		return typed(cli, question).orElseThrow(CliProblems.PASSWORD_EMPTY::exception);
	}

	/** Empty if nothing is typed: the server may take something else instead. */
	private static Optional<Secret> typed(Cli cli, String question) throws IOException {
		char[] typed = cli.terminal().askSecretly(question);
		if (typed == null) {
			throw new CancelledException();
		}
		try {
			return typed.length == 0 ? Optional.empty() : Optional.of(new Secret(typed));
		} finally {
			Arrays.fill(typed, '\0');
		}
	}
}
