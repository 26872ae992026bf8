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

/** {@code keepsake pair}. */
@Command(name = "pair", description = { "Makes a device and this computer trust each other.",
		"Have the device unlocked: it asks whether to trust this computer, and may ask for its passcode." },
		footer = { "", "Examples:", "  keepsake pair", "  keepsake pair 00008120-000123456789ABCD" })
public final class PairCommand implements Callable<Integer> {

	private final Cli cli;

	@Parameters(index = "0", arity = "0..1", paramLabel = "UDID", converter = UdidConverter.class,
			description = "The device; may be left out if only one is connected.")
	private @Nullable Udid udid;

	/** One run of the command. */
	public PairCommand(Cli cli) {
		this.cli = cli;
	}

	@Override
	public Integer call() throws IOException {
		Udid device = cli.engine().devices().choose(udid);
		cli.run(monitor -> {
			cli.engine().devices().pair(device, monitor);
			return device;
		});
		if (cli.json()) {
			cli.print(JsonObject.event("finished").put("udid", device.value()).put("paired", Boolean.TRUE));
		} else {
			cli.print(DeviceOutput.label(cli, device) + " and this computer trust each other.");
		}
		return Cli.DONE;
	}
}
