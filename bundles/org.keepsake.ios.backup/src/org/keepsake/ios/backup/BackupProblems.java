// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ios.backup;

import org.keepsake.core.ProblemType;
import org.keepsake.core.Retry;

/** The problems a person meets with a backup. Texts: {@code problems.properties} beside this class. */
public final class BackupProblems {

	/** The password does not open the key bag. */
	public static final ProblemType WRONG_PASSWORD = type("backup.wrong-password", Retry.AFTER_REMEDY);
	/** The backup is encrypted and no password was given. */
	public static final ProblemType PASSWORD_NEEDED = type("backup.password-needed", Retry.AFTER_REMEDY);
	/** The folder holds no backup. */
	public static final ProblemType NOT_A_BACKUP = type("backup.not-a-backup", Retry.NEVER);
	/** A part without which nothing can be read is damaged. */
	public static final ProblemType DAMAGED = type("backup.damaged", Retry.NEVER);
	/** The run that made it did not finish. */
	public static final ProblemType INCOMPLETE = type("backup.incomplete", Retry.AFTER_REMEDY);

	private BackupProblems() {
	}

	private static ProblemType type(String code, Retry retry) {
		return ProblemType.of(BackupProblems.class, code, retry);
	}
}
