// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.core.target;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Names a snapshot: hexadecimal digits that stay the same wherever and whenever it is listed. Any unique prefix serves
 * a person as well.
 *
 * @param value 16 to 64 lower-case hexadecimal digits
 */
public record SnapshotId(String value) {

	private static final Pattern FORM = Pattern.compile("[0-9a-f]{16,64}");

	/** @throws IllegalArgumentException if it is anything else */
	public SnapshotId {
		value = value.toLowerCase(Locale.ROOT);
		if (!FORM.matcher(value).matches()) {
			throw new IllegalArgumentException("A snapshot's id has 16 to 64 hexadecimal digits");
		}
	}

	/** The first eight digits, as lists show it. */
	public String brief() {
		return value.substring(0, 8);
	}

	@Override
	public String toString() {
		return value;
	}
}
