// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.cli.internal.command;

import java.io.IOException;
import java.util.concurrent.Callable;

import org.keepsake.cli.internal.Cli;
import org.keepsake.cli.internal.output.JsonObject;
import org.keepsake.repository.Repository;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code keepsake repo unlock}. */
@Command(name = "unlock",
		description = { "Removes locks from a repository whose holders are gone.",
				"Such locks are not renewed any more; backups remove them by themselves when they meet them." },
		footer = { "", "Examples:", "  keepsake repo unlock nas", "  keepsake repo unlock nas --all" })
public final class RepoUnlockCommand implements Callable<Integer> {

	private final Cli cli;

	@Mixin
	private RepositoryArgument repository = new RepositoryArgument();

	@Option(names = "--all",
			description = "All others as well. Only if nobody works on the repository, on no computer: "
					+ "whoever does so loses his work.")
	private boolean all;

	@Option(names = { "-y", "--yes" }, description = "Do not ask.")
	private boolean yes;

	/** One run of the command. */
	public RepoUnlockCommand(Cli cli) {
		this.cli = cli;
	}

	@Override
	public Integer call() throws IOException {
		try (Repository open = repository.open(cli)) {
			if (all && !yes) {
				cli.say("This removes the locks of all who work on the repository, on this computer and others.");
				cli.confirm("All locks would be removed", "yes");
			}
			int removed = open.unlock(all);
			if (cli.json()) {
				cli.print(new JsonObject().put("removed", Integer.valueOf(removed)));
			} else {
				cli.print(removed == 0 ? all ? "There is no lock." : "There is no lock whose holder is gone."
						: removed == 1 ? "Removed one lock." : "Removed " + removed + " locks.");
			}
		}
		return Cli.DONE;
	}
}
