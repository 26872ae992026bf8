// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.cli.internal.command;

import org.keepsake.cli.internal.Cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code keepsake targets}. */
@Command(name = "targets", synopsisSubcommandLabel = "list|add|set|remove|check|login|logout",
		description = { "Manages the places where backups are kept.",
				"A target is a name for a place: a folder on an external disk, or a repository on a NAS or a server." },
		subcommands = { TargetsListCommand.class, TargetsAddCommand.class, TargetsSetCommand.class,
				TargetsRemoveCommand.class, TargetsCheckCommand.class, TargetsLoginCommand.class,
				TargetsLogoutCommand.class },
		footer = { "", "Examples:", "  keepsake targets list",
				"  keepsake targets add disk /media/disk/backups --default",
				"  keepsake targets add nas sftp:anna@nas.local:/volume1/phones --init --remember",
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
		throw new ParameterException(spec.commandLine(),
				"Say what to do: list, add, set, remove, check, login or logout");
	}
}
