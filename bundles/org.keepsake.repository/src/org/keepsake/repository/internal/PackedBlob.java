// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.repository.internal;

import org.keepsake.repository.BlobId;
import org.keepsake.repository.BlobType;

/**
 * Where a blob lies in its pack.
 *
 * @param length       bytes of the sealed blob
 * @param uncompressed bytes before compression, or 0 if it is not compressed
 */
record PackedBlob(BlobId id, BlobType type, int offset, int length, int uncompressed) {

	/** A data blob is never larger than this, whoever wrote it; a hostile length takes no memory. */
	static final int MAX_DATA = 128 << 20;
	/** A folder's. */
	static final int MAX_TREE = 1 << 30;

	/** Whether the lengths are possible. */
	boolean isPossible() {
		int most = type == BlobType.DATA ? MAX_DATA : MAX_TREE;
		return offset >= 0 && length >= Seal.OVERHEAD && length <= most && uncompressed >= 0 && uncompressed <= most
				&& (long) offset + length <= Integer.MAX_VALUE;
	}

	/** Bytes of the content. */
	int plainLength() {
		return uncompressed > 0 ? uncompressed : length - Seal.OVERHEAD;
	}
}
