// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0

package org.keepsake.engine.internal.keep;

import java.io.IOException;

import org.keepsake.core.BackupSummary;
import org.keepsake.core.JobMonitor;
import org.keepsake.core.Secret;
import org.keepsake.core.target.BackupTree;

/** What jobs ask of a backup's content: the engine's view of {@link org.keepsake.ios.backup.Backup}. Thread-safe. */
public interface Inspector {

	/** Reads the property lists and finds the index; closes nothing. Problems: not a backup, damaged. */
	Inspection inspect(BackupTree tree) throws IOException;

	/**
	 * Whether the password opens the key bag; takes seconds of one core, and leaves it to the caller to say so. True for an
	 * unencrypted backup.
	 */
	boolean opens(BackupTree tree, Secret password, JobMonitor monitor) throws IOException;

	/**
	 * What a backup says of itself.
	 *
	 * @param summary   without size and number of files
	 * @param state     what {@code Status.plist} records: {@code finished}, {@code uploading}, … or empty
	 * @param encrypted whether a password protects it
	 */
	record Inspection(BackupSummary summary, String state, boolean encrypted) {
	}
}
