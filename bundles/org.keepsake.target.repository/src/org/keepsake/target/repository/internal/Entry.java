// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.target.repository.internal;

import java.time.Instant;

import org.keepsake.core.target.TreeEntry;

/** Something in a folder. */
sealed interface Entry permits FileEntry, FolderEntry, OtherEntry {

	/** Its last path component. */
	String name();

	/** As the SPI tells it. */
	TreeEntry told();

	/** Milliseconds since 1970 as a point in time. */
	static Instant time(long millis) {
		return Instant.ofEpochMilli(millis);
	}

	/** A point in time as milliseconds; one that is out of their range as the nearest. */
	static long millis(Instant time) {
		try {
			return time.toEpochMilli();
		} catch (ArithmeticException e) {
			return time.getEpochSecond() < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
		}
	}
}
