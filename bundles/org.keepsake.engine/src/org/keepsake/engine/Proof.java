// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.engine;

import java.time.Duration;
import java.util.List;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.core.dataset.Survey;

/**
 * What a proof of a backup's content, or a rehearsed restore, found.
 *
 * @param level    {@link ProofLevel#CONTENT} or {@link ProofLevel#DRILL}
 * @param files    databases checked, or files compared
 * @param bytes    theirs
 * @param dataSets what there is, by name
 * @param damage   what is wrong; empty for a sound backup
 * @param remarks  what is odd but harmless
 * @param duration how long it took
 */
public record Proof(ProofLevel level, long files, long bytes, List<Counted> dataSets, List<Damage> damage,
		List<String> remarks, Duration duration) {

	/** Copies the lists. */
	public Proof {
		dataSets = List.copyOf(dataSets);
		damage = List.copyOf(damage);
		remarks = List.copyOf(remarks);
	}

	/**
	 * A data set.
	 *
	 * @param dataSet  its identifier
	 * @param title    its name
	 * @param survey   what the backup has of it
	 * @param onDevice how many records the restored device had; null if none was restored
	 */
	public record Counted(String dataSet, String title, Survey survey, @Nullable Long onDevice) {
	}

	/**
	 * Something wrong.
	 *
	 * @param dataSets whose data it is, by name; empty if of none
	 * @param domain   the file's domain; empty if it is not a file
	 * @param path     its path
	 * @param what     what is wrong, for a person
	 * @param earlier  the identifier of the newest earlier version in which it is sound; null if none was found
	 */
	public record Damage(List<String> dataSets, String domain, String path, String what, @Nullable String earlier) {

		/** Copies the list. */
		public Damage {
			dataSets = List.copyOf(dataSets);
		}

		/** The same, sound in an earlier version. */
		public Damage soundIn(@Nullable String snapshot) {
			return new Damage(dataSets, domain, path, what, snapshot);
		}
	}
}
