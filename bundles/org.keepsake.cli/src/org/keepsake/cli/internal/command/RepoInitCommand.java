// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.cli.internal.command;

import java.io.IOException;
import java.util.concurrent.Callable;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.cli.internal.Cli;
import org.keepsake.cli.internal.output.JsonObject;
import org.keepsake.core.Secret;
import org.keepsake.core.storage.Storage;
import org.keepsake.core.target.TargetFactory;
import org.keepsake.engine.Human;
import org.keepsake.repository.InitOptions;
import org.keepsake.repository.KeyCost;
import org.keepsake.repository.Repository;
import org.keepsake.repository.RepositoryProblems;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code keepsake repo init}. */
@Command(name = "init",
		description = { "Makes a repository in an empty place.",
				"Its password is chosen now: from the file, from KEEPSAKE_REPOSITORY_PASSWORD, or typed twice. Without it "
						+ "nobody can read the backups." },
		footer = { "", "Examples:", "  keepsake repo init restic:/media/disk/repo --remember",
				"  keepsake repo init nas --repository-password-file ~/nas.password",
				"  keepsake repo init s3:https://s3.example.com/phones --copy-chunker-from nas" })
public final class RepoInitCommand implements Callable<Integer> {

	private final Cli cli;

	@Spec
	private CommandSpec spec = CommandSpec.create();

	@Mixin
	private RepositoryArgument repository = new RepositoryArgument();

	@Option(names = "--format-version", paramLabel = "1|2", defaultValue = "2",
			description = "The version of restic's format: 2, or 1 for programs from before 2022, which compresses "
					+ "nothing; 2 if left out.")
	private int version = 2;

	@Option(names = "--copy-chunker-from", paramLabel = "PLACE",
			description = "Cut content as this other repository does, so that copies between them share what is equal.")
	private @Nullable String chunkerFrom;

	@Option(names = "--from-repository-password-file", paramLabel = "FILE",
			description = "Read that other repository's password from this file's first line.")
	private @Nullable String fromFile;

	/** One run of the command. */
	public RepoInitCommand(Cli cli) {
		this.cli = cli;
	}

	@Override
	public Integer call() throws IOException {
		if (version < 1 || version > 2) {
			throw new ParameterException(spec.commandLine(), "--format-version takes 1 or 2, not " + version);
		}
		String place = RepositoryArgument.known(cli, repository.written());
		repository.options().remember(cli, place);
		refuseIfThereIsOne(place);
		InitOptions options = new InitOptions(version, KeyCost.NORMAL, polynomial());
		try (Secret password = new RepositoryPasswords(cli).choose(repository.written(), repository.options().file(),
				"--repository-password-file FILE", Passwords.REPOSITORY)) {
			cli.engine().secrets().give(place, TargetFactory.REPOSITORY_PASSWORD, password,
					repository.options().remembers());
		}
		try (Repository made = cli.query(monitor -> cli.engine().repositories().init(place, options))) {
			tell(made);
		}
		return Cli.DONE;
	}

	private void refuseIfThereIsOne(String place) throws IOException {
		try (Storage storage = cli.engine().repositories().storage(place)) {
			if (storage.size("config").isPresent()) {
				throw RepositoryProblems.EXISTS.exception(storage.location());
			}
		}
	}

	private @Nullable Long polynomial() throws IOException {
		String other = chunkerFrom;
		if (other == null) {
			return null;
		}
		try (Repository from = RepoCopyCommand.open(cli, other, fromFile)) {
			return Long.valueOf(from.polynomial());
		}
	}

	private void tell(Repository made) {
		if (cli.json()) {
			cli.print(new JsonObject().put("location", made.location()).put("id", made.id().toString()).put("version",
					Integer.valueOf(made.version())));
			return;
		}
		cli.print("Made a repository at " + Human.printable(made.location()) + " (version " + made.version()
				+ " of the format, id " + made.id().brief() + ").");
		cli.say("To back up into it: keepsake backup --to " + Human.printable(repository.written()));
	}
}
