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
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code keepsake erase}. */
@Command(name = "erase",
		description = { "Erases all content and settings of a device, for good.",
				"Make and verify a backup first. Find My must be off on the device." },
		footer = { "", "Examples:", "  keepsake erase 00008120-000123456789ABCD" })
public final class EraseCommand implements Callable<Integer> {

	private final Cli cli;

	@Parameters(index = "0", paramLabel = "UDID", converter = UdidConverter.class, description = "The device.")
	private @Nullable Udid udid;

	@Option(names = { "-y", "--yes" }, description = "Do not ask.")
	private boolean yes;

	/** One run of the command. */
	public EraseCommand(Cli cli) {
		this.cli = cli;
	}

	@Override
	public Integer call() throws IOException {
		Udid device = cli.engine().devices().choose(udid);
		String label = DeviceOutput.label(cli, device);
		if (!yes) {
			cli.say(cli.errStyle()
					.bad("This erases everything on " + label + ": all photos, messages, apps and settings. "
							+ "There is no way back."));
			cli.confirm("Everything on " + label + " would be erased", "erase");
		}
		cli.run(monitor -> {
			cli.engine().erase(device, monitor);
			return device;
		});
		if (cli.json()) {
			cli.print(JsonObject.event("finished").put("udid", device.value()));
		} else {
			cli.print(label + " is erasing itself; it restarts as if it were new.");
		}
		return Cli.DONE;
	}
}
