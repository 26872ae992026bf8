// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.cli.internal.command;

import org.keepsake.cli.internal.Cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code keepsake repo keys}. */
@Command(name = "keys", synopsisSubcommandLabel = "list|add|remove|change",
		description = { "Manages the passwords of a repository.",
				"Each key opens it with a password of its own, so that a person or a computer can be let in and shut out "
						+ "again." },
		subcommands = { RepoKeysListCommand.class, RepoKeysAddCommand.class, RepoKeysRemoveCommand.class,
				RepoKeysChangeCommand.class },
		footer = { "", "Examples:", "  keepsake repo keys list nas", "  keepsake repo keys change nas" })
public final class RepoKeysCommand implements Runnable {

	@Spec
	private CommandSpec spec = CommandSpec.create();

	/** Does nothing by itself. @param cli unused here; each command is made with it */
	public RepoKeysCommand(Cli cli) {
		// Its subcommands do the work.
	}

	@Override
	public void run() {
		throw new ParameterException(spec.commandLine(), "Say what to do: list, add, remove or change");
	}
}
