// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.repository;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;

import org.eclipse.jdt.annotation.Nullable;

/**
 * A snapshot in a repository, whoever wrote it. Immutable. Source: restic/restic doc/design.rst, "Snapshots".
 *
 * @param id       names it
 * @param time     when its content was as it is
 * @param offset   of the clock from UTC where and when it was made
 * @param tree     the root folder
 * @param paths    what was backed up
 * @param host     the computer's name, or empty
 * @param user     the user's name, or empty
 * @param tags     words to find it by
 * @param parent   the snapshot it continues, or null
 * @param original its first version, if its tags were changed or it was copied; else null
 * @param program  what wrote it, or empty
 * @param summary  what its making says; null for nothing
 */
public record SnapshotRecord(BlobId id, Instant time, ZoneOffset offset, BlobId tree, List<String> paths, String host,
		String user, List<String> tags, @Nullable BlobId parent, @Nullable BlobId original, String program,
		@Nullable SnapshotSummary summary) {

	/** Copies the lists. */
	public SnapshotRecord {
		paths = List.copyOf(paths);
		tags = List.copyOf(tags);
	}

	/** What the clock showed where it was made. */
	public OffsetDateTime localTime() {
		return time.atOffset(offset);
	}

	/** The first eight digits of the id, as lists show it. */
	public String brief() {
		return id.brief();
	}
}
