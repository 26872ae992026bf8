// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.cli.internal.command;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

import org.keepsake.cli.internal.Cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code keepsake help}. */
@Command(name = "help", description = "Explains a command, with examples.",
		footer = { "", "Examples:", "  keepsake help", "  keepsake help restore", "  keepsake help targets add" })
public final class HelpCommand implements Callable<Integer> {

	@Spec
	private CommandSpec spec = CommandSpec.create();

	@Parameters(paramLabel = "COMMAND", description = "The command; all of them in short if left out.")
	private List<String> names = new ArrayList<>();

	/** One run of the command. @param cli unused here */
	public HelpCommand(Cli cli) {
		// Everything there is to say is in the tree of commands.
	}

	@Override
	public Integer call() {
		CommandLine command = spec.root().commandLine();
		for (String name : names) {
			CommandLine child = command.getSubcommands().get(name);
			if (child == null) {
				throw new ParameterException(spec.commandLine(),
						"There is no command '" + String.join(" ", names) + "'");
			}
			command = child;
		}
		command.usage(command.getOut());
		return Cli.DONE;
	}
}
