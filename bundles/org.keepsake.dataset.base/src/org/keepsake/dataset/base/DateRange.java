// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.dataset.base;

import java.io.IOException;
import java.time.Instant;
import java.util.List;

import org.eclipse.jdt.annotation.Nullable;

/**
 * The oldest and the newest moment in columns of a database, for a survey. Columns may mix seconds and nanoseconds.
 *
 * @param first null if there is none
 * @param last  null if there is none
 */
public record DateRange(@Nullable Instant first, @Nullable Instant last) {

	/** Without any date. */
	public static final DateRange NONE = new DateRange(null, null);

	/** What can be seconds, and what nanoseconds; the rest is no date. */
	private static final String[] SCALES = { "abs(%1$s) < 2.5e11", "abs(%1$s) > 1e15 AND abs(%1$s) < 9e18" };

	/**
	 * The range of a column that counts from 2001.
	 *
	 * @param from what stands behind {@code FROM} and must not contain what came from the backup
	 */
	public static DateRange cocoa(Tables tables, String column, String from) throws IOException {
		return of(tables, column, from, true);
	}

	/** The range of a column that counts seconds from 1970. */
	public static DateRange unix(Tables tables, String column, String from) throws IOException {
		return of(tables, column, from, false);
	}

	private static DateRange of(Tables tables, String column, String from, boolean cocoa) throws IOException {
		DateRange[] range = { NONE };
		for (String scale : SCALES) {
			tables.query("SELECT min(" + column + ") AS a, max(" + column + ") AS b FROM " + from
					+ (from.contains(" WHERE ") ? " AND " : " WHERE ") + "typeof(" + column
					+ ") IN ('integer', 'real') AND " + column + " <> 0 AND " + scale.formatted(column), List.of(),
					row -> {
						range[0] = range[0].with(cocoa ? row.cocoa("a") : row.unix("a"))
								.with(cocoa ? row.cocoa("b") : row.unix("b"));
						return true;
					});
		}
		return range[0];
	}

	/** The range with a moment more. */
	public DateRange with(@Nullable Instant moment) {
		if (moment == null) {
			return this;
		}
		Instant from = first;
		Instant to = last;
		if (from != null && to != null && !moment.isBefore(from) && !moment.isAfter(to)) {
			return this; // most moments of millions
		}
		return new DateRange(from == null || moment.isBefore(from) ? moment : from,
				to == null || moment.isAfter(to) ? moment : to);
	}

	/** What both cover. */
	public DateRange with(DateRange other) {
		return with(other.first).with(other.last);
	}
}
