// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.cli.internal.command;

import org.eclipse.jdt.annotation.Nullable;

import picocli.CommandLine.Option;

/** Where the password of an existing backup comes from. Never from an argument: others could read it there. */
public final class PasswordOptions {

	@Option(names = "--password-file", paramLabel = "FILE",
			description = "Read the backup password from this file's first line; - for standard input. Otherwise "
					+ "KEEPSAKE_BACKUP_PASSWORD, a remembered password, or a question.")
	private @Nullable String file;

	@Option(names = "--remember-password",
			description = "Remember the password on this computer, encrypted, once it has proved right.")
	private boolean remember;

	/** None given. */
	public PasswordOptions() {
		this(null);
	}

	/** A file given, and nothing to be remembered. */
	PasswordOptions(@Nullable String file) {
		this.file = file;
	}

	@Nullable
	String file() {
		return file;
	}

	boolean remember() {
		return remember;
	}
}
