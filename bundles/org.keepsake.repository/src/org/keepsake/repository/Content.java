// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.repository;

import java.util.List;

/**
 * A file's content as it is stored.
 *
 * @param blobs     its parts in order; none for an empty file
 * @param sizeBytes their length
 */
public record Content(List<BlobId> blobs, long sizeBytes) {

	/** Of an empty file. */
	public static final Content EMPTY = new Content(List.of(), 0);

	/** Copies the list. */
	public Content {
		blobs = List.copyOf(blobs);
	}
}
