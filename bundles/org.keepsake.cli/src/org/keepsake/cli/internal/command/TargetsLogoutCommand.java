// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.cli.internal.command;

import java.io.IOException;
import java.util.concurrent.Callable;

import org.keepsake.cli.internal.Cli;
import org.keepsake.cli.internal.output.JsonObject;
import org.keepsake.engine.Human;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code keepsake targets logout}. */
@Command(name = "logout", description = { "Forgets what this computer remembers to open a target." },
		footer = { "", "Examples:", "  keepsake targets logout nas" })
public final class TargetsLogoutCommand implements Callable<Integer> {

	private final Cli cli;

	@Parameters(index = "0", paramLabel = "NAME", description = "The target's name, or its location.")
	private String name = "";

	/** One run of the command. */
	public TargetsLogoutCommand(Cli cli) {
		this.cli = cli;
	}

	@Override
	public Integer call() throws IOException {
		String place = RepositoryArgument.known(cli, name);
		cli.engine().secrets().forget(place);
		if (cli.json()) {
			cli.print(new JsonObject().put("forgotten", name));
		} else {
			cli.print("Forgot what opened " + Human.printable(name) + ". It will be asked for again.");
		}
		return Cli.DONE;
	}
}
