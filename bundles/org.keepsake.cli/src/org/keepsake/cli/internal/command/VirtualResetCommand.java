// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.cli.internal.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;

import org.keepsake.cli.internal.Cli;
import org.keepsake.cli.internal.output.JsonObject;
import org.keepsake.virtual.VirtualIPhones;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code keepsake virtual reset}. */
@Command(name = "reset",
		description = { "Makes a virtual iPhone forget everything: files, settings, trust, backup password.",
				"The next start sets it up anew. It must not be running." },
		footer = { "", "Examples:", "  keepsake virtual reset --state ./phone" })
public final class VirtualResetCommand implements Callable<Integer> {

	private final Cli cli;

	@Mixin
	private VirtualState state = new VirtualState();

	/** One run of the command. */
	public VirtualResetCommand(Cli cli) {
		this.cli = cli;
	}

	@Override
	public Integer call() throws IOException {
		Path folder = state.folder();
		VirtualIPhones.reset(folder);
		if (cli.json()) {
			cli.print(new JsonObject().put("reset", folder.toAbsolutePath().toString()));
		} else {
			cli.print("The virtual iPhone in " + folder + " is reset.");
		}
		return Cli.DONE;
	}
}
