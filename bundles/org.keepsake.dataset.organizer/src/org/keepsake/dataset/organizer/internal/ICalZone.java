// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.dataset.organizer.internal;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneOffsetTransitionRule;
import java.time.zone.ZoneRules;
import java.util.Locale;

import org.eclipse.jdt.annotation.Nullable;

import biweekly.component.DaylightSavingsTime;
import biweekly.component.Observance;
import biweekly.component.StandardTime;
import biweekly.component.VTimezone;
import biweekly.util.UtcOffset;

/**
 * The definition of a time zone (RFC 5545, 3.6.5), made of what Java knows of it since 1970: each change of the past by
 * itself, those to come by rule.
 */
final class ICalZone {

	private static final Instant BEGIN = Instant.EPOCH;
	private static final int LAST_YEAR = 2040;
	private static final DateTimeFormatter LOCAL = DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss", Locale.ROOT);
	private static final DateTimeFormatter NAME = DateTimeFormatter.ofPattern("zzz", Locale.ENGLISH);

	private final ZoneId zone;
	private final ZoneRules rules;
	private final VTimezone component;

	private ICalZone(ZoneId zone) {
		this.zone = zone;
		this.rules = zone.getRules();
		this.component = new VTimezone(zone.getId());
	}

	static VTimezone of(ZoneId zone) {
		ICalZone definition = new ICalZone(zone);
		definition.define();
		return definition.component;
	}

	private void define() {
		ZoneOffset first = rules.getOffset(BEGIN);
		add(LocalDateTime.of(1970, 1, 1, 0, 0), BEGIN, first, first, null);
		int year = 1970;
		for (ZoneOffsetTransition change : rules.getTransitions()) {
			if (change.getInstant().isAfter(BEGIN)) {
				add(change, null);
				year = change.getDateTimeBefore().getYear() + 1;
			}
		}
		for (ZoneOffsetTransitionRule rule : rules.getTransitionRules()) {
			String repeated = repeated(rule, year);
			if (repeated != null) {
				add(rule.createTransition(year), repeated);
				continue;
			}
			for (int each = year; each <= LAST_YEAR; each++) {
				add(rule.createTransition(each), null);
			}
		}
	}

	private void add(ZoneOffsetTransition change, @Nullable String rule) {
		add(change.getDateTimeBefore(), change.getInstant(), change.getOffsetBefore(), change.getOffsetAfter(), rule);
	}

	private void add(LocalDateTime start, Instant instant, ZoneOffset before, ZoneOffset after, @Nullable String rule) {
		Observance observance;
		if (rules.isDaylightSavings(instant)) {
			DaylightSavingsTime summer = new DaylightSavingsTime();
			component.addDaylightSavingsTime(summer);
			observance = summer;
		} else {
			StandardTime standard = new StandardTime();
			component.addStandardTime(standard);
			observance = standard;
		}
		observance.addExperimentalProperty("DTSTART", LOCAL.format(start));
		observance.setTimezoneOffsetFrom(new UtcOffset(before.getTotalSeconds() * 1000L));
		observance.setTimezoneOffsetTo(new UtcOffset(after.getTotalSeconds() * 1000L));
		observance.addTimezoneName(NAME.format(instant.atZone(zone)));
		if (rule != null) {
			observance.addExperimentalProperty("RRULE", rule);
		}
	}

	/** The rule as iCalendar has it; null if it cannot say it, as the change falls on another day on the wall. */
	private static @Nullable String repeated(ZoneOffsetTransitionRule rule, int from) {
		DayOfWeek day = rule.getDayOfWeek();
		int indicator = rule.getDayOfMonthIndicator();
		if (day == null || indicator < -1) {
			return null;
		}
		for (int year = from; year < from + 12; year++) {
			LocalDate date = rule.createTransition(year).getDateTimeBefore().toLocalDate();
			int number = date.getDayOfMonth();
			boolean inWeek = indicator < 0 ? number > date.lengthOfMonth() - 7
					: number >= indicator && number < indicator + 7;
			if (date.getMonth() != rule.getMonth() || date.getDayOfWeek() != day || !inWeek) {
				return null;
			}
		}
		String text = "FREQ=YEARLY;BYMONTH=" + rule.getMonth().getValue();
		if (indicator < 0 || indicator % 7 == 1) {
			return text + ";BYDAY=" + (indicator < 0 ? -1 : indicator / 7 + 1) + ICalRule.day(day);
		}
		StringBuilder numbers = new StringBuilder(";BYMONTHDAY=").append(indicator);
		for (int i = 1; i < 7; i++) {
			numbers.append(',').append(indicator + i);
		}
		return text + numbers + ";BYDAY=" + ICalRule.day(day);
	}
}
