// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.repository.internal;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;

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

	static Instant parse(String text) throws JsonReader.JsonException {
		try {
			return OffsetDateTime.parse(text).toInstant();
		} catch (DateTimeException e) {
			throw new JsonReader.JsonException("Not a time");
		}
	}
}
