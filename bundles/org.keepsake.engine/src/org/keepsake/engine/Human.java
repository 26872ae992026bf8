// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.engine;

import java.math.RoundingMode;
import java.text.NumberFormat;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.Locale;

import org.eclipse.jdt.annotation.Nullable;

/** Amounts, times and foreign texts as a person reads them, in the person's own language and time zone. */
public final class Human {

	private static final String[] UNITS = { "KB", "MB", "GB", "TB", "PB", "EB" };

	private Human() {
	}

	/** Bytes in decimal units, as Apple's programs tell them: {@code 512 bytes}, {@code 1.5 GB}. */
	public static String bytes(long bytes) {
		if (bytes < 0) {
			return "unknown";
		}
		if (bytes < 1000) {
			return bytes + (bytes == 1 ? " byte" : " bytes");
		}
		double value = bytes;
		int unit = -1;
		while (value >= 999.5 && unit < UNITS.length - 1) {
			value /= 1000;
			unit++;
		}
		NumberFormat format = NumberFormat.getNumberInstance(Locale.getDefault(Locale.Category.FORMAT));
		format.setMaximumFractionDigits(value >= 99.95 ? 0 : 1);
		format.setRoundingMode(RoundingMode.HALF_UP);
		return format.format(value) + ' ' + UNITS[unit];
	}

	/** Bytes, or a dash where they are unknown. */
	public static String bytes(@Nullable Long bytes) {
		return bytes == null ? "–" : bytes(bytes.longValue());
	}

	/** A number with the separators of the person's language. */
	public static String number(long number) {
		return NumberFormat.getIntegerInstance(Locale.getDefault(Locale.Category.FORMAT)).format(number);
	}

	/** {@code 1 file}, {@code 1,234 files}. */
	public static String files(long number) {
		return number(number) + (number == 1 ? " file" : " files");
	}

	/** {@code 45 s}, {@code 1 min 20 s}, {@code 2 h 5 min}. */
	public static String duration(Duration duration) {
		long seconds = Math.max(0, duration.toSeconds());
		if (seconds < 60) {
			return seconds + " s";
		}
		if (seconds < 3600) {
			return seconds / 60 + " min" + (seconds % 60 == 0 ? "" : " " + seconds % 60 + " s");
		}
		long minutes = seconds % 3600 / 60;
		return seconds / 3600 + " h" + (minutes == 0 ? "" : " " + minutes + " min");
	}

	/** A short duration with tenths of a second: {@code 3.4 s}; a long one as {@link #duration}. */
	public static String exactDuration(Duration duration) {
		if (duration.toSeconds() >= 60) {
			return duration(duration);
		}
		return String.format("%.1f s", Double.valueOf(duration.toMillis() / 1000.0));
	}

	/** Date and time where the person is, or a dash. */
	public static String date(@Nullable Instant instant, ZoneId zone) {
		if (instant == null) {
			return "–";
		}
		return DateTimeFormatter.ofLocalizedDateTime(FormatStyle.MEDIUM, FormatStyle.SHORT)
				.withLocale(Locale.getDefault(Locale.Category.FORMAT)).format(instant.atZone(zone))
				.replace('\u202f', ' ').replace('\u00a0', ' ');
	}

	/** {@code yes}, {@code no}, or a dash where it is unknown. */
	public static String yesNo(@Nullable Boolean truth) {
		return truth == null ? "–" : truth.booleanValue() ? "yes" : "no";
	}

	/** The text, or a dash where there is none. */
	public static String orDash(@Nullable Object value) {
		String text = value == null ? "" : printable(value.toString());
		return text.isBlank() ? "–" : text;
	}

	/**
	 * A text that came from a device, a backup or a file, made safe to print: characters that would steer the terminal
	 * or turn the direction of writing are replaced.
	 */
	public static String printable(String text) {
		StringBuilder safe = new StringBuilder(text.length());
		text.codePoints().forEach(c -> {
			int type = Character.getType(c);
			boolean steers = type == Character.CONTROL || type == Character.SURROGATE
					|| type == Character.LINE_SEPARATOR || type == Character.PARAGRAPH_SEPARATOR
					|| c >= 0x202A && c <= 0x202E || c >= 0x2066 && c <= 0x2069;
			safe.appendCodePoint(steers ? 0xFFFD : c);
		});
		return safe.toString();
	}
}
