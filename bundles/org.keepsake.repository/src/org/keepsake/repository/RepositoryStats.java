// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.repository;

import java.util.Map;

/**
 * How much is stored.
 *
 * @param snapshots   how many
 * @param packs       packs that are stored
 * @param storedBytes their bytes
 * @param blobs       different blobs that snapshots need
 * @param blobBytes   their bytes before compression
 * @param usedBytes   their bytes as stored
 * @param freed       per snapshot, bytes as stored that only it needs
 */
public record RepositoryStats(int snapshots, int packs, long storedBytes, long blobs, long blobBytes, long usedBytes,
		Map<BlobId, Long> freed) {

	/** Copies the map. */
	public RepositoryStats {
		freed = Map.copyOf(freed);
	}
}
