// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.repository;

import java.time.Duration;

/**
 * What a prune does.
 *
 * @param dryRun           only tells what it would do
 * @param maxUnusedPercent how much of what is stored may be unused afterwards, so that little is written anew: 0 to 100
 * @param repackSmall      whether many small packs become few large ones
 * @param packSize         bytes from which on a pack is full
 * @param retryLockFor     how long to try again while others work on the repository
 */
public record PruneOptions(boolean dryRun, int maxUnusedPercent, boolean repackSmall, int packSize,
		Duration retryLockFor) {

	/** As restic does by default. */
	public static final PruneOptions DEFAULT = new PruneOptions(false, 5, true, 16 << 20, Duration.ZERO);

	/** @throws IllegalArgumentException if a number is out of bounds */
	public PruneOptions {
		if (maxUnusedPercent < 0 || maxUnusedPercent > 100 || packSize < 4 << 20 || packSize > 128 << 20) {
			throw new IllegalArgumentException("0 to 100 percent may be unused; a pack has 4 to 128 MiB");
		}
	}

	/** The same, but only telling. */
	public PruneOptions dry() {
		return new PruneOptions(true, maxUnusedPercent, repackSmall, packSize, retryLockFor);
	}

	/** The same with another limit. */
	public PruneOptions withMaxUnused(int percent) {
		return new PruneOptions(dryRun, percent, repackSmall, packSize, retryLockFor);
	}
}
