// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.repository.internal;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.repository.BlobId;
import org.keepsake.repository.BlobType;

/**
 * The list of blobs at the end of a pack. Source: restic/restic doc/design.rst, "Pack Format". Per blob: type (1 byte),
 * length of the sealed blob (4), for types 2 and 3 the length before compression (4), SHA-256 of the content (32);
 * lengths are little-endian. Behind the sealed header stands its length (4).
 */
final class PackHeader {

	/** Bytes behind the sealed header. */
	static final int LENGTH_FIELD = 4;
	/** A header is never longer. */
	static final int MAX = 16 << 20;

	private static final int PLAIN_ENTRY = 37;
	private static final int COMPRESSED_ENTRY = 41;

	private PackHeader() {
	}

	/** Bytes that a blob adds to the header. */
	static int entrySize(boolean compressed) {
		return compressed ? COMPRESSED_ENTRY : PLAIN_ENTRY;
	}

	/** Bytes of the sealed header with its length field. */
	static long sealedSize(long entriesSize) {
		return entriesSize + Seal.OVERHEAD + LENGTH_FIELD;
	}

	/** The sealed header with its length field. */
	static byte[] write(List<PackedBlob> blobs, Seal seal) {
		int size = 0;
		for (PackedBlob blob : blobs) {
			size += entrySize(blob.uncompressed() > 0);
		}
		byte[] bytes = new byte[size + Seal.OVERHEAD + LENGTH_FIELD];
		ByteBuffer out = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).position(Seal.BEFORE);
		for (PackedBlob blob : blobs) {
			boolean compressed = blob.uncompressed() > 0;
			out.put((byte) (blob.type().ordinal() + (compressed ? 2 : 0))).putInt(blob.length());
			if (compressed) {
				out.putInt(blob.uncompressed());
			}
			blob.id().put(bytes, out.position());
			out.position(out.position() + BlobId.BYTES);
		}
		int sealed = seal.seal(bytes, Seal.BEFORE, size, bytes);
		out.position(sealed).putInt(sealed);
		return bytes;
	}

	/**
	 * The blobs of a pack.
	 *
	 * @param sealed     the sealed header without its length field; used up
	 * @param blobsBytes bytes of the pack before the header: blobs fill them
	 * @return null if the header is damaged
	 */
	static @Nullable List<PackedBlob> read(byte[] sealed, Seal seal, long blobsBytes) {
		if (!seal.open(sealed, 0, sealed.length, sealed, 0)) {
			return null;
		}
		ByteBuffer in = ByteBuffer.wrap(sealed, 0, sealed.length - Seal.OVERHEAD).order(ByteOrder.LITTLE_ENDIAN);
		List<PackedBlob> blobs = new ArrayList<>();
		long offset = 0;
		while (in.remaining() >= PLAIN_ENTRY) {
			int type = in.get();
			int length = in.getInt();
			if (type < 0 || type > 3 || type > 1 && in.remaining() < BlobId.BYTES + 4) {
				return null;
			}
			int uncompressed = type > 1 ? in.getInt() : 0;
			BlobId id = BlobId.of(sealed, in.position());
			in.position(in.position() + BlobId.BYTES);
			PackedBlob blob = new PackedBlob(id, (type & 1) == 0 ? BlobType.DATA : BlobType.TREE, (int) offset, length,
					uncompressed);
			offset += length;
			if (!blob.isPossible() || offset > blobsBytes) {
				return null;
			}
			blobs.add(blob);
		}
		return in.hasRemaining() || offset != blobsBytes ? null : blobs;
	}
}
