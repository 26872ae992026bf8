// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.target.repository.internal;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;

/** Content in pieces of the same size, for reading. Thread-safe. */
final class PieceChannel implements SeekableByteChannel {

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
	private long position;
	private boolean closed;

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
	public synchronized int read(ByteBuffer to) throws IOException {
		requireOpen();
		if (!to.hasRemaining()) {
			return 0;
		}
		if (position >= size) {
			return -1;
		}
		long wanted = position / source.pieceSize();
		if (wanted != number) {
			piece = source.piece(wanted);
			number = wanted;
		}
		int from = (int) (position - wanted * source.pieceSize());
		int n = Math.min(to.remaining(), piece.length - from);
		to.put(piece, from, n);
		position += n;
		return n;
	}

	@Override
	public synchronized long position() throws ClosedChannelException {
		requireOpen();
		return position;
	}

	@Override
	public synchronized SeekableByteChannel position(long newPosition) throws ClosedChannelException {
		requireOpen();
		if (newPosition < 0) {
			throw new IllegalArgumentException("A position is 0 or more");
		}
		position = newPosition;
		return this;
	}

	private void requireOpen() throws ClosedChannelException {
		if (closed) {
			throw new ClosedChannelException();
		}
	}

	@Override
	public long size() {
		return size;
	}

	@Override
	public int write(ByteBuffer from) {
		throw new NonWritableChannelException();
	}

	@Override
	public SeekableByteChannel truncate(long newSize) {
		throw new NonWritableChannelException();
	}

	@Override
	public synchronized boolean isOpen() {
		return !closed;
	}

	@Override
	public synchronized void close() throws IOException {
		closed = true;
		held.close();
	}
}
