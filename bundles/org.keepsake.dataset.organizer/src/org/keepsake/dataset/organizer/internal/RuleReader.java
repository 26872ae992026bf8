// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.dataset.organizer.internal;

import java.sql.SQLException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.dataset.base.Row;
import org.keepsake.dataset.organizer.RepeatRule;
import org.keepsake.dataset.organizer.RepeatRule.Day;
import org.keepsake.dataset.organizer.RepeatRule.Frequency;

/**
 * Reads rules of repetition. The calendar writes what iCalendar calls BYDAY and so on into one text, a part for each
 * separated by {@code ;}: {@code D=0TU,+2MO} days of the week, {@code M=} of the month, {@code O=} months, {@code Y=} days
 * of the year, {@code W=} weeks, {@code S=} positions. What is not understood is left out.
 */
final class RuleReader {

	private static final int MOST = 400;
	private static final List<String> DAYS = List.of("MO", "TU", "WE", "TH", "FR", "SA", "SU");

	private RuleReader() {
	}

	/** A row of the table {@code Recurrence}; null if it says no frequency. */
	static @Nullable RepeatRule calendar(Row row) throws SQLException {
		long week = row.integer("week_start");
		return rule(row.integer("frequency") - 1, row.integer("interval"), row.integer("count"), row.cocoa("end_date"),
				week >= 1 && week <= 7 ? DayOfWeek.of((int) week) : null, row.textOrEmpty("specifier"));
	}

	/** @param frequency 0 daily, to 3 yearly */
	static @Nullable RepeatRule rule(long frequency, long interval, long count, @Nullable Instant until,
			@Nullable DayOfWeek weekStart, String specifier) {
		if (frequency < 0 || frequency >= Frequency.values().length) {
			return null;
		}
		List<Day> days = new ArrayList<>();
		List<Integer> monthDays = new ArrayList<>();
		List<Integer> months = new ArrayList<>();
		List<Integer> yearDays = new ArrayList<>();
		List<Integer> weeks = new ArrayList<>();
		List<Integer> positions = new ArrayList<>();
		for (String part : specifier.split(";", 20)) {
			String values = part.substring(part.indexOf('=') + 1);
			switch (part.substring(0, Math.max(0, part.indexOf('='))).strip().toUpperCase(Locale.ROOT)) {
				case "D", "BYDAY" -> days(values, days);
				case "M", "BYMONTHDAY" -> numbers(values, 31, monthDays);
				case "O", "BYMONTH" -> numbers(values, 12, months);
				case "Y", "BYYEARDAY" -> numbers(values, 366, yearDays);
				case "W", "BYWEEKNO" -> numbers(values, 53, weeks);
				case "S", "BYSETPOS" -> numbers(values, 366, positions);
				default -> {
				}
			}
		}
		months.removeIf(month -> month < 1);
		return new RepeatRule(Frequency.values()[(int) frequency], Math.clamp(interval, 1, 10_000),
				Math.clamp(count, 0, 1_000_000), until, weekStart, days, monthDays, months, yearDays, weeks,
				positions);
	}

	private static void days(String values, List<Day> days) {
		for (String value : values.split(",", MOST)) {
			String text = value.strip().toUpperCase(Locale.ROOT);
			int day = text.length() < 2 ? -1 : DAYS.indexOf(text.substring(text.length() - 2));
			Integer ordinal = day < 0 ? null : number(text.substring(0, text.length() - 2), 53);
			if (ordinal != null) {
				days.add(new Day(DayOfWeek.of(day + 1), ordinal));
			}
		}
	}

	private static void numbers(String values, int greatest, List<Integer> numbers) {
		for (String value : values.split(",", MOST)) {
			Integer number = number(value.strip(), greatest);
			if (number != null && number != 0) {
				numbers.add(number);
			}
		}
	}

	private static @Nullable Integer number(String text, int greatest) {
		try {
			int number = text.isEmpty() ? 0 : Integer.parseInt(text);
			return Math.abs(number) > greatest ? null : number;
		} catch (NumberFormatException e) {
			return null;
		}
	}
}
