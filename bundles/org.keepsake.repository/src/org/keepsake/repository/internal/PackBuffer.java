// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.repository.internal;

import java.io.InputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.core.storage.BlobSource;
import org.keepsake.repository.BlobId;
import org.keepsake.repository.BlobType;

/** A pack that is being filled, in pieces of memory that the next pack uses again. For one thread at a time. */
final class PackBuffer implements BlobSource {

	/** A pack with more blobs is full, however small: its header and its index stay small. */
	private static final int MAX_BLOBS = 40_000;
	private static final int PIECE = 1 << 20;

	/** Pieces that no pack uses. */
	static final class Pieces {
		private final ConcurrentLinkedDeque<byte[]> free = new ConcurrentLinkedDeque<>();

		byte[] take() {
			byte @Nullable [] piece = free.pollFirst();
			return piece == null ? new byte[PIECE] : piece;
		}
	}

	private final Pieces pool;
	private final List<byte[]> pieces = new ArrayList<>();
	private final List<PackedBlob> blobs = new ArrayList<>();
	private int size;
	private long headerSize;
	private byte[] digest = new byte[0];

	PackBuffer(Pieces pool) {
		this.pool = pool;
	}

	void add(BlobId id, BlobType type, byte[] sealed, int length, int uncompressed) {
		blobs.add(new PackedBlob(id, type, size, length, uncompressed));
		headerSize += PackHeader.entrySize(uncompressed > 0);
		append(sealed, length);
	}

	boolean isFull(int target) {
		return size + PackHeader.sealedSize(headerSize) >= target || blobs.size() >= MAX_BLOBS;
	}

	private void append(byte[] bytes, int length) {
		for (int done = 0; done < length;) {
			int at = size % PIECE;
			if (at == 0) {
				pieces.add(pool.take());
			}
			int n = Math.min(length - done, PIECE - at);
			System.arraycopy(bytes, done, pieces.getLast(), at, n);
			done += n;
			size += n;
		}
	}

	/** Adds the header; the pack gets its name. */
	BlobId finish(Seal seal, MessageDigest sha) {
		byte[] header = PackHeader.write(blobs, seal);
		append(header, header.length);
		for (int i = 0; i < pieces.size(); i++) {
			byte[] piece = pieces.get(i);
			int length = Math.min(PIECE, size - i * PIECE);
			for (int at = 0; at < length; at += 1 << 16) {
				sha.update(piece, at, Math.min(1 << 16, length - at));
			}
		}
		digest = sha.digest();
		return BlobId.of(digest, 0);
	}

	List<PackedBlob> blobs() {
		return blobs;
	}

	/** Gives the memory back. */
	void release() {
		pool.free.addAll(pieces);
		pieces.clear();
	}

	@Override
	public long sizeBytes() {
		return size;
	}

	@Override
	public byte[] sha256() {
		return digest.clone();
	}

	@Override
	public InputStream open() {
		return new InputStream() {
			private int at;

			@Override
			public int read() {
				return at == size ? -1 : pieces.get(at / PIECE)[at++ % PIECE] & 0xff;
			}

			@Override
			public int read(byte[] bytes, int offset, int length) {
				if (at == size) {
					return length == 0 ? 0 : -1;
				}
				int n = Math.min(length, Math.min(size - at, PIECE - at % PIECE));
				System.arraycopy(pieces.get(at / PIECE), at % PIECE, bytes, offset, n);
				at += n;
				return n;
			}
		};
	}
}
