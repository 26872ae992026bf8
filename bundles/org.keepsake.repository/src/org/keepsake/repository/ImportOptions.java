// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.repository;

import java.time.Instant;
import java.util.List;

import org.eclipse.jdt.annotation.Nullable;

/**
 * How a folder becomes a snapshot.
 *
 * @param tags words to find it by
 * @param host the computer's name; null for this one's
 * @param time when the content was as it is; null for now
 * @param save how content is stored
 */
public record ImportOptions(List<String> tags, @Nullable String host, @Nullable Instant time, SaveOptions save) {

	/** Without tags, of this computer, of now. */
	public static final ImportOptions DEFAULT = new ImportOptions(List.of(), null, null, SaveOptions.DEFAULT);

	/** Copies the list. */
	public ImportOptions {
		tags = List.copyOf(tags);
	}

	/** The same, stored otherwise. */
	public ImportOptions with(SaveOptions other) {
		return new ImportOptions(tags, host, time, other);
	}
}
