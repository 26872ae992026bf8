// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.virtual.internal.wire;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.SocketChannel;
import java.util.Arrays;

import javax.net.ssl.SSLEngine;

import org.keepsake.virtual.internal.service.ServiceConnection;

/**
 * A connection that a client opened to a port of the device: plain at first, TLS when told so, and back. One thread
 * reads, one writes at a time; {@link #cut} may come from any.
 */
public final class DeviceConnection implements ServiceConnection {

	private static final int BUFFER_BYTES = 128 * 1024;

	private final SocketChannel channel;
	private final Traffic traffic;
	private final Input input = new Input();
	private final Output output = new Output();
	private volatile Layer layer;
	private volatile boolean escrowBag;

	/** @param traffic who counts its bytes */
	public DeviceConnection(SocketChannel channel, Traffic traffic) {
		this.channel = channel;
		this.traffic = traffic;
		layer = new PlainLayer(channel, new byte[0]);
	}

	/** Shakes hands as the server; from now on everything is encrypted. */
	public void startTls(SSLEngine engine) throws IOException {
		output.flush();
		layer = TlsLayer.accept(channel, engine, input.takeBuffered());
	}

	/** After a session was stopped: goes back to plaintext if the client does. */
	public void endTls() throws IOException {
		output.flush();
		if (layer instanceof TlsLayer tls) {
			byte[] rest = tls.endIfPeerDoes();
			if (rest != null) {
				layer = new PlainLayer(channel, rest);
			}
		}
	}

	/** Remembers that the client gave the escrow bag. */
	public void giveEscrowBag() {
		escrowBag = true;
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
	public boolean hasEscrowBag() {
		return escrowBag;
	}

	@Override
	public void cut() {
		try {
			channel.close();
		} catch (IOException e) {
			System.getLogger(DeviceConnection.class.getName()).log(System.Logger.Level.DEBUG, "cutting", e);
		}
		traffic.wake();
	}

	private final class Input extends InputStream {

		private byte[] buffer = new byte[0];
		private int position;
		private int limit;

		byte[] takeBuffered() {
			byte[] rest = Arrays.copyOfRange(buffer, position, limit);
			position = limit;
			return rest;
		}

		@Override
		public int read() throws IOException {
			if (position == limit && !fill()) {
				return -1;
			}
			return buffer[position++] & 0xFF;
		}

		@Override
		public int read(byte[] bytes, int offset, int length) throws IOException {
			if (length == 0) {
				return 0;
			}
			if (position == limit) {
				if (length >= BUFFER_BYTES) {
					return receive(bytes, offset, length);
				}
				if (!fill()) {
					return -1;
				}
			}
			int count = Math.min(length, limit - position);
			System.arraycopy(buffer, position, bytes, offset, count);
			position += count;
			return count;
		}

		private boolean fill() throws IOException {
			if (buffer.length == 0) {
				buffer = new byte[BUFFER_BYTES];
			}
			position = 0;
			limit = Math.max(0, receive(buffer, 0, buffer.length));
			return limit > 0;
		}

		private int receive(byte[] bytes, int offset, int length) throws IOException {
			int count = layer.read(bytes, offset, length);
			for (int left = count; left > 0;) {
				left -= traffic.grant(left, channel::isOpen);
			}
			return count;
		}

		@Override
		public int available() {
			return limit - position;
		}

		@Override
		public void close() {
			cut();
		}
	}

	private final class Output extends OutputStream {

		private byte[] buffer = new byte[0];
		private int count;

		@Override
		public void write(int value) throws IOException {
			write(new byte[] { (byte) value }, 0, 1);
		}

		@Override
		public void write(byte[] bytes, int offset, int length) throws IOException {
			if (length >= BUFFER_BYTES) {
				flush();
				send(bytes, offset, length);
				return;
			}
			if (length > buffer.length - count && buffer.length < BUFFER_BYTES) {
				buffer = Arrays.copyOf(buffer, count + length <= 4096 ? 4096 : BUFFER_BYTES);
			}
			if (length > buffer.length - count) {
				flush();
			}
			System.arraycopy(bytes, offset, buffer, count, length);
			count += length;
		}

		@Override
		public void flush() throws IOException {
			if (count > 0) {
				int length = count;
				count = 0;
				send(buffer, 0, length);
			}
		}

		private void send(byte[] bytes, int offset, int length) throws IOException {
			for (int sent = 0; sent < length;) {
				int granted = traffic.grant(length - sent, channel::isOpen);
				layer.write(bytes, offset + sent, granted);
				sent += granted;
			}
		}

		@Override
		public void close() throws IOException {
			flush();
			channel.close();
		}
	}
}
