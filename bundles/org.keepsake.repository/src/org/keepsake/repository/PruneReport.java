// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.repository;

/**
 * What a prune did, or would do.
 *
 * @param packsBefore     packs that were stored
 * @param bytesBefore     their bytes
 * @param packsDeleted    packs that nobody needed, among them those that no index listed
 * @param packsRepacked   packs of which the needed blobs went to new ones
 * @param bytesRepacked   bytes of those blobs
 * @param bytesFreed      bytes that are stored no longer
 * @param bytesStillUnused bytes of blobs that nobody needs but that stay
 */
public record PruneReport(long packsBefore, long bytesBefore, long packsDeleted, long packsRepacked, long bytesRepacked,
		long bytesFreed, long bytesStillUnused) {
}
