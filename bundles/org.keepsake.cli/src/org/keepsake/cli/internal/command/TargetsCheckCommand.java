// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.cli.internal.command;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;

import org.keepsake.cli.internal.Cli;
import org.keepsake.cli.internal.output.JsonObject;
import org.keepsake.core.target.BackupTarget;
import org.keepsake.core.target.Capacity;
import org.keepsake.engine.Human;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code keepsake targets check}. */
@Command(name = "check",
		description = { "Proves that backups can be kept in a target.",
				"A small file is written there, read back and removed." },
		footer = { "", "Examples:", "  keepsake targets check disk", "  keepsake targets check /media/disk/backups" })
public final class TargetsCheckCommand implements Callable<Integer> {

	private final Cli cli;

	@Parameters(index = "0", paramLabel = "NAME", description = "The target's name, or a folder.")
	private String name = "";

	/** One run of the command. */
	public TargetsCheckCommand(Cli cli) {
		this.cli = cli;
	}

	@Override
	public Integer call() throws IOException {
		try (BackupTarget target = cli.engine().targets().open(String.valueOf(Place.of(cli, name)))) {
			List<String> sentences = target.check();
			Capacity capacity = target.capacity();
			if (cli.json()) {
				cli.print(new JsonObject().put("name", name).put("location", target.location())
						.put("checks", sentences).putKnown("freeBytes", capacity.freeBytes())
						.put("totalBytes", capacity.totalBytes()));
				return Cli.DONE;
			}
			cli.print("Backups can be kept in " + Human.printable(target.location()) + ".");
			sentences.forEach(sentence -> cli.print("  - " + Human.printable(sentence)));
		}
		return Cli.DONE;
	}
}
