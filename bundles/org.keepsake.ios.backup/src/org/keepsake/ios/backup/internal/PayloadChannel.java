// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ios.backup.internal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;

import org.keepsake.core.ProblemException;
import org.keepsake.ios.backup.BackupFile;

/** A {@link PayloadStream} as a channel: a read elsewhere costs one seek and the decryption of a chunk. Thread-safe. */
final class PayloadChannel implements SeekableByteChannel {

	private final PayloadStream content;
	private long position;
	private boolean open = true;

	/** @throws ProblemException {@code FILE_DAMAGED} if its length is not known for sure */
	PayloadChannel(BackupFile file, PayloadStream content) throws IOException {
		this.content = content;
		String flaw = content.lengthFlaw();
		if (flaw != null) {
			content.close();
			throw PayloadStream.damaged(file, flaw, null);
		}
	}

	private void requireOpen() throws ClosedChannelException {
		if (!open) {
			throw new ClosedChannelException();
		}
	}

	@Override
	public synchronized int read(ByteBuffer target) throws IOException {
		requireOpen();
		if (!target.hasRemaining()) {
			return 0;
		}
		content.seek(position);
		int read = content.read(target);
		position += Math.max(0, read);
		return read;
	}

	@Override
	public synchronized long position() throws IOException {
		requireOpen();
		return position;
	}

	@Override
	public synchronized SeekableByteChannel position(long newPosition) throws IOException {
		requireOpen();
		if (newPosition < 0) {
			throw new IllegalArgumentException("A negative position");
		}
		position = newPosition;
		return this;
	}

	@Override
	public synchronized long size() throws IOException {
		requireOpen();
		return content.size();
	}

	@Override
	public int write(ByteBuffer source) {
		throw new NonWritableChannelException();
	}

	@Override
	public SeekableByteChannel truncate(long size) {
		throw new NonWritableChannelException();
	}

	@Override
	public synchronized boolean isOpen() {
		return open;
	}

	@Override
	public synchronized void close() throws IOException {
		if (open) {
			open = false;
			content.close();
		}
	}
}
