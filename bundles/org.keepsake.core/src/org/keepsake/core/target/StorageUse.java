// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.core.target;

import java.util.Map;

import org.eclipse.jdt.annotation.Nullable;

/**
 * What is stored in a target whose versions share what they have in common.
 *
 * @param storedBytes bytes that all of it takes
 * @param quotaBytes  bytes that it may take; null without a limit of its own
 * @param freedBytes  per version, bytes that deleting it alone would free
 */
public record StorageUse(long storedBytes, @Nullable Long quotaBytes, Map<SnapshotId, Long> freedBytes) {

	/** Copies the map. */
	public StorageUse {
		freedBytes = Map.copyOf(freedBytes);
	}
}
