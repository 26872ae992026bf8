// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.core.dataset;

import java.time.Instant;
import java.util.Locale;

import org.eclipse.jdt.annotation.Nullable;

/**
 * Which records are wanted.
 *
 * @param search  all its words must occur in a record's text, in any case and order; null for all records
 * @param since   not before; records without a date are left out then; null for no limit
 * @param until   before; records without a date are left out then; null for no limit
 * @param secrets whether passwords are wanted in clear; where not, they are masked
 */
public record Selection(@Nullable String search, @Nullable Instant since, @Nullable Instant until, boolean secrets) {

	/** Everything, passwords masked. */
	public static final Selection ALL = new Selection(null, null, null, false);

	/** Whether the record is wanted. */
	public boolean accepts(DataRecord entry) {
		Instant date = entry.date();
		Instant from = since;
		Instant to = until;
		if (from != null && (date == null || date.isBefore(from))
				|| to != null && (date == null || !date.isBefore(to))) {
			return false;
		}
		String words = search;
		if (words == null || words.isBlank()) {
			return true;
		}
		String text = entry.searchText().toLowerCase(Locale.ROOT);
		for (String word : words.strip().toLowerCase(Locale.ROOT).split("\\s+")) {
			if (!text.contains(word)) {
				return false;
			}
		}
		return true;
	}
}
