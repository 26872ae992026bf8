// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.repository.internal;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** A file as a stream; read in large pieces only. */
final class ChannelInput extends InputStream {

	private final FileChannel channel;

	ChannelInput(FileChannel channel) {
		this.channel = channel;
	}

	@Override
	public int read() throws IOException {
		byte[] one = new byte[1];
		return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
	}

	@Override
	public int read(byte[] bytes, int offset, int length) throws IOException {
		return channel.read(ByteBuffer.wrap(bytes, offset, length));
	}

	@Override
	public void close() throws IOException {
		channel.close();
	}
}
