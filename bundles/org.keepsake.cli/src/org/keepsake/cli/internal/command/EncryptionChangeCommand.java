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

/** {@code keepsake encryption change}. */
@Command(name = "change",
		description = { "Changes the backup password of a device.",
				"Backups made before keep the password they were made with. The device asks for its passcode." },
		footer = { "", "Examples:", "  keepsake encryption change",
				"  keepsake encryption change --password-file old.txt --new-password-file new.txt" })
public final class EncryptionChangeCommand implements Callable<Integer> {

	private final Cli cli;

	@Parameters(index = "0", arity = "0..1", paramLabel = "UDID", converter = UdidConverter.class,
			description = "The device; may be left out if only one is connected.")
	private @Nullable Udid udid;

	@Option(names = "--password-file", paramLabel = "FILE",
			description = "Read the password that is set now from this file's first line; - for standard input. Otherwise "
					+ "KEEPSAKE_BACKUP_PASSWORD, a remembered password, or a question.")
	private @Nullable String file;

	@Option(names = "--new-password-file", paramLabel = "FILE",
			description = "Read the new password from this file's first line; - for the next line of standard input. "
					+ "Otherwise KEEPSAKE_NEW_BACKUP_PASSWORD, or a question.")
	private @Nullable String newFile;

	@Option(names = "--remember-password", description = "Remember the new password on this computer, encrypted.")
	private boolean remember;

	/** One run of the command. */
	public EncryptionChangeCommand(Cli cli) {
		this.cli = cli;
	}

	@Override
	public Integer call() throws IOException {
		Udid device = cli.engine().devices().choose(udid);
		Passwords passwords = new Passwords(cli);
		passwords.unlocking(device, "The password that is set now must be given", file, false, old -> {
			try (Secret chosen = passwords.chooseNew(newFile, Passwords.NEW)) {
				cli.run(monitor -> {
					cli.engine().changeBackupPassword(device, old, chosen, monitor);
					return device;
				});
				if (remember) {
					cli.engine().passwords().remember(device, chosen);
				}
			}
			return device;
		});
		if (cli.json()) {
			cli.print(JsonObject.event("finished").put("udid", device.value()).put("encryption", Boolean.TRUE));
		} else {
			cli.print("The backup password of " + DeviceOutput.label(cli, device) + " is changed.");
			cli.say("Backups made before still need the old password.");
		}
		return Cli.DONE;
	}
}
