// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.cli.internal.command;

import java.io.IOException;
import java.util.concurrent.Callable;

import org.keepsake.cli.internal.Cli;
import org.keepsake.core.Secret;
import org.keepsake.core.target.TargetFactory;
import org.keepsake.engine.Human;
import org.keepsake.repository.KeyCost;
import org.keepsake.repository.KeyInfo;
import org.keepsake.repository.Repository;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code keepsake repo keys change}. */
@Command(name = "change",
		description = { "Replaces the password that opens the repository now by another; other keys stay." },
		footer = { "", "Examples:", "  keepsake repo keys change nas",
				"  keepsake repo keys change nas --new-repository-password-file ~/new.password --remember" })
public final class RepoKeysChangeCommand implements Callable<Integer> {

	private final Cli cli;

	@Mixin
	private RepositoryArgument repository = new RepositoryArgument();

	@Mixin
	private NewRepositoryPassword password = new NewRepositoryPassword();

	/** One run of the command. */
	public RepoKeysChangeCommand(Cli cli) {
		this.cli = cli;
	}

	@Override
	public Integer call() throws IOException {
		String place = repository.prepared(cli);
		try (Repository open = repository.open(cli);
				Secret chosen = password.choose(cli, repository.written())) {
			open.changePassword(chosen, KeyCost.NORMAL);
			if (cli.remember()) {
				remember(place, chosen);
			}
			KeyInfo now = open.keys().stream().filter(KeyInfo::inUse).findFirst().orElseThrow();
			if (cli.json()) {
				cli.print(RepoKeysListCommand.json(now));
			} else {
				cli.print("Changed the password. Its key is " + now.id().brief() + " now; the old one is gone.");
				if (!cli.remember()) {
					cli.say("If this computer remembers the old one: keepsake targets login "
							+ Human.printable(repository.written()));
				}
			}
		}
		return Cli.DONE;
	}

	/** Opened by it once more, it has proved right. */
	private void remember(String place, Secret password) throws IOException {
		cli.engine().secrets().give(place, TargetFactory.REPOSITORY_PASSWORD, password, true);
		cli.engine().repositories().open(place).close();
	}
}
