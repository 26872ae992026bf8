// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.repository;

import java.time.Duration;

/**
 * What a repair does.
 *
 * @param dryRun       only tells what it would do
 * @param readData     whether every byte is read to find damage; otherwise only what a check of the structure finds
 * @param retryLockFor how long to try again while others work on the repository
 */
public record RepairOptions(boolean dryRun, boolean readData, Duration retryLockFor) {

	/** Reads everything and mends. */
	public static final RepairOptions DEFAULT = new RepairOptions(false, true, Duration.ZERO);
}
