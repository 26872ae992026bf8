// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.cli.internal.command;

import java.io.IOException;
import java.util.concurrent.Callable;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.cli.internal.Cli;
import org.keepsake.cli.internal.output.JsonObject;
import org.keepsake.core.Secret;
import org.keepsake.core.Udid;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code keepsake encryption on}. */
@Command(name = "on",
		description = { "Sets a backup password on a device, so that its backups are encrypted from now on.",
				"The device asks for its passcode." },
		footer = { "", "Examples:", "  keepsake encryption on", "  keepsake encryption on --remember-password",
				"  keepsake encryption on 00008120-000123456789ABCD --new-password-file secret.txt" })
public final class EncryptionOnCommand implements Callable<Integer> {

	private final Cli cli;

	@Parameters(index = "0", arity = "0..1", paramLabel = "UDID", converter = UdidConverter.class,
			description = "The device; may be left out if only one is connected.")
	private @Nullable Udid udid;

	@Option(names = { "--new-password-file", "--password-file" }, paramLabel = "FILE",
			description = "Read the new password from this file's first line; - for standard input. Otherwise "
					+ "KEEPSAKE_NEW_BACKUP_PASSWORD, KEEPSAKE_BACKUP_PASSWORD, or a question.")
	private @Nullable String file;

	@Option(names = "--remember-password", description = "Remember the password on this computer, encrypted.")
	private boolean remember;

	/** One run of the command. */
	public EncryptionOnCommand(Cli cli) {
		this.cli = cli;
	}

	@Override
	public Integer call() throws IOException {
		Udid device = cli.engine().devices().choose(udid);
		try (Secret password = new Passwords(cli).chooseNew(file, Passwords.NEW, Passwords.CURRENT)) {
			cli.run(monitor -> {
				cli.engine().changeBackupPassword(device, null, password, monitor);
				return device;
			});
			if (remember) {
				cli.engine().passwords().remember(device, password);
			}
		}
		if (cli.json()) {
			cli.print(JsonObject.event("finished").put("udid", device.value()).put("encryption", Boolean.TRUE));
		} else {
			cli.print("Backups of " + DeviceOutput.label(cli, device) + " are encrypted from now on.");
			cli.say("Keep the password safe: without it, nobody can open these backups. The next backup takes everything "
					+ "anew.");
		}
		return Cli.DONE;
	}
}
