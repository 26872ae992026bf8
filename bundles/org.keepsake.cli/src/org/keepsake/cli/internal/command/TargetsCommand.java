// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.cli.internal.command;

import org.keepsake.cli.internal.Cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code keepsake targets}. */
@Command(name = "targets", synopsisSubcommandLabel = "list|add|remove|check",
		description = { "Manages the places where backups are kept.",
				"A target is a name for a place, such as a folder on an external disk." },
		subcommands = { TargetsListCommand.class, TargetsAddCommand.class, TargetsRemoveCommand.class,
				TargetsCheckCommand.class },
		footer = { "", "Examples:", "  keepsake targets list",
				"  keepsake targets add disk /media/disk/backups --default",
				"  keepsake targets check disk" })
public final class TargetsCommand implements Runnable {

	@Spec
	private CommandSpec spec = CommandSpec.create();

	/** Does nothing by itself. @param cli unused here; each command is made with it */
	public TargetsCommand(Cli cli) {
		// Its subcommands do the work.
	}

	@Override
	public void run() {
		throw new ParameterException(spec.commandLine(), "Say what to do: list, add, remove or check");
	}
}
