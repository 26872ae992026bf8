// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.core.dataset;

import java.io.IOException;
import java.util.List;

import org.keepsake.core.JobMonitor;

/**
 * One kind of data in a backup. Contributed to the extension point {@code org.keepsake.core.datasets}. Has no state and
 * is used by many threads at once; what is costly to know of a backup is kept by {@link BackupContent#shared}.
 *
 * <p>
 * Schemas differ between versions of iOS: look at the tables and columns that are there, and never at the version alone.
 * What is read may be damaged or hostile: a record that cannot be understood is left out or given in part, and the rest
 * goes on; a data set that cannot be read at all throws a {@link org.keepsake.core.ProblemException}.
 */
public interface DataSet {

	/** Stable and short, lower case, words joined by dashes: {@code messages}, {@code voice-memos}. */
	String id();

	/** Its name for a person. */
	String title();

	/** The type of its records. */
	Class<? extends DataRecord> recordType();

	/**
	 * Whether its records hold values, such as passwords, that are masked unless {@link Selection#secrets} asks for them.
	 */
	default boolean hasSecrets() {
		return false;
	}

	/**
	 * Where its data lie in backups of any iOS: to prove its databases, and to tell what a damaged file belongs to.
	 */
	List<Source> sources();

	/**
	 * Looks whether the backup has the data, and counts. Quick: it counts by query and does not decode every record.
	 */
	Survey survey(BackupContent content, JobMonitor monitor) throws IOException;

	/**
	 * Streams the records, in an order that is natural for the kind; memory does not grow with their number.
	 *
	 * @param selection records that it does not want may be left out; whoever receives them asks
	 *                  {@link Selection#accepts} again
	 * @param visitor   called by one thread; what it throws is passed on
	 * @throws IOException a {@link org.keepsake.core.ProblemException} that tells why and what to do; any other ends as the
	 *                     problem that the data set cannot be read
	 */
	void read(BackupContent content, Selection selection, RecordVisitor visitor, JobMonitor monitor)
			throws IOException;

	/**
	 * Files of a backup.
	 *
	 * @param domain   exact, or a glob
	 * @param path     glob: {@code *} within a component, {@code **} across
	 * @param database whether they are SQLite databases
	 */
	record Source(String domain, String path, boolean database) {

		/** A SQLite database. */
		public static Source database(String domain, String path) {
			return new Source(domain, path, true);
		}

		/** Other files. */
		public static Source files(String domain, String path) {
			return new Source(domain, path, false);
		}
	}

	/** Receives records one by one. */
	@FunctionalInterface
	interface RecordVisitor {
		/** @return false to end the visit */
		boolean visit(DataRecord entry) throws IOException;
	}
}
