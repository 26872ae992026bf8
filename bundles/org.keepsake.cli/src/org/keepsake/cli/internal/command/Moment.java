// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.cli.internal.command;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;

import org.eclipse.jdt.annotation.Nullable;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * A date or a time as a person writes it, in ISO 8601: {@code 2026-01-31}, {@code 2026-01-31T18:30}, or with the
 * difference to UTC.
 *
 * @param date set where no time was given
 * @param time set where a time was given without the difference to UTC
 * @param exact set where both were given
 */
record Moment(@Nullable LocalDate date, @Nullable LocalDateTime time, @Nullable Instant exact) {

	/** Its beginning, where the person is if nothing else was said. */
	Instant begin(ZoneId zone) {
		LocalDate day = date;
		LocalDateTime local = time;
		Instant instant = exact;
		return instant != null ? instant
				: local != null ? local.atZone(zone).toInstant()
						: day != null ? day.atStartOfDay(zone).toInstant() : Instant.EPOCH;
	}

	/** Its end: of a date the next day's beginning, of a time the time itself. */
	Instant end(ZoneId zone) {
		LocalDate day = date;
		return day != null ? day.plusDays(1).atStartOfDay(zone).toInstant() : begin(zone);
	}

	/** Reads an argument. */
	static final class Converter implements ITypeConverter<Moment> {
		@Override
		public Moment convert(String text) {
			String iso = text.strip().replace(' ', 'T');
			try {
				if (!iso.contains("T")) {
					return new Moment(LocalDate.parse(iso), null, null);
				}
				return iso.matches(".*(Z|[+-]\\d\\d:?\\d\\d)$")
						? new Moment(null, null, OffsetDateTime.parse(iso).toInstant())
						: new Moment(null, LocalDateTime.parse(iso), null);
			} catch (DateTimeException e) {
				throw new TypeConversionException(
						"'" + text + "' is no date such as 2026-01-31 and no time such as 2026-01-31T18:30");
			}
		}
	}
}
