// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.cli.internal.command;

import java.io.IOException;
import java.util.concurrent.Callable;

import org.keepsake.cli.internal.Cli;
import org.keepsake.core.Secret;
import org.keepsake.repository.KeyCost;
import org.keepsake.repository.KeyInfo;
import org.keepsake.repository.Repository;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code keepsake repo keys add}. */
@Command(name = "add", description = { "Adds a password to a repository; those it has stay valid." },
		footer = { "", "Examples:", "  keepsake repo keys add nas",
				"  keepsake repo keys add nas --new-repository-password-file ~/second.password" })
public final class RepoKeysAddCommand implements Callable<Integer> {

	private final Cli cli;

	@Mixin
	private RepositoryArgument repository = new RepositoryArgument();

	@Mixin
	private NewRepositoryPassword password = new NewRepositoryPassword();

	/** One run of the command. */
	public RepoKeysAddCommand(Cli cli) {
		this.cli = cli;
	}

	@Override
	public Integer call() throws IOException {
		try (Repository open = repository.open(cli);
				Secret chosen = password.choose(cli, repository.written())) {
			KeyInfo added = open.addKey(chosen, KeyCost.NORMAL);
			if (cli.json()) {
				cli.print(RepoKeysListCommand.json(added));
			} else {
				cli.print("Added key " + added.id().brief() + ". The repository opens with its password, too.");
			}
		}
		return Cli.DONE;
	}
}
