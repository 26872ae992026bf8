// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ui.internal.inside;

import java.text.NumberFormat;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.engine.Human;
import org.keepsake.ui.internal.inside.Entry.Symbol;

/** Values of records as a person reads them. */
public final class ValueText {

	private ValueText() {
	}

	/** The name of a component for a person: {@code senderAddress} is {@code Sender address}. */
	public static String name(String component) {
		StringBuilder words = new StringBuilder();
		for (int i = 0; i < component.length(); i++) {
			char c = component.charAt(i);
			if (i == 0) {
				words.append(Character.toUpperCase(c));
			} else if (Character.isUpperCase(c)) {
				words.append(' ').append(Character.toLowerCase(c));
			} else {
				words.append(c);
			}
		}
		return words.toString();
	}

	/** A value in one line; empty if there is nothing. @param name of its component */
	public static String line(String name, @Nullable Object value, ZoneId zone) {
		return switch (value) {
			case null -> "";
			case Iterable<?> elements -> {
				StringJoiner joined = new StringJoiner("; ");
				for (Object element : elements) {
					String text = line(name, element, zone);
					if (!text.isEmpty()) {
						joined.add(text);
					}
				}
				yield joined.toString();
			}
			case Map<?, ?> map -> {
				List<String> parts = new ArrayList<>();
				map.forEach((part, inner) -> {
					String text = line(String.valueOf(part), inner, zone);
					if (!text.isEmpty()) {
						parts.add(text);
					}
				});
				yield String.join(parts.size() == 2 ? ": " : ", ", parts);
			}
			default -> oneLine(single(name, value, zone));
		};
	}

	/** A single value; a text keeps its lines. */
	public static String single(String name, Object value, ZoneId zone) {
		return switch (value) {
			case Instant instant -> Human.date(instant, zone);
			case Duration duration -> duration(duration);
			case LocalDate day -> DateTimeFormatter.ofLocalizedDate(FormatStyle.MEDIUM)
					.withLocale(Locale.getDefault(Locale.Category.FORMAT)).format(day);
			case Boolean truth -> Human.yesNo(truth);
			case Symbol one -> words(one.name());
			case Enum<?> one -> words(one.name());
			case byte[] bytes -> bytes.length == 0 ? "" : Human.bytes(bytes.length);
			case Long number -> isBytes(name) ? Human.bytes(number.longValue()) : Human.number(number.longValue());
			case Double number -> real(number.doubleValue());
			default -> lines(value.toString());
		};
	}

	private static boolean isBytes(String name) {
		return name.equals("bytes") || name.endsWith("Bytes");
	}

	private static String real(double number) {
		if (!Double.isFinite(number)) {
			return "";
		}
		NumberFormat format = NumberFormat.getNumberInstance(Locale.getDefault(Locale.Category.FORMAT));
		format.setMaximumFractionDigits(6);
		return format.format(number);
	}

	private static String duration(Duration duration) {
		if (duration.isNegative()) {
			return "";
		}
		return duration.toHours() > 0
				? "%d:%02d:%02d".formatted(Long.valueOf(duration.toHours()), Integer.valueOf(duration.toMinutesPart()),
						Integer.valueOf(duration.toSecondsPart()))
				: "%d:%02d".formatted(Long.valueOf(duration.toMinutes()), Integer.valueOf(duration.toSecondsPart()));
	}

	private static String words(String symbol) {
		String words = symbol.replace('_', ' ').toLowerCase(Locale.ROOT);
		return words.isEmpty() ? "" : Character.toUpperCase(words.charAt(0)) + words.substring(1);
	}

	/** A foreign text in one line, without characters that turn the direction of writing. */
	public static String oneLine(String text) {
		return Human.printable(text.replaceAll("\\s+", " ").strip());
	}

	/** A foreign text with its lines. */
	public static String lines(String text) {
		return String.join("\n", text.lines().map(line -> Human.printable(line.replace('\t', ' '))).toList());
	}
}
