// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0

package org.keepsake.engine.internal;

import java.text.MessageFormat;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.Locale;
import java.util.ResourceBundle;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.engine.Human;

/** The engine's sentences: {@code messages.properties} beside this class, and how sizes and times are told. */
public final class Texts {

	private Texts() {
	}

	/** The sentence under the key, its placeholders filled. */
	public static String of(String key, @Nullable Object... arguments) {
		return new MessageFormat(bundle().getString(key), Locale.getDefault()).format(arguments);
	}

	/** Whether there is such a sentence. */
	public static boolean has(String key) {
		return bundle().containsKey(key);
	}

	/** Bytes in decimal units, as Finder and the device's own settings count: {@code 1.5 GB}. */
	public static String size(long bytes) {
		return Human.bytes(Math.max(bytes, 0));
	}

	/** Date and time in this computer's zone. */
	public static String date(Instant instant) {
		return DateTimeFormatter.ofLocalizedDateTime(FormatStyle.MEDIUM, FormatStyle.SHORT)
				.withLocale(Locale.getDefault()).withZone(ZoneId.systemDefault()).format(instant);
	}

	/** How long ago, roughly, for a sentence that ends in it. */
	public static String age(Duration age) {
		if (age.toDays() >= 2) {
			return of("age.days", String.valueOf(age.toDays()));
		}
		if (age.toHours() >= 2) {
			return of("age.hours", String.valueOf(age.toHours()));
		}
		if (age.toMinutes() >= 5) {
			return of("age.minutes", String.valueOf(age.toMinutes()));
		}
		return of("age.now");
	}

	private static ResourceBundle bundle() {
		return ResourceBundle.getBundle("org.keepsake.engine.internal.messages", Locale.getDefault(),
				Texts.class.getClassLoader());
	}
}
