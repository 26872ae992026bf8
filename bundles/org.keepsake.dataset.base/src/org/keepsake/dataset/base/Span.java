// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.dataset.base;

import java.io.IOException;
import java.time.Instant;
import java.util.List;

import org.eclipse.jdt.annotation.Nullable;

/** The oldest and the newest of the moments it was shown: what a survey tells. For one thread. */
public final class Span {

	private @Nullable Instant first;
	private @Nullable Instant last;

	/** Takes a moment into account; null is none. */
	public void include(@Nullable Instant moment) {
		if (moment == null) {
			return;
		}
		Instant oldest = first;
		Instant newest = last;
		if (oldest == null || moment.isBefore(oldest)) {
			first = moment;
		}
		if (newest == null || moment.isAfter(newest)) {
			last = moment;
		}
	}

	/**
	 * Takes the least and the greatest value of a column of Cocoa's time into account; zero is none.
	 *
	 * @param from what follows FROM; must not contain what came from the backup
	 */
	public void includeCocoa(Tables tables, String column, String from) throws IOException {
		String value = "NULLIF(" + column + ", 0)";
		tables.query("SELECT MIN(" + value + ") AS low, MAX(" + value + ") AS high FROM " + from, List.of(),
				row -> {
					include(row.cocoa("low"));
					include(row.cocoa("high"));
					return false;
				});
	}

	/** The oldest; null if there was none. */
	public @Nullable Instant first() {
		return first;
	}

	/** The newest; null if there was none. */
	public @Nullable Instant last() {
		return last;
	}
}
