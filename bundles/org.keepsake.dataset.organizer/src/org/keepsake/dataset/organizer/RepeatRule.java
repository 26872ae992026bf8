// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.dataset.organizer;

import java.time.DayOfWeek;
import java.time.Instant;
import java.util.List;

import org.eclipse.jdt.annotation.Nullable;

/**
 * How an event or a reminder repeats; means the same as a rule of iCalendar (RFC 5545, 3.3.10).
 *
 * @param frequency what the interval counts
 * @param interval  every so many; at least 1
 * @param count     how often in all; 0 for no such limit
 * @param until     the last moment for an occurrence; null for no such limit
 * @param weekStart where a week begins; null if nothing is said
 * @param days      days of the week
 * @param monthDays days of the month, negative from its end
 * @param months    months, 1 to 12
 * @param yearDays  days of the year, negative from its end
 * @param weeks     weeks of the year, negative from its end
 * @param positions which of the days so found, negative from the end
 */
public record RepeatRule(Frequency frequency, int interval, int count, @Nullable Instant until,
		@Nullable DayOfWeek weekStart, List<Day> days, List<Integer> monthDays, List<Integer> months,
		List<Integer> yearDays, List<Integer> weeks, List<Integer> positions) {

	/** Copies the lists. */
	public RepeatRule {
		days = List.copyOf(days);
		monthDays = List.copyOf(monthDays);
		months = List.copyOf(months);
		yearDays = List.copyOf(yearDays);
		weeks = List.copyOf(weeks);
		positions = List.copyOf(positions);
	}

	/** What an interval counts. */
	public enum Frequency {
		/** Days. */
		DAILY,
		/** Weeks. */
		WEEKLY,
		/** Months. */
		MONTHLY,
		/** Years. */
		YEARLY
	}

	/**
	 * A day of the week.
	 *
	 * @param day     which
	 * @param ordinal which of them in the month or year, negative from its end; 0 for each
	 */
	public record Day(DayOfWeek day, int ordinal) {
	}
}
