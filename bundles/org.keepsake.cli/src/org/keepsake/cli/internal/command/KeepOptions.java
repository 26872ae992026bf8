// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.cli.internal.command;

import java.time.Period;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.keepsake.repository.KeepPolicy;
import org.keepsake.repository.KeepPolicy.Within;
import org.keepsake.repository.KeepPolicy.WithinEach;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Which snapshots stay. */
public final class KeepOptions {

	@Option(names = "--keep-last", paramLabel = "N", converter = CountConverter.class, defaultValue = "0",
			description = "The newest N stay. N is a number, or all.")
	private int last;

	@Option(names = "--keep-hourly", paramLabel = "N", converter = CountConverter.class, defaultValue = "0",
			description = "The newest of each hour stays, for the last N hours in which there is one.")
	private int hourly;

	@Option(names = "--keep-daily", paramLabel = "N", converter = CountConverter.class, defaultValue = "0",
			description = "Likewise of each day.")
	private int daily;

	@Option(names = "--keep-weekly", paramLabel = "N", converter = CountConverter.class, defaultValue = "0",
			description = "Likewise of each week.")
	private int weekly;

	@Option(names = "--keep-monthly", paramLabel = "N", converter = CountConverter.class, defaultValue = "0",
			description = "Likewise of each month.")
	private int monthly;

	@Option(names = "--keep-yearly", paramLabel = "N", converter = CountConverter.class, defaultValue = "0",
			description = "Likewise of each year.")
	private int yearly;

	@Option(names = "--keep-within", paramLabel = "SPAN", converter = WithinConverter.class,
			description = "All stay that are at most so much older than the newest, such as 14d, 6m or 1y6m: years, "
					+ "months, weeks, days and hours.")
	private Within within = Within.NONE;

	@Option(names = "--keep-within-hourly", paramLabel = "SPAN", converter = WithinConverter.class,
			description = "The newest of each hour stays, within such a span before the newest of all.")
	private Within withinHourly = Within.NONE;

	@Option(names = "--keep-within-daily", paramLabel = "SPAN", converter = WithinConverter.class,
			description = "Likewise of each day.")
	private Within withinDaily = Within.NONE;

	@Option(names = "--keep-within-weekly", paramLabel = "SPAN", converter = WithinConverter.class,
			description = "Likewise of each week.")
	private Within withinWeekly = Within.NONE;

	@Option(names = "--keep-within-monthly", paramLabel = "SPAN", converter = WithinConverter.class,
			description = "Likewise of each month.")
	private Within withinMonthly = Within.NONE;

	@Option(names = "--keep-within-yearly", paramLabel = "SPAN", converter = WithinConverter.class,
			description = "Likewise of each year.")
	private Within withinYearly = Within.NONE;

	@Option(names = "--keep-tag", paramLabel = "TAG",
			description = "All with this tag stay; may be given several times.")
	private List<String> tags = new ArrayList<>();

	/** The policy; an empty one if nothing was said. */
	KeepPolicy policy() {
		WithinEach each = new WithinEach(withinHourly, withinDaily, withinWeekly, withinMonthly, withinYearly);
		return new KeepPolicy(last, hourly, daily, weekly, monthly, yearly, within, each, Set.copyOf(tags));
	}

	/** Reads a number, or {@code all}. */
	public static final class CountConverter implements ITypeConverter<Integer> {
		@Override
		public Integer convert(String text) {
			if (text.equals("all")) {
				return Integer.valueOf(-1);
			}
			if (!text.matches("\\d{1,6}")) {
				throw new TypeConversionException("'" + text + "' is no number from 0 on, and not 'all'");
			}
			return Integer.valueOf(text);
		}
	}

	/** Reads a span such as {@code 1y6m2w14d12h}. */
	public static final class WithinConverter implements ITypeConverter<Within> {

		private static final Pattern FORM = Pattern
				.compile("(?:(\\d{1,4})y)?(?:(\\d{1,5})m)?(?:(\\d{1,5})w)?(?:(\\d{1,6})d)?(?:(\\d{1,6})h)?");

		@Override
		public Within convert(String text) {
			Matcher parts = FORM.matcher(text);
			if (text.isEmpty() || !parts.matches()) {
				throw new TypeConversionException("'" + text + "' is no span such as 14d, 6m or 1y6m");
			}
			return new Within(
					Period.of(number(parts.group(1)), number(parts.group(2)),
							number(parts.group(3)) * 7 + number(parts.group(4))),
					number(parts.group(5)));
		}

		private static int number(String digits) {
			return digits == null ? 0 : Integer.parseInt(digits);
		}
	}
}
