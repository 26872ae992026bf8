// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.cli.internal.command;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads an amount of bytes such as {@code 4096}, {@code 1.5GB} (decimal) or {@code 4GiB} (binary). */
public final class ByteCountConverter implements ITypeConverter<Long> {

	private static final Pattern FORM = Pattern.compile("(\\d+(?:\\.\\d+)?)\\s*([kmgt]?)(i?)b?");

	@Override
	public Long convert(String text) {
		Matcher parts = FORM.matcher(text.strip().toLowerCase(Locale.ROOT));
		if (!parts.matches() || parts.group(2).isEmpty() && !parts.group(3).isEmpty()) {
			throw new TypeConversionException("'" + text + "' is no amount of bytes, such as 4096, 1.5GB or 4GiB");
		}
		int power = parts.group(2).isEmpty() ? 0 : "kmgt".indexOf(parts.group(2)) + 1;
		BigDecimal unit = BigDecimal.valueOf(parts.group(3).isEmpty() ? 1000 : 1024).pow(power);
		try {
			return new BigDecimal(parts.group(1)).multiply(unit).setScale(0, RoundingMode.DOWN).longValueExact();
		} catch (ArithmeticException e) {
			throw new TypeConversionException("'" + text + "' is more than can be counted");
		}
	}
}
