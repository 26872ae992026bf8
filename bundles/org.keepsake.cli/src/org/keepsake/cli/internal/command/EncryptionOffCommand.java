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

/** {@code keepsake encryption off}. */
@Command(name = "off",
		description = { "Removes the backup password of a device, so that its backups are no longer encrypted.",
				"Backups made before stay encrypted with it. The device asks for its passcode." },
		footer = { "", "Examples:", "  keepsake encryption off",
				"  keepsake encryption off --password-file secret.txt" })
public final class EncryptionOffCommand implements Callable<Integer> {

	private final Cli cli;

	@Parameters(index = "0", arity = "0..1", paramLabel = "UDID", converter = UdidConverter.class,
			description = "The device; may be left out if only one is connected.")
	private @Nullable Udid udid;

	@Option(names = "--password-file", paramLabel = "FILE",
			description = "Read the password from this file's first line; - for standard input. Otherwise "
					+ "KEEPSAKE_BACKUP_PASSWORD, a remembered password, or a question.")
	private @Nullable String file;

	/** One run of the command. */
	public EncryptionOffCommand(Cli cli) {
		this.cli = cli;
	}

	@Override
	public Integer call() throws IOException {
		Udid device = cli.engine().devices().choose(udid);
		new Passwords(cli).unlocking(device, "The password that is set now must be given", file, false,
				password -> cli.run(monitor -> {
					cli.engine().changeBackupPassword(device, password, null, monitor);
					return device;
				}));
		if (cli.json()) {
			cli.print(JsonObject.event("finished").put("udid", device.value()).put("encryption", Boolean.FALSE));
		} else {
			cli.print("Backups of " + DeviceOutput.label(cli, device) + " are no longer encrypted.");
			cli.say("Encrypted backups made before still need the password.");
		}
		return Cli.DONE;
	}
}
