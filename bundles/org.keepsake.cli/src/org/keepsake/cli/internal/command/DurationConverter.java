// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.cli.internal.command;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a duration such as {@code 30s}, {@code 5m} or {@code 1h30m}. */
public final class DurationConverter implements ITypeConverter<Duration> {

	private static final Pattern FORM = Pattern.compile("(?:(\\d{1,4})h)?(?:(\\d{1,5})m)?(?:(\\d{1,6})s)?");

	@Override
	public Duration convert(String text) {
		Matcher parts = FORM.matcher(text);
		if (text.isEmpty() || !parts.matches()) {
			throw new TypeConversionException("'" + text + "' is no duration such as 30s, 5m or 1h30m");
		}
		return Duration.ofHours(number(parts.group(1))).plusMinutes(number(parts.group(2)))
				.plusSeconds(number(parts.group(3)));
	}

	private static long number(String digits) {
		return digits == null ? 0 : Long.parseLong(digits);
	}
}
