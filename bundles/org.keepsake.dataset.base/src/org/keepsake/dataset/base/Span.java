// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.dataset.base;

import java.io.IOException;
import java.time.Instant;

import org.eclipse.jdt.annotation.Nullable;

/** The oldest and the newest of the moments it was shown: what a survey tells. For one thread. */
public final class Span {

	private DateRange range = DateRange.NONE;

	/** Takes a moment into account; null is none. */
	public void include(@Nullable Instant moment) {
		range = range.with(moment);
	}

	/** Takes a column of Cocoa's time into account, see {@link DateRange#cocoa}. */
	public void includeCocoa(Tables tables, String column, String from) throws IOException {
		range = range.with(DateRange.cocoa(tables, column, from));
	}

	/** The oldest; null if there was none. */
	public @Nullable Instant first() {
		return range.first();
	}

	/** The newest; null if there was none. */
	public @Nullable Instant last() {
		return range.last();
	}
}
