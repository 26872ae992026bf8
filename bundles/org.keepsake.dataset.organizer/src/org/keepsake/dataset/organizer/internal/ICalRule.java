// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.dataset.organizer.internal;

import java.time.DayOfWeek;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

import org.keepsake.dataset.organizer.RepeatRule;

/** Rules of repetition as iCalendar writes them: {@code FREQ=MONTHLY;INTERVAL=2;BYDAY=2MO}. */
final class ICalRule {

	private ICalRule() {
	}

	static String text(RepeatRule rule, ICalTimes times) {
		StringBuilder text = new StringBuilder("FREQ=").append(rule.frequency());
		if (rule.interval() > 1) {
			text.append(";INTERVAL=").append(rule.interval());
		}
		Instant until = rule.until();
		if (rule.count() > 0) {
			text.append(";COUNT=").append(rule.count());
		} else if (until != null) {
			text.append(";UNTIL=").append(times.until(until));
		}
		DayOfWeek week = rule.weekStart();
		if (week != null) {
			text.append(";WKST=").append(day(week));
		}
		list(text, "BYMONTH", rule.months());
		list(text, "BYWEEKNO", rule.weeks());
		list(text, "BYYEARDAY", rule.yearDays());
		list(text, "BYMONTHDAY", rule.monthDays());
		list(text, "BYDAY", rule.days().stream()
				.map(day -> (day.ordinal() == 0 ? "" : String.valueOf(day.ordinal())) + day(day.day())).toList());
		list(text, "BYSETPOS", rule.positions());
		return text.toString();
	}

	private static void list(StringBuilder text, String name, List<?> values) {
		if (!values.isEmpty()) {
			text.append(';').append(name).append('=')
					.append(values.stream().map(String::valueOf).collect(Collectors.joining(",")));
		}
	}

	static String day(DayOfWeek day) {
		return day.name().substring(0, 2);
	}
}
