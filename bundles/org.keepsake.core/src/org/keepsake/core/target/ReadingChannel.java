// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.core.target;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;

/**
 * The frame of a channel for reading at any position, for those who implement {@link BackupTree#open}: keeps the
 * position, refuses to write, and knows when it is closed. A subclass reads. Thread-safe: its methods are called one at a
 * time.
 */
public abstract class ReadingChannel implements SeekableByteChannel {

	private long position;
	private boolean closed;

	/** At the beginning. */
	protected ReadingChannel() {
	}

	/** How many bytes there are. */
	protected abstract long length() throws IOException;

	/**
	 * Reads some bytes: none only if the content ends earlier than it said, which is its end then.
	 *
	 * @param at below {@link #length}
	 * @param to has room
	 */
	protected abstract void read(long at, ByteBuffer to) throws IOException;

	/** Called once, when it is closed. */
	protected abstract void release() throws IOException;

	@Override
	public final synchronized int read(ByteBuffer to) throws IOException {
		requireOpen();
		if (!to.hasRemaining()) {
			return 0;
		}
		if (position >= length()) {
			return -1;
		}
		int before = to.position();
		read(position, to);
		int read = to.position() - before;
		position += read;
		return read > 0 ? read : -1;
	}

	@Override
	public final synchronized long position() throws ClosedChannelException {
		requireOpen();
		return position;
	}

	@Override
	public final synchronized SeekableByteChannel position(long newPosition) throws ClosedChannelException {
		requireOpen();
		if (newPosition < 0) {
			throw new IllegalArgumentException("A position is 0 or more");
		}
		position = newPosition;
		return this;
	}

	@Override
	public final synchronized long size() throws IOException {
		requireOpen();
		return length();
	}

	private void requireOpen() throws ClosedChannelException {
		if (closed) {
			throw new ClosedChannelException();
		}
	}

	@Override
	public final int write(ByteBuffer from) {
		throw new NonWritableChannelException();
	}

	@Override
	public final SeekableByteChannel truncate(long newSize) {
		throw new NonWritableChannelException();
	}

	@Override
	public final synchronized boolean isOpen() {
		return !closed;
	}

	@Override
	public final synchronized void close() throws IOException {
		if (!closed) {
			closed = true;
			release();
		}
	}
}
