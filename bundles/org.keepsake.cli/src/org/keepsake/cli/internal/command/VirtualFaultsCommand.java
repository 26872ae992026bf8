// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.cli.internal.command;

import java.io.IOException;
import java.util.concurrent.Callable;

import org.keepsake.cli.internal.Cli;
import org.keepsake.cli.internal.output.JsonObject;
import org.keepsake.virtual.VirtualIPhones;
import org.keepsake.virtual.fault.Faults;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code keepsake virtual faults}. */
@Command(name = "faults",
		description = { "Makes a virtual iPhone misbehave, running or not, until told otherwise.",
				"Without faults it behaves again. They are listed in the documentation of the command line." },
		footer = { "", "Examples:", "  keepsake virtual faults --state ./phone locked",
				"  keepsake virtual faults --state ./phone cut-after-bytes=1000000",
				"  keepsake virtual faults --state ./phone" })
public final class VirtualFaultsCommand implements Callable<Integer> {

	private final Cli cli;

	@Mixin
	private VirtualState state = new VirtualState();

	@Parameters(index = "0", arity = "0..1", paramLabel = "NAME[=VALUE],…", description = "How it misbehaves.")
	private String faults = "";

	/** One run of the command. */
	public VirtualFaultsCommand(Cli cli) {
		this.cli = cli;
	}

	@Override
	public Integer call() throws IOException {
		Faults wanted = Faults.parse(faults);
		VirtualIPhones.writeFaults(state.folder(), wanted);
		if (cli.json()) {
			cli.print(new JsonObject().put("faults", wanted.settings()));
		} else {
			cli.print(wanted.settings().isEmpty() ? "The virtual iPhone behaves from now on."
					: "The virtual iPhone misbehaves from now on: " + wanted);
		}
		return Cli.DONE;
	}
}
