// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.target.repository.internal;

import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;

/** Bytes in memory, for reading. Thread-safe. */
final class BytesChannel implements SeekableByteChannel {

	private final byte[] bytes;
	private long position;
	private boolean closed;

	/** @param bytes not copied */
	BytesChannel(byte[] bytes) {
		this.bytes = bytes;
	}

	@Override
	public synchronized int read(ByteBuffer to) throws ClosedChannelException {
		requireOpen();
		if (!to.hasRemaining()) {
			return 0;
		}
		if (position >= bytes.length) {
			return -1;
		}
		int n = Math.min(to.remaining(), bytes.length - (int) position);
		to.put(bytes, (int) position, n);
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
		return bytes.length;
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
	public synchronized void close() {
		closed = true;
	}
}
