// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.repository;

import java.time.Instant;
import java.util.List;

import org.eclipse.jdt.annotation.Nullable;

/**
 * A snapshot that is to be saved. Immutable.
 *
 * @param time     when its content was as it is
 * @param tree     the root folder
 * @param paths    what was backed up, for a person and for grouping; absolute, with slashes
 * @param host     the computer's name
 * @param user     the user's name, or empty
 * @param tags     words to find it by
 * @param parent   the snapshot it continues, or null
 * @param original the first version of a snapshot whose tags were changed, or that was copied; else null
 * @param summary  what its making says; null for nothing
 */
public record SnapshotDraft(Instant time, BlobId tree, List<String> paths, String host, String user, List<String> tags,
		@Nullable BlobId parent, @Nullable BlobId original, @Nullable SnapshotSummary summary) {

	/** Copies the lists. */
	public SnapshotDraft {
		paths = List.copyOf(paths);
		tags = List.copyOf(tags);
	}
}
