// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.core.target;

import java.io.Closeable;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import java.util.Optional;
import java.util.OptionalLong;

import org.keepsake.core.JobMonitor;
import org.keepsake.core.Problem;
import org.keepsake.core.ProblemException;
import org.keepsake.core.Udid;

/**
 * A place that keeps backups. Contributed through the extension point {@code org.keepsake.core.targets}. Thread-safe;
 * calls may block. Its one promise above all: nothing it does, and no moment at which it is killed, leaves the newest
 * complete backup of a device unrestorable.
 */
public interface BackupTarget extends Closeable {

	/** Where it is, for a person and for {@link TargetFactory#open}. */
	String location();

	/**
	 * All kept backups of all devices, newest first; among them those of other programs, and incomplete ones. A
	 * working tree that is not committed is none. Backups that cannot be read at all are left out.
	 */
	List<Snapshot> snapshots() throws IOException;

	/** The same. @param damage hears of what is kept and cannot be read any more, where that can be told */
	default List<Snapshot> snapshots(Consumer<Problem> damage) throws IOException {
		return snapshots();
	}

	/** Opens a kept backup for reading. */
	BackupTree open(Snapshot snapshot) throws IOException;

	/**
	 * Begins, or resumes, the next backup of a device. One at a time: others get a {@link ProblemException}.
	 *
	 * @param options how to begin and what to keep
	 */
	WorkingTree begin(Udid udid, WorkOptions options, JobMonitor monitor) throws IOException;

	/** Deletes a kept backup. Its files that other versions share stay with them. */
	void delete(Snapshot snapshot, JobMonitor monitor) throws IOException;

	/** Room left in it. */
	Capacity capacity() throws IOException;

	/**
	 * What is stored, and what deleting each version would free. May read lists of all files.
	 *
	 * @return empty where it cannot be told, as where versions are folders
	 */
	default Optional<StorageUse> usage(JobMonitor monitor) throws IOException {
		return Optional.empty();
	}

	/**
	 * Bytes that deleting these versions together would free: more than the sum of each alone, if they share what no
	 * other has.
	 *
	 * @return empty where it cannot be told
	 */
	default OptionalLong freedBy(Collection<Snapshot> versions, JobMonitor monitor) throws IOException {
		return OptionalLong.empty();
	}

	/** Whether it encrypts by itself what is kept in it, so that who gets at the place can read nothing. */
	default boolean encrypts() {
		return false;
	}

	/**
	 * Proves that backups can be kept here: makes, reads back and removes a file, and tells what the place can do.
	 *
	 * @return sentences for a person
	 * @throws ProblemException if backups cannot be kept here
	 */
	List<String> check() throws IOException;

	/**
	 * How a backup begins and what is kept of the earlier ones.
	 *
	 * @param startEmpty  true to begin with nothing (a full backup), false with the newest backup or the interrupted run
	 * @param keepEarlier how many earlier complete versions stay besides the new one; 0 for none
	 */
	record WorkOptions(boolean startEmpty, int keepEarlier) {

		/** Continues from what is there, and keeps no earlier version. */
		public static final WorkOptions DEFAULT = new WorkOptions(false, 0);

		/** @throws IllegalArgumentException if the number is negative */
		public WorkOptions {
			if (keepEarlier < 0) {
				throw new IllegalArgumentException("keepEarlier is 0 or more, not " + keepEarlier);
			}
		}
	}
}
