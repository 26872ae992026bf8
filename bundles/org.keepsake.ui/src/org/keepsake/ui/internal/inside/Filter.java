// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ui.internal.inside;

import java.time.LocalDate;
import java.time.ZoneId;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.core.dataset.Selection;

/**
 * Which records a person wants to see.
 *
 * @param text    all its words must occur; empty for all records
 * @param since   from this day on; null for no limit
 * @param until   up to this day, it included; null for no limit
 * @param secrets whether passwords are to be seen
 */
public record Filter(String text, @Nullable LocalDate since, @Nullable LocalDate until, boolean secrets) {

	/** Everything, passwords masked. */
	public static final Filter ALL = new Filter("", null, null, false);

	/** Whether it leaves records out. */
	public boolean restricts() {
		return !text.isBlank() || since != null || until != null;
	}

	/** The same for the engine. */
	public Selection selection(ZoneId zone) {
		LocalDate from = since;
		LocalDate to = until;
		return new Selection(text.isBlank() ? null : text.strip(),
				from == null ? null : from.atStartOfDay(zone).toInstant(),
				to == null ? null : to.plusDays(1).atStartOfDay(zone).toInstant(), secrets);
	}
}
