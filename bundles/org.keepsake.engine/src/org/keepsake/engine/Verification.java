// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0

package org.keepsake.engine;

import java.time.Instant;

import org.keepsake.core.target.SnapshotId;

/**
 * A verification of a kept backup, as the journal remembers it.
 *
 * @param when    when it ended
 * @param level   how much it proved
 * @param damaged how many files or data sets were damaged; 0 for a sound backup
 */
public record Verification(Instant when, ProofLevel level, long damaged) {

	/**
	 * What was verified: a version at one place. A copy of it elsewhere, which has the same id, may be damaged all the
	 * same, and must not be believed sound for the sake of the first.
	 *
	 * @param location the target's location
	 * @param snapshot the version
	 */
	public record Subject(String location, SnapshotId snapshot) {
		/** Of a kept backup. */
		public static Subject of(KeptBackup backup) {
			return new Subject(backup.location(), backup.snapshot().id());
		}
	}
}
