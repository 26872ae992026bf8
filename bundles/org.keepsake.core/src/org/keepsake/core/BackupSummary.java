// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.core;

import java.time.Instant;

import org.eclipse.jdt.annotation.Nullable;

/**
 * What a backup says of itself without its password.
 *
 * @param udid        the device it was made of
 * @param deviceName  the name the person gave the device; empty where the backup does not say
 * @param productType such as {@code iPhone15,2}; empty where unknown
 * @param iosVersion  the device's system when it was made; null where unknown
 * @param finishedAt  when it was made; null for one that never was finished
 * @param sizeBytes   bytes of all its files as stored
 * @param files       how many files are stored
 * @param encrypted   whether a password protects it
 * @param complete    whether it can be restored: the device said it is finished, and its index is there
 */
public record BackupSummary(Udid udid, String deviceName, String productType, @Nullable IosVersion iosVersion,
		@Nullable Instant finishedAt, long sizeBytes, long files, boolean encrypted, boolean complete) {
}
