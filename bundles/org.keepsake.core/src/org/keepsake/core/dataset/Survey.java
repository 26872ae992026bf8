// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.core.dataset;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.eclipse.jdt.annotation.Nullable;

/**
 * What a data set found at first sight.
 *
 * @param presence whether there is anything
 * @param count    how many records {@link DataSet#read} gives without any restriction
 * @param parts    the same by kind, for a person: {@code {"sent": 12, "received": 30}}; empty if there is one kind
 * @param first    the oldest record's date; null if none has one
 * @param last     the newest record's date; null if none has one
 * @param remarks  what a person should know, such as that photos are in iCloud only, or why it is absent or unreadable
 */
public record Survey(Presence presence, long count, Map<String, Long> parts, @Nullable Instant first,
		@Nullable Instant last, List<String> remarks) {

	/** Whether a backup has the data. */
	public enum Presence {
		/** It has, be it no record at all. */
		PRESENT,
		/** It has not. */
		ABSENT,
		/** It has, but they cannot be read. */
		UNREADABLE
	}

	/** Nothing is there. @param why told to a person; empty if there is nothing to tell */
	public static Survey absent(String why) {
		return new Survey(Presence.ABSENT, 0, Map.of(), null, null, why.isEmpty() ? List.of() : List.of(why));
	}

	/** It is there, but cannot be read. @param why told to a person */
	public static Survey unreadable(String why) {
		return new Survey(Presence.UNREADABLE, 0, Map.of(), null, null, List.of(why));
	}

	/** It is there. */
	public static Survey present(long count, @Nullable Instant first, @Nullable Instant last) {
		return new Survey(Presence.PRESENT, count, Map.of(), first, last, List.of());
	}

	/** The same with its parts. */
	public Survey withParts(Map<String, Long> kinds) {
		return new Survey(presence, count, kinds, first, last, remarks);
	}

	/** The same with its remarks. */
	public Survey withRemarks(List<String> told) {
		return new Survey(presence, count, parts, first, last, told);
	}
}
