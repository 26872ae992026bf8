// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.transport.usb.internal;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;

import org.keepsake.core.transport.DeviceChannel;

/**
 * A channel over a Unix socket. Such sockets have no read timeout of their own, so that the channel does not block:
 * whoever reads or writes waits at a selector, one for each direction.
 */
final class UnixDeviceChannel implements DeviceChannel {

	private final SocketChannel channel;
	private final Selector readable;
	private final Selector writable;
	private final InputStream input = new Input();
	private final OutputStream output = new Output();
	private volatile long timeoutMillis;

	/** @param channel is connected */
	UnixDeviceChannel(SocketChannel channel) throws IOException {
		this.channel = channel;
		channel.configureBlocking(false);
		readable = Selector.open();
		writable = Selector.open();
		channel.register(readable, SelectionKey.OP_READ);
		channel.register(writable, SelectionKey.OP_WRITE);
	}

	@Override
	public InputStream input() {
		return input;
	}

	@Override
	public OutputStream output() {
		return output;
	}

	@Override
	public void readTimeout(Duration timeout) {
		timeoutMillis = timeout.isZero() ? 0 : Math.max(1, timeout.toMillis());
	}

	/** @return whether the channel may be ready, false after the time */
	private static boolean await(Selector selector, long millis) throws IOException {
		try {
			int ready = selector.select(millis);
			selector.selectedKeys().clear();
			if (Thread.currentThread().isInterrupted()) {
				throw new java.io.InterruptedIOException("Interrupted while waiting for the device");
			}
			return ready > 0 || millis == 0;
		} catch (ClosedSelectorException e) {
			SocketException closed = new SocketException("The channel was closed");
			closed.initCause(e);
			throw closed;
		}
	}

	private final class Input extends InputStream {
		@Override
		public int read() throws IOException {
			byte[] one = new byte[1];
			return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
		}

		@Override
		public int read(byte[] bytes, int offset, int length) throws IOException {
			ByteBuffer target = ByteBuffer.wrap(bytes, offset, length);
			int count = channel.read(target);
			while (count == 0 && length > 0) {
				if (!UnixDeviceChannel.await(readable, timeoutMillis)) {
					throw new SocketTimeoutException("Nothing came in time");
				}
				count = channel.read(target);
			}
			return count;
		}
	}

	private final class Output extends OutputStream {
		@Override
		public void write(int b) throws IOException {
			write(new byte[] { (byte) b }, 0, 1);
		}

		@Override
		public void write(byte[] bytes, int offset, int length) throws IOException {
			ByteBuffer source = ByteBuffer.wrap(bytes, offset, length);
			while (source.hasRemaining()) {
				if (channel.write(source) == 0) {
					UnixDeviceChannel.await(writable, 0);
				}
			}
		}
	}

	@Override
	public void close() throws IOException {
		try {
			channel.close();
		} finally {
			readable.close();
			writable.close();
		}
	}
}
