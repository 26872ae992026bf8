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
	/** The keys are kept in a way that is not known, and the password opens them in no known one. */
	public static final ProblemType UNKNOWN_KEY_BAG = type("backup.unknown-key-bag", Retry.AFTER_REMEDY);
	/** The folder holds no backup. */
	public static final ProblemType NOT_A_BACKUP = type("backup.not-a-backup", Retry.NEVER);
	/** A part without which nothing can be read is damaged. */
	public static final ProblemType DAMAGED = type("backup.damaged", Retry.NEVER);
	/** The run that made it did not finish. */
	public static final ProblemType INCOMPLETE = type("backup.incomplete", Retry.AFTER_REMEDY);

	/** One file's stored content, or its record, is damaged; the rest of the backup may be sound. */
	public static final ProblemType FILE_DAMAGED = type("backup.file-damaged", Retry.NEVER);
	/** One file's content is not there. */
	public static final ProblemType FILE_MISSING = type("backup.file-missing", Retry.NEVER);
	/** One file is protected by a key that the password does not give. */
	public static final ProblemType KEY_MISSING = type("backup.key-missing", Retry.NEVER);
	/** The disk to extract to, or the one for temporary files, is full. */
	public static final ProblemType NO_SPACE = type("backup.no-space", Retry.AFTER_REMEDY);
	/** Files cannot be written to the chosen folder. */
	public static final ProblemType NOT_WRITABLE = type("backup.not-writable", Retry.AFTER_REMEDY);

	private BackupProblems() {
	}

	private static ProblemType type(String code, Retry retry) {
		return ProblemType.of(BackupProblems.class, code, retry);
	}
}
