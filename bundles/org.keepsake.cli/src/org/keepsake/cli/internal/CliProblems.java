// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.cli.internal;

import org.keepsake.core.ProblemType;
import org.keepsake.core.Retry;

/** The problems that only the command line has. Texts: {@code problems.properties} beside this class. */
public final class CliProblems {

	/** The command was not understood. Arguments: what is wrong, the command whose help tells more. */
	public static final ProblemType USAGE = type("cli.usage", Retry.AFTER_REMEDY);
	/** The person cancelled. */
	public static final ProblemType CANCELLED = type("cli.cancelled", Retry.NOW);
	/** A file or folder of this computer failed. Argument: what the system said. */
	public static final ProblemType SYSTEM = type("cli.system", Retry.AFTER_REMEDY);
	/** A fault of Keepsake. Arguments: what it is, where the log is. */
	public static final ProblemType UNEXPECTED = type("cli.unexpected", Retry.LATER);
	/** A password is needed, and there is nobody to ask. Arguments: whose, the option, the environment variable. */
	public static final ProblemType PASSWORD_NOT_GIVEN = type("cli.password-not-given", Retry.AFTER_REMEDY);
	/** The password's file cannot be used. Arguments: its name, why. */
	public static final ProblemType PASSWORD_FILE = type("cli.password-file", Retry.AFTER_REMEDY);
	/** A password without characters. */
	public static final ProblemType PASSWORD_EMPTY = type("cli.password-empty", Retry.AFTER_REMEDY);
	/** The new password was not typed the same twice. */
	public static final ProblemType PASSWORDS_DIFFER = type("cli.passwords-differ", Retry.NOW);
	/** Something that cannot be undone must be confirmed, and there is nobody to ask. Argument: what. */
	public static final ProblemType NOT_CONFIRMED = type("cli.not-confirmed", Retry.AFTER_REMEDY);
	/** A verification found damage. Arguments: how many files, the first of them. */
	public static final ProblemType DAMAGE_FOUND = type("cli.damage-found", Retry.NEVER);
	/** A proof of the content, or a rehearsed restore, found damage. Arguments: how much, the first of it, remedy. */
	public static final ProblemType CONTENT_DAMAGED = type("cli.content-damaged", Retry.NEVER);
	/** Some files could not be extracted. Arguments: how many, the first of them. */
	public static final ProblemType EXTRACT_INCOMPLETE = type("cli.extract-incomplete", Retry.NEVER);
	/** The demo's restored device differs. Arguments: how many files, the first of them. */
	public static final ProblemType DEMO_DIFFERS = type("cli.demo-differs", Retry.NEVER);

	private CliProblems() {
	}

	private static ProblemType type(String code, Retry retry) {
		return ProblemType.of(CliProblems.class, code, retry);
	}
}
