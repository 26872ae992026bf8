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

/** {@code keepsake targets remove}. */
@Command(name = "remove", description = { "Forgets a target.", "The backups in it stay where they are." },
		footer = { "", "Examples:", "  keepsake targets remove disk" })
public final class TargetsRemoveCommand implements Callable<Integer> {

	private final Cli cli;

	@Parameters(index = "0", paramLabel = "NAME", description = "The target.")
	private String name = "";

	/** One run of the command. */
	public TargetsRemoveCommand(Cli cli) {
		this.cli = cli;
	}

	@Override
	public Integer call() throws IOException {
		cli.engine().targets().remove(name);
		if (cli.json()) {
			cli.print(new JsonObject().put("removed", name));
		} else {
			cli.print("Forgot " + Human.printable(name) + ". Its backups stay where they are.");
		}
		return Cli.DONE;
	}
}
