// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.target.local;

import org.keepsake.core.ProblemType;
import org.keepsake.core.Retry;

/** The problems a person meets with a folder of backups. Texts: {@code problems.properties} beside this class. */
public final class LocalProblems {

	/** Another job, of this or another program, works on the device's backup here. */
	public static final ProblemType BUSY = type("target.busy", Retry.LATER);
	/** This user may not write in the folder. */
	public static final ProblemType NOT_WRITABLE = type("target.not-writable", Retry.AFTER_REMEDY);
	/** This user may not read the folder. */
	public static final ProblemType NOT_READABLE = type("target.not-readable", Retry.AFTER_REMEDY);
	/** The disk, or this user's quota on it, is full. */
	public static final ProblemType DISK_FULL = type("target.disk-full", Retry.AFTER_REMEDY);
	/** The folder is on a disk that is not there. */
	public static final ProblemType FOLDER_MISSING = type("target.folder-missing", Retry.AFTER_REMEDY);
	/** A file has the name of the folder. */
	public static final ProblemType NOT_A_FOLDER = type("target.not-a-folder", Retry.AFTER_REMEDY);
	/** The location is no path on this system. */
	public static final ProblemType NOT_A_LOCATION = type("target.not-a-location", Retry.AFTER_REMEDY);
	/** A symbolic link lies where only a folder of Keepsake's own may be. */
	public static final ProblemType LINK_IN_THE_WAY = type("target.link-in-the-way", Retry.AFTER_REMEDY);
	/** The kept backup is no longer there. */
	public static final ProblemType SNAPSHOT_GONE = type("target.snapshot-gone", Retry.NEVER);
	/** The device did not finish the backup that is to be committed. */
	public static final ProblemType NOT_FINISHED = type("target.not-finished", Retry.NOW);
	/** The disk failed to read or write. */
	public static final ProblemType IO_FAILED = type("target.io-failed", Retry.LATER);

	private LocalProblems() {
	}

	private static ProblemType type(String code, Retry retry) {
		return ProblemType.of(LocalProblems.class, code, retry);
	}
}
