// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.repository;

import java.util.List;

/**
 * What a repair did, or would do.
 *
 * @param check             what was wrong before
 * @param packsListed       packs that were listed in no index and are now
 * @param packsSalvaged     damaged packs whose readable blobs went to new ones
 * @param blobsSaved        those blobs
 * @param blobsLost         blobs that could not be read
 * @param filesDeleted      files of the repository that were damaged beyond use and are deleted, such as
 *                          {@code snapshots/ab12…}
 * @param snapshotsChanged  ids of the snapshots that were replaced by ones without the files that miss content
 * @param touched           those files, with the snapshot as it was
 */
public record RepairReport(CheckReport check, int packsListed, int packsSalvaged, long blobsSaved, long blobsLost,
		List<String> filesDeleted, List<BlobId> snapshotsChanged, List<CheckReport.Touched> touched) {

	/** Copies the lists. */
	public RepairReport {
		filesDeleted = List.copyOf(filesDeleted);
		snapshotsChanged = List.copyOf(snapshotsChanged);
		touched = List.copyOf(touched);
	}
}
