// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.repository;

import java.time.Duration;

/**
 * How content is stored.
 *
 * @param compression  how hard
 * @param packSize     bytes from which on a pack is full: 4 to 128 MiB
 * @param uploads      packs that are uploaded at once: 1 to 16; to a disk of this computer, one at a time
 * @param retryLockFor how long to try again while somebody holds the repository for himself
 */
public record SaveOptions(Compression compression, int packSize, int uploads, Duration retryLockFor) {

	/** As restic does by default. */
	public static final SaveOptions DEFAULT = new SaveOptions(Compression.AUTO, 16 << 20, 2, Duration.ZERO);

	/** @throws IllegalArgumentException if a number is out of bounds */
	public SaveOptions {
		if (packSize < 4 << 20 || packSize > 128 << 20 || uploads < 1 || uploads > 16) {
			throw new IllegalArgumentException("A pack has 4 to 128 MiB, and 1 to 16 are uploaded at once");
		}
	}

	/** The same with another compression. */
	public SaveOptions with(Compression other) {
		return new SaveOptions(other, packSize, uploads, retryLockFor);
	}
}
