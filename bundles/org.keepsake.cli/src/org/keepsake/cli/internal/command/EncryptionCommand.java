// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.cli.internal.command;

import org.keepsake.cli.internal.Cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code keepsake encryption}. */
@Command(name = "encryption", synopsisSubcommandLabel = "on|off|change",
		description = { "Sets, removes or changes the password that protects a device's backups.",
				"The password belongs to the device: it holds for every computer. Encrypted backups hold more than others: "
						+ "saved passwords, Health, call history, Wi-Fi networks. Whoever forgets the password cannot "
						+ "open them any more." },
		subcommands = { EncryptionOnCommand.class, EncryptionOffCommand.class, EncryptionChangeCommand.class },
		footer = { "", "Examples:", "  keepsake encryption on",
				"  keepsake encryption change 00008120-000123456789ABCD",
				"  keepsake encryption off --password-file secret.txt" })
public final class EncryptionCommand implements Runnable {

	@Spec
	private CommandSpec spec = CommandSpec.create();

	/** Does nothing by itself. @param cli unused here; each command is made with it */
	public EncryptionCommand(Cli cli) {
		// Its subcommands do the work.
	}

	@Override
	public void run() {
		throw new ParameterException(spec.commandLine(), "Say what to do: on, off or change");
	}
}
