// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.virtual.internal.wire;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/** Bytes as they are. */
final class PlainLayer implements Layer {

	private final SocketChannel channel;
	/** Bytes that came before this layer was on. */
	private final ByteBuffer earlier;

	PlainLayer(SocketChannel channel, byte[] earlier) {
		this.channel = channel;
		this.earlier = ByteBuffer.wrap(earlier);
	}

	@Override
	public int read(byte[] bytes, int offset, int length) throws IOException {
		if (earlier.hasRemaining()) {
			int count = Math.min(length, earlier.remaining());
			earlier.get(bytes, offset, count);
			return count;
		}
		return channel.read(ByteBuffer.wrap(bytes, offset, length));
	}

	@Override
	public void write(byte[] bytes, int offset, int length) throws IOException {
		ByteBuffer buffer = ByteBuffer.wrap(bytes, offset, length);
		while (buffer.hasRemaining()) {
			channel.write(buffer);
		}
	}
}
