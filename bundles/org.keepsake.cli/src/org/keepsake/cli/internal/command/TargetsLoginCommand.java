// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.cli.internal.command;

import java.io.IOException;
import java.util.Locale;
import java.util.concurrent.Callable;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.cli.internal.Cli;
import org.keepsake.cli.internal.CliProblems;
import org.keepsake.cli.internal.PlaceQuestions;
import org.keepsake.cli.internal.output.JsonObject;
import org.keepsake.core.ProblemException;
import org.keepsake.core.Secret;
import org.keepsake.core.storage.Storage;
import org.keepsake.core.target.TargetFactory;
import org.keepsake.engine.Human;
import org.keepsake.repository.RepositoryProblems;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code keepsake targets login}. */
@Command(name = "login",
		description = { "Remembers on this computer, encrypted, what opens a target.",
				"The repository's password is asked for, and what the server wants. It is tried at once, and remembered only "
						+ "if it is right. Backups by a schedule, with nobody there to be asked, then find it." },
		footer = { "", "Examples:", "  keepsake targets login nas",
				"  keepsake targets login nas --purpose password       only what the server wants",
				"  keepsake targets login nas --secret-file ~/nas.password" })
public final class TargetsLoginCommand implements Callable<Integer> {

	private static final int ATTEMPTS = 3;

	private final Cli cli;

	@Parameters(index = "0", paramLabel = "NAME", description = "The target's name, or its location.")
	private String name = "";

	@Option(names = "--purpose", paramLabel = "PURPOSE", defaultValue = TargetFactory.REPOSITORY_PASSWORD,
			description = "Which secret: repository-password; password (of the user there); passphrase (of a private key "
					+ "for SSH). The repository's password if left out, and what the server wants if it is not known.")
	private String purpose = TargetFactory.REPOSITORY_PASSWORD;

	@Option(names = "--secret-file", paramLabel = "FILE",
			description = "Read it from this file's first line; - for standard input. Otherwise it is asked for.")
	private @Nullable String file;

	/** One run of the command. */
	public TargetsLoginCommand(Cli cli) {
		this.cli = cli;
	}

	@Override
	public Integer call() throws IOException {
		String place = RepositoryArgument.known(cli, name);
		cli.remember(true);
		for (int attempt = 1;; attempt++) {
			try (Secret secret = secret()) {
				cli.engine().secrets().give(place, purpose, secret, true);
			}
			try {
				tryOut(place);
				cli.engine().secrets().proved(place);
				break;
			} catch (ProblemException e) {
				if (!e.is(RepositoryProblems.WRONG_PASSWORD) || file != null || attempt == ATTEMPTS) {
					throw e;
				}
				cli.terminal().err().println(cli.errStyle().bad(e.problem().title()) + ". Try again.");
			}
		}
		if (cli.json()) {
			cli.print(new JsonObject().put("name", name).put("remembered", purpose));
		} else {
			cli.print("It is right, and remembered on this computer. To forget it: keepsake targets logout "
					+ Human.printable(name));
		}
		return Cli.DONE;
	}

	private Secret secret() throws IOException {
		String named = file;
		if (named != null) {
			return new Passwords(cli).fromFile(named);
		}
		String label = PlaceQuestions.label(purpose);
		if (!PlaceQuestions.canAsk(cli)) {
			throw CliProblems.PLACE_SECRET_NOT_GIVEN.exception(label, name, "--secret-file FILE",
					purpose.equals(TargetFactory.REPOSITORY_PASSWORD) ? Passwords.REPOSITORY
							: "KEEPSAKE_STORAGE_" + purpose.toUpperCase(Locale.ROOT).replace('-', '_'));
		}
		return PlaceQuestions.secret(cli,
				Character.toUpperCase(label.charAt(4)) + label.substring(5) + " (" + Human.printable(name) + "): ");
	}

	/** Whether it is right shows only when it is used. */
	private void tryOut(String place) throws IOException {
		if (purpose.equals(TargetFactory.REPOSITORY_PASSWORD)) {
			cli.query(monitor -> cli.engine().repositories().open(place)).close();
			return;
		}
		try (Storage storage = cli.query(monitor -> cli.engine().repositories().storage(place))) {
			storage.size("config");
		}
	}
}
