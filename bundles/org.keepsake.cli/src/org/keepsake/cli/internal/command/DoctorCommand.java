// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.cli.internal.command;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.cli.internal.Cli;
import org.keepsake.cli.internal.output.JsonObject;
import org.keepsake.core.Udid;
import org.keepsake.engine.Finding;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code keepsake doctor}. */
@Command(name = "doctor",
		description = { "Looks for everything that commonly goes wrong, on this computer and on a device.",
				"Exit status 1 means that a backup would fail." },
		footer = { "", "Examples:", "  keepsake doctor", "  keepsake doctor 00008120-000123456789ABCD" })
public final class DoctorCommand implements Callable<Integer> {

	private final Cli cli;

	@Parameters(index = "0", arity = "0..1", paramLabel = "UDID", converter = UdidConverter.class,
			description = "A device to look at as well.")
	private @Nullable Udid udid;

	/** One run of the command. */
	public DoctorCommand(Cli cli) {
		this.cli = cli;
	}

	@Override
	public Integer call() throws IOException {
		Udid asked = udid;
		Udid device = asked == null ? null : cli.engine().devices().choose(asked);
		List<Finding> findings = cli.query(monitor -> cli.engine().doctor(device, monitor));
		boolean forbidden = FindingOutput.forbids(findings);
		if (cli.json()) {
			cli.print(new JsonObject().put("ready", Boolean.valueOf(!forbidden))
					.put("findings", findings.stream().map(FindingOutput::json).toList()));
		} else {
			findings.stream().flatMap(finding -> FindingOutput.lines(finding, cli.outStyle()).stream())
					.forEach(cli::print);
			cli.print(forbidden ? cli.outStyle().bad("A backup would fail now; see what is marked stop.")
					: cli.outStyle().good("Nothing stands in the way of a backup."));
		}
		return forbidden ? Cli.PROBLEM : Cli.DONE;
	}
}
