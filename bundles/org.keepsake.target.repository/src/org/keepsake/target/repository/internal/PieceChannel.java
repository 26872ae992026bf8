// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.target.repository.internal;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;

import org.keepsake.core.target.ReadingChannel;

/** Content in pieces of the same size, for reading. Thread-safe. */
final class PieceChannel extends ReadingChannel {

	/** Gives the pieces. */
	interface Source {
		/** The content of a piece. */
		byte[] piece(long number) throws IOException;

		/** How many bytes each but the last has. */
		int pieceSize();
	}

	private final Closeable held;
	private final long size;
	private final Source source;
	private byte[] piece = {};
	private long number = -1;

	/** @param held closed with this */
	PieceChannel(Closeable held, long size, Source source) {
		this.held = held;
		this.size = size;
		this.source = source;
	}

	/** Bytes in memory. @param bytes not copied */
	static PieceChannel of(byte[] bytes) {
		return new PieceChannel(() -> {
		}, bytes.length, new Source() {
			@Override
			public byte[] piece(long number) {
				return bytes;
			}

			@Override
			public int pieceSize() {
				return Math.max(1, bytes.length);
			}
		});
	}

	@Override
	protected long length() {
		return size;
	}

	@Override
	protected void read(long at, ByteBuffer to) throws IOException {
		long wanted = at / source.pieceSize();
		if (wanted != number) {
			piece = source.piece(wanted);
			number = wanted;
		}
		int from = (int) (at - wanted * source.pieceSize());
		to.put(piece, from, Math.min(to.remaining(), piece.length - from));
	}

	@Override
	protected void release() throws IOException {
		held.close();
	}
}
