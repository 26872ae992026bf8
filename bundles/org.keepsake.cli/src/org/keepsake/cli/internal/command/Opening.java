// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.cli.internal.command;

import java.io.IOException;

import org.keepsake.cli.internal.Cli;
import org.keepsake.engine.KeptBackup;
import org.keepsake.engine.OpenedBackup;

/** Opens backups for what is in them. */
final class Opening {

	private Opening() {
	}

	/** Opens the backup, with its password if it has one; the caller closes it. */
	static OpenedBackup open(Cli cli, KeptBackup kept, PasswordOptions password) throws IOException {
		if (!kept.snapshot().summary().encrypted()) {
			return cli.query(monitor -> cli.engine().openData(kept, null, monitor));
		}
		return new Passwords(cli).unlocking(kept.snapshot().summary().udid(), "The backup is encrypted", password,
				secret -> cli.query(monitor -> cli.engine().openData(kept, secret, monitor)));
	}
}
