// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.repository.internal;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;

import org.eclipse.jdt.annotation.Nullable;

/** Times as Go writes them in JSON: RFC 3339 with nanoseconds, without zeros at the end. */
final class GoTime {

	/** What restic writes where there is no time. */
	static final Instant ZERO = Instant.parse("0001-01-01T00:00:00Z");

	private static final Instant LAST = Instant.parse("9999-12-31T23:59:59Z");

	private GoTime() {
	}

	static String format(Instant time, ZoneId zone) {
		Instant shown = time.isBefore(ZERO) ? ZERO : time.isAfter(LAST) ? LAST : time;
		ZoneOffset offset = zone instanceof ZoneOffset fixed ? fixed : zone.getRules().getOffset(shown);
		if (offset.getTotalSeconds() % 60 != 0) {
			offset = ZoneOffset.UTC;
		}
		LocalDateTime local = LocalDateTime.ofEpochSecond(shown.getEpochSecond(), shown.getNano(), offset);
		StringBuilder text = new StringBuilder(35);
		digits(text, local.getYear(), 4).append('-');
		digits(text, local.getMonthValue(), 2).append('-');
		digits(text, local.getDayOfMonth(), 2).append('T');
		digits(text, local.getHour(), 2).append(':');
		digits(text, local.getMinute(), 2).append(':');
		digits(text, local.getSecond(), 2);
		int nanos = local.getNano();
		if (nanos > 0) {
			int end = digits(text.append('.'), nanos, 9).length();
			while (text.charAt(end - 1) == '0') {
				end--;
			}
			text.setLength(end);
		}
		return text.append(offset.getId()).toString();
	}

	/** {@code 2007-06-29T18:00:00.123456789+02:00}: every folder is full of them. Null if it is written otherwise. */
	private static @Nullable Instant parseUsual(String text) {
		int year = number(text, 0, 4);
		int month = number(text, 5, 7);
		int day = number(text, 8, 10);
		int hour = number(text, 11, 13);
		int minute = number(text, 14, 16);
		int second = number(text, 17, 19);
		if (year < 1 || month < 1 || month > 12 || day < 1
				|| day > 28 && day > YearMonth.of(year, month).lengthOfMonth()
				|| hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59
				|| text.charAt(4) != '-' || text.charAt(7) != '-' || text.charAt(10) != 'T' || text.charAt(13) != ':'
				|| text.charAt(16) != ':') {
			return null;
		}
		int at = 19;
		int nanos = 0;
		if (at < text.length() && text.charAt(at) == '.') {
			int unit = 100_000_000;
			for (at++; at < text.length() && isDigit(text.charAt(at)); at++, unit /= 10) {
				nanos += (text.charAt(at) - '0') * unit;
			}
			if (at == 20 || at > 29) {
				return null;
			}
		}
		int offset = offset(text, at);
		return offset == Integer.MIN_VALUE ? null
				: Instant.ofEpochSecond(epochDay(year, month, day) * 86_400 + hour * 3600L + minute * 60L + second
						- offset, nanos);
	}

	/** Seconds east of Greenwich; the least number if they are written otherwise. */
	private static int offset(String text, int at) {
		if (at == text.length() - 1 && text.charAt(at) == 'Z') {
			return 0;
		}
		if (at != text.length() - 6 || text.charAt(at + 3) != ':') {
			return Integer.MIN_VALUE;
		}
		int hours = number(text, at + 1, at + 3);
		int minutes = number(text, at + 4, at + 6);
		char sign = text.charAt(at);
		if (hours < 0 || hours > 17 || minutes < 0 || minutes > 59 || sign != '+' && sign != '-') {
			return Integer.MIN_VALUE;
		}
		return (sign == '-' ? -1 : 1) * (hours * 3600 + minutes * 60);
	}

	/** Days since 1970 in the Gregorian calendar; years begin in March, so that leap days come last. */
	private static long epochDay(int year, int month, int day) {
		long y = month > 2 ? year : year - 1;
		long yearOfEra = Math.floorMod(y, 400L);
		long dayOfYear = (153L * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
		return Math.floorDiv(y, 400L) * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
				- 719_468;
	}

	private static boolean isDigit(char c) {
		return c >= '0' && c <= '9';
	}

	/** A number of digits only; -1 if it is none, or the text ends before. */
	private static int number(String text, int from, int to) {
		if (text.length() < to) {
			return -1;
		}
		int number = 0;
		for (int i = from; i < to; i++) {
			if (!isDigit(text.charAt(i))) {
				return -1;
			}
			number = number * 10 + text.charAt(i) - '0';
		}
		return number;
	}

	private static StringBuilder digits(StringBuilder text, int value, int count) {
		int unit = 1;
		for (int i = 1; i < count; i++) {
			unit *= 10;
		}
		for (; unit > 0; unit /= 10) {
			text.append((char) ('0' + value / unit % 10));
		}
		return text;
	}

	/** How far from UTC the clock was that the time is of; none if it cannot be told. */
	static ZoneOffset offset(String text) {
		for (int at = 19; at < text.length(); at++) {
			char c = text.charAt(at);
			if (c == '+' || c == '-') {
				int seconds = offset(text, at);
				return seconds == Integer.MIN_VALUE ? ZoneOffset.UTC : ZoneOffset.ofTotalSeconds(seconds);
			}
		}
		return ZoneOffset.UTC;
	}

	static Instant parse(String text) throws JsonReader.JsonException {
		Instant usual = parseUsual(text);
		if (usual != null) {
			return usual;
		}
		try {
			return OffsetDateTime.parse(text).toInstant();
		} catch (DateTimeException e) {
			throw new JsonReader.JsonException("Not a time");
		}
	}
}
