// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.cli.internal.command;

import org.keepsake.cli.internal.Cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code keepsake virtual}. */
@Command(name = "virtual", synopsisSubcommandLabel = "start|reset|tree|content|faults",
		description = { "Simulates iPhones, to try things and to test.",
				"A virtual iPhone speaks the real protocols with real encryption. It keeps its files and settings in a folder "
						+ "across starts." },
		subcommands = { VirtualStartCommand.class, VirtualResetCommand.class, VirtualTreeCommand.class,
				VirtualContentCommand.class, VirtualFaultsCommand.class },
		footer = { "", "Examples:", "  keepsake virtual start --port 27015 --state ./phone",
				"  USBMUXD_SOCKET_ADDRESS=127.0.0.1:27015 keepsake backup --to ./backups",
				"  keepsake virtual content --state ./phone --add 10 --alter 5 --remove 2",
				"  keepsake virtual tree --state ./phone" })
public final class VirtualCommand implements Runnable {

	@Spec
	private CommandSpec spec = CommandSpec.create();

	/** Does nothing by itself. @param cli unused here; each command is made with it */
	public VirtualCommand(Cli cli) {
		// Its subcommands do the work.
	}

	@Override
	public void run() {
		throw new ParameterException(spec.commandLine(), "Say what to do: start, reset, tree, content or faults");
	}
}
