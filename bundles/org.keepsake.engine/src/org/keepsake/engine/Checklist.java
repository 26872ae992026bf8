// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.engine;

import java.util.List;

/**
 * What should be on a device after a backup was restored onto it.
 *
 * @param there what the backup gave it, by name
 * @param later what it fetches by itself in the hours and days after, a sentence each
 * @param never what the backup never had, a sentence each
 */
public record Checklist(List<Item> there, List<String> later, List<String> never) {

	/** Nothing is known. */
	public static final Checklist NONE = new Checklist(List.of(), List.of(), List.of());

	/** Copies the lists. */
	public Checklist {
		there = List.copyOf(there);
		later = List.copyOf(later);
		never = List.copyOf(never);
	}

	/**
	 * A data set that should be there.
	 *
	 * @param dataSet its identifier
	 * @param title   its name
	 * @param count   how many records
	 */
	public record Item(String dataSet, String title, long count) {
	}
}
