// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.core.target;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

import org.keepsake.core.JobMonitor;

/** A target that takes over whole backups from folders in Apple's layout. */
public interface ImportingTarget extends BackupTarget {

	/** What was taken over before, by the identifiers that it had in its folders. */
	Set<SnapshotId> imported() throws IOException;

	/**
	 * Bytes that are stored and that no version uses, such as those of an import that was interrupted: another one of the
	 * same backups need not store them again. May read lists of all files.
	 */
	default long unusedBytes(JobMonitor monitor) throws IOException {
		return 0;
	}

	/**
	 * Takes over a backup as a version of its own, of the time at which it was made. It goes only if a person deletes it.
	 *
	 * @param folder the backup's own folder; not changed
	 * @param backup what a target of folders says of it
	 * @return the new version; empty if it was taken over before
	 * @throws org.keepsake.core.ProblemException if the device is being worked on
	 */
	Optional<Snapshot> importBackup(Path folder, Snapshot backup, JobMonitor monitor) throws IOException;
}
