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

	/** A secret of a place is needed, and there is nobody to ask. Arguments: which, the place, option, variable. */
	public static final ProblemType PLACE_SECRET_NOT_GIVEN = type("cli.place-secret-not-given", Retry.AFTER_REMEDY);
	/** A password stands in a location. Argument: the location without it. */
	public static final ProblemType PASSWORD_IN_LOCATION = type("cli.password-in-location", Retry.AFTER_REMEDY);
	/** The place keeps backups otherwise than in a repository. Argument: the place. */
	public static final ProblemType NOT_A_REPOSITORY = type("cli.not-a-repository", Retry.AFTER_REMEDY);
	/** A check found damage. Arguments: the repository, how much, the first of it, how many files it touches. */
	public static final ProblemType REPOSITORY_DAMAGED = type("cli.repository-damaged", Retry.AFTER_REMEDY);
	/** The last complete version of a device would go. Arguments: the device, the snapshot. */
	public static final ProblemType LAST_VERSION = type("cli.last-version", Retry.AFTER_REMEDY);
	/** A snapshot of other files. Arguments: its id, its host, its paths, when it was made. */
	public static final ProblemType NOT_OF_A_DEVICE = type("cli.not-of-a-device", Retry.AFTER_REMEDY);
	/** A store that should only let files be added lets them be changed. Arguments: the place, what can be done. */
	public static final ProblemType NOT_APPEND_ONLY = type("cli.not-append-only", Retry.AFTER_REMEDY);

	/** A secret is given as a setting. Argument: its key. */
	public static final ProblemType SECRET_AS_SETTING = type("cli.secret-as-setting", Retry.AFTER_REMEDY);

	private CliProblems() {
	}

	private static ProblemType type(String code, Retry retry) {
		return ProblemType.of(CliProblems.class, code, retry);
	}
}
