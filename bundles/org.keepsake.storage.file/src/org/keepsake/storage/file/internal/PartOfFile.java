// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.storage.file.internal;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;

/** Exactly so many bytes of a file from where its channel stands, or all to its end. */
final class PartOfFile extends InputStream {

	/** What one read takes: the channel's own buffer outside the heap grows no further. */
	private static final int MOST = 1 << 18;

	private final FileChannel channel;
	private final String name;
	private final boolean toEnd;
	private long left;

	/** @param length -1 for all to the end */
	PartOfFile(FileChannel channel, long length, String name) {
		this.channel = channel;
		this.name = name;
		this.toEnd = length < 0;
		this.left = toEnd ? Long.MAX_VALUE : length;
	}

	@Override
	public int read() throws IOException {
		byte[] one = new byte[1];
		return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
	}

	@Override
	public int read(byte[] bytes, int offset, int length) throws IOException {
		if (length == 0) {
			return 0;
		}
		if (left == 0) {
			return -1;
		}
		int n;
		try {
			n = channel.read(ByteBuffer.wrap(bytes, offset, (int) Math.min(Math.min(length, MOST), left)));
		} catch (ClosedByInterruptException e) {
			InterruptedIOException end = new InterruptedIOException("Interrupted");
			end.initCause(e);
			throw end;
		}
		if (n < 0) {
			if (toEnd) {
				return -1;
			}
			throw new EOFException(name + " ends " + left + " bytes too early");
		}
		if (!toEnd) {
			left -= n;
		}
		return n;
	}

	@Override
	public void close() throws IOException {
		channel.close();
	}
}
