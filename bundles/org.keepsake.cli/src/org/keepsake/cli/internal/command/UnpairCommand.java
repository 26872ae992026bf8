// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.cli.internal.command;

import java.io.IOException;
import java.util.concurrent.Callable;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.cli.internal.Cli;
import org.keepsake.cli.internal.output.JsonObject;
import org.keepsake.core.Udid;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code keepsake unpair}. */
@Command(name = "unpair", description = { "Ends the trust between a device and this computer.",
		"Backups are kept. The device asks again when it is paired the next time." },
		footer = { "", "Examples:", "  keepsake unpair", "  keepsake unpair 00008120-000123456789ABCD" })
public final class UnpairCommand implements Callable<Integer> {

	private final Cli cli;

	@Parameters(index = "0", arity = "0..1", paramLabel = "UDID", converter = UdidConverter.class,
			description = "The device; may be left out if only one is connected.")
	private @Nullable Udid udid;

	/** One run of the command. */
	public UnpairCommand(Cli cli) {
		this.cli = cli;
	}

	@Override
	public Integer call() throws IOException {
		Udid device = cli.engine().devices().choose(udid);
		String label = cli.json() ? "" : DeviceOutput.label(cli, device);
		cli.engine().devices().unpair(device);
		if (cli.json()) {
			cli.print(JsonObject.event("finished").put("udid", device.value()).put("paired", Boolean.FALSE));
		} else {
			cli.print(label + " and this computer no longer trust each other.");
		}
		return Cli.DONE;
	}
}
