// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.repository;

import java.time.Duration;

/**
 * How far a check goes.
 *
 * @param part         which part of the packs is read, from 1 on; 0 to read none
 * @param parts        of how many parts, so that several runs together read all
 * @param retryLockFor how long to try again while somebody holds the repository for himself
 */
public record CheckOptions(int part, int parts, Duration retryLockFor) {

	/** Lists, sizes, folders, and that all content is there; reads no data. */
	public static final CheckOptions STRUCTURE = new CheckOptions(0, 1, Duration.ZERO);
	/** Reads and proves every byte as well. */
	public static final CheckOptions READ_DATA = new CheckOptions(1, 1, Duration.ZERO);

	/** @throws IllegalArgumentException if there is no such part */
	public CheckOptions {
		if (parts < 1 || parts > 256 || part < 0 || part > parts) {
			throw new IllegalArgumentException("A part is between 1 and the number of parts, which is at most 256");
		}
	}

	/** Reads one of several parts of the packs. */
	public static CheckOptions subset(int part, int parts) {
		return new CheckOptions(part, parts, Duration.ZERO);
	}

	/** Whether a pack is among those to be read. */
	public boolean reads(BlobId pack) {
		return part > 0 && (pack.word(0) >>> 56) % parts == part - 1;
	}
}
