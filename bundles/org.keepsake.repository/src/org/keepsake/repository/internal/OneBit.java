// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.repository.internal;

import java.security.MessageDigest;
import java.util.function.Predicate;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.repository.BlobId;

/**
 * Finds the one bit that was flipped in a small file whose digest, or seal, is known: each is tried. Keys, config and
 * snapshots are a few hundred bytes each, and without them all the rest is of no use.
 */
final class OneBit {

	/** Larger files are not tried: the cost grows with the square of their length. */
	private static final int MOST = 8 << 10;

	private OneBit() {
	}

	/** The file as it was, by its digest; null if more than a bit differs. */
	static byte @Nullable [] mend(byte[] bytes, BlobId id) {
		MessageDigest sha = Vault.sha256();
		return mend(bytes, copy -> BlobId.of(sha.digest(copy), 0).equals(id));
	}

	/** @param right says of a copy with one other bit whether it is the file as it was; does not change it */
	static byte @Nullable [] mend(byte[] bytes, Predicate<byte[]> right) {
		if (bytes.length > MOST) {
			return null;
		}
		byte[] copy = bytes.clone();
		for (int bit = 0; bit < copy.length * 8; bit++) {
			copy[bit / 8] ^= (byte) (1 << bit % 8);
			if (right.test(copy)) {
				return copy;
			}
			copy[bit / 8] ^= (byte) (1 << bit % 8);
		}
		return null;
	}
}
