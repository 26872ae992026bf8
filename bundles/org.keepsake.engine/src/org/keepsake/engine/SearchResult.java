// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.engine;

import java.time.Instant;
import java.util.List;

import org.eclipse.jdt.annotation.Nullable;

/**
 * What a search found.
 *
 * @param groups  by data set, in the order of their names; those in which nothing was found are left out
 * @param remarks what a person should know, such as a data set that could not be read and so was not searched
 */
public record SearchResult(List<Group> groups, List<String> remarks) {

	/** Copies the lists. */
	public SearchResult {
		groups = List.copyOf(groups);
		remarks = List.copyOf(remarks);
	}

	/** How many records were found in all. */
	public long matches() {
		return groups.stream().mapToLong(Group::matches).sum();
	}

	/**
	 * What was found in one data set.
	 *
	 * @param dataSet its identifier
	 * @param title   its name
	 * @param matches how many records were found
	 * @param hits    the best of them; the newest of a very large number
	 */
	public record Group(String dataSet, String title, long matches, List<Hit> hits) {

		/** Copies the list. */
		public Group {
			hits = List.copyOf(hits);
		}
	}

	/**
	 * A record that was found.
	 *
	 * @param key      the record's key
	 * @param date     its date; null if it has none
	 * @param headline the record in one line
	 * @param excerpt  the text around what was found, in one line
	 * @param marks    where in the excerpt it was found, in order
	 */
	public record Hit(String key, @Nullable Instant date, String headline, String excerpt, List<Mark> marks) {

		/** Copies the list. */
		public Hit {
			marks = List.copyOf(marks);
		}
	}

	/**
	 * A part of an excerpt.
	 *
	 * @param start first character
	 * @param end   behind the last one
	 */
	public record Mark(int start, int end) {
	}
}
