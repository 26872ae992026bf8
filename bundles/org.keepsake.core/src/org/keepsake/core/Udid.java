// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.core;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The identifier of a device: 40 hexadecimal digits (up to iPhone X), or 8 and 16 of them joined by a dash (A12 and
 * later). The USB bus spells the second form without its dash; such a name gets it here, so that both spellings are
 * equal. Otherwise the device's own spelling is kept, because the device insists on it.
 *
 * <p>
 * {@link #toString()} shortens, so that a log does not identify a device; use {@link #value()} for the whole.
 *
 * @param value the identifier as the device spells it, 1 to 64 letters, digits and dashes
 */
public record Udid(String value) implements Comparable<Udid> {

	private static final Pattern FORM = Pattern.compile("[A-Za-z0-9](?:[A-Za-z0-9-]{0,62}[A-Za-z0-9])?");
	private static final Pattern UNDASHED = Pattern.compile("[0-9A-Fa-f]{24}");

	/** @throws IllegalArgumentException if the text is no identifier, and so unfit to name a folder */
	public Udid {
		if (UNDASHED.matcher(value).matches()) {
			value = value.substring(0, 8) + '-' + value.substring(8);
		}
		if (!FORM.matcher(value).matches()) {
			throw new IllegalArgumentException("A device identifier has 1 to 64 letters, digits and dashes");
		}
	}

	/** Whether the text has the form of a device identifier. */
	public static boolean isValid(String text) {
		return FORM.matcher(text).matches();
	}

	@Override
	public boolean equals(@org.eclipse.jdt.annotation.Nullable Object other) {
		return other instanceof Udid udid && udid.value.equalsIgnoreCase(value);
	}

	@Override
	public int hashCode() {
		return value.toLowerCase(Locale.ROOT).hashCode();
	}

	@Override
	public int compareTo(Udid other) {
		return value.compareToIgnoreCase(other.value);
	}

	@Override
	public String toString() {
		return value.length() <= 8 ? value : value.substring(0, 8) + '…';
	}
}
