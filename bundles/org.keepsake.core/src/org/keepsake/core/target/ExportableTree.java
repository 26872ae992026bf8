// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.core.target;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

import org.keepsake.core.JobMonitor;

/** A kept backup that can write all of itself into a folder faster than file by file. */
public interface ExportableTree extends BackupTree {

	/**
	 * Writes all files, in Apple's layout. What cannot be written whole is left out and told.
	 *
	 * @param folder empty, or made
	 */
	Exported exportTo(Path folder, JobMonitor monitor) throws IOException;

	/**
	 * What was written.
	 *
	 * @param files  how many files
	 * @param bytes  their bytes
	 * @param failed files that could not be written whole, each with why, for a person
	 */
	record Exported(long files, long bytes, List<String> failed) {

		/** Copies the list. */
		public Exported {
			failed = List.copyOf(failed);
		}
	}
}
