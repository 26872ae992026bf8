// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ios.backup.internal;

import java.io.Closeable;
import java.io.IOException;
import java.util.function.Consumer;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.core.JobMonitor;
import org.keepsake.ios.backup.BackupFile;
import org.keepsake.ios.backup.FileFilter;

/** The index of a backup, of whichever era. Thread-safe: many visits may run at once. */
interface Index extends Closeable {

	/** The name of its file, such as {@code Manifest.db}. */
	String fileName();

	/**
	 * Visits the entries in the index's order, streaming.
	 *
	 * @param checking whether each entry's own consistency is checked, which costs a hash
	 * @throws IndexException if the index itself is damaged; what came before it was visited
	 */
	void forEach(FileFilter filter, boolean checking, IndexEntry.Visitor visitor) throws IOException;

	/**
	 * The entry of that name.
	 *
	 * @param thorough whether to look for an entry besides whose stored name does not follow from its name
	 * @return null if there is none
	 * @throws IndexException if it was not found, and the index is damaged
	 */
	@Nullable
	BackupFile find(String domain, String path, boolean thorough) throws IOException;

	/** Checks the index as a whole; reads all of it. Flaws go to the consumer, one sentence each. */
	void check(JobMonitor monitor, Consumer<String> flaws) throws IOException;
}
