// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.cli.internal.command;

import java.io.IOException;
import java.util.concurrent.Callable;

import org.keepsake.cli.internal.Cli;
import org.keepsake.engine.Human;
import org.keepsake.engine.Targets;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code keepsake targets add}. */
@Command(name = "add", description = { "Adds a target.", "Backups that lie there already are listed from now on." },
		footer = { "", "Examples:", "  keepsake targets add disk /media/disk/backups --default" })
public final class TargetsAddCommand implements Callable<Integer> {

	private final Cli cli;

	@Parameters(index = "0", paramLabel = "NAME", description = "What to call it.")
	private String name = "";

	@Parameters(index = "1", paramLabel = "LOCATION", description = "Where it is, such as a folder.")
	private String location = "";

	@Option(names = "--default", description = "Backups go there if nothing else is said.")
	private boolean makeDefault;

	/** One run of the command. */
	public TargetsAddCommand(Cli cli) {
		this.cli = cli;
	}

	@Override
	public Integer call() throws IOException {
		Targets.Entry entry = cli.engine().targets().add(name, Place.location(location), makeDefault);
		if (cli.json()) {
			cli.print(TargetsListCommand.json(entry));
		} else {
			cli.print("Added " + Human.printable(entry.name()) + ": " + Human.printable(entry.location())
					+ (entry.isDefault() ? ". Backups go there from now on." : "."));
			cli.say("To see whether backups can be kept there: keepsake targets check " + entry.name());
		}
		return Cli.DONE;
	}
}
