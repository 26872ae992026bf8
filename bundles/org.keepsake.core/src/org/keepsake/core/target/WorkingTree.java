// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.core.target;

import java.io.Closeable;
import java.io.IOException;

import org.keepsake.core.JobMonitor;

/**
 * The folder a device works in while it makes a backup: the newest backup as it was, to be changed freely, without the
 * kept backups noticing before {@link #commit}.
 *
 * <p>
 * Used by one thread at a time. {@link #close()} without {@link #commit} keeps what was done, so that the next
 * {@link BackupTarget#begin} resumes there; {@link #discard()} drops it.
 */
public interface WorkingTree extends HostFiles, Closeable {

	/**
	 * Makes the tree the newest backup of its device, at once or not at all, durably, and lets older versions go
	 * beyond those to be kept. The tree is closed by it. Before, the caller has made sure that it is complete.
	 *
	 * @return the new snapshot
	 */
	Snapshot commit(JobMonitor monitor) throws IOException;

	/** Drops all changes and closes the tree: the next run begins from the newest kept backup. */
	void discard() throws IOException;
}
