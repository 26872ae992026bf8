// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.repository;

import java.time.Instant;

/**
 * What a snapshot's making says of itself, as restic 0.17 and later write it. Figures of others may be missing: 0.
 *
 * @param started          when it began
 * @param ended            when it ended
 * @param filesNew         files that the parent did not have
 * @param filesChanged     files that the parent had otherwise
 * @param filesUnmodified  files as the parent had them
 * @param dataBlobs        new blobs of data
 * @param treeBlobs        new blobs of folders
 * @param bytesAdded       their bytes before compression
 * @param bytesAddedPacked their bytes as stored
 * @param totalFiles       files of the snapshot
 * @param totalBytes       their bytes
 */
public record SnapshotSummary(Instant started, Instant ended, long filesNew, long filesChanged, long filesUnmodified,
		long dataBlobs, long treeBlobs, long bytesAdded, long bytesAddedPacked, long totalFiles, long totalBytes) {
}
