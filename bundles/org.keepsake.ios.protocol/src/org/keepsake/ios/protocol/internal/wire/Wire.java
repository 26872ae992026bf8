// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ios.protocol.internal.wire;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.core.transport.DeviceChannel;

/**
 * The bytes of one connection, plaintext or TLS, behind one reused buffer. One thread reads; any thread writes, a write
 * being whole; {@link #close()} from any thread ends both.
 */
public final class Wire implements Closeable {

	/** Buffer of a connection that carries a few small messages. */
	public static final int SMALL = 40 * 1024;
	/** Buffer of a connection that carries files. */
	public static final int LARGE = 256 * 1024;

	/** What an unbounded value grows by before its bytes have arrived. */
	private static final int TRUST = 4 << 20;

	/** A buffer with less than this at its end is exchanged: layers want room for whole records. */
	private static final int ROOM = 48 * 1024;

	private final DeviceChannel channel;
	private final ReentrantLock writing = new ReentrantLock();
	private byte[] buffer;
	private @Nullable Exchange exchange;
	private int position;
	private int limit;
	private volatile Layer layer;
	/** When the write under way began, as {@link System#nanoTime()} tells it; meaningless without one. */
	private volatile long writingSince;
	private volatile boolean writes;

	/** Where bytes come from and go to. */
	interface Layer {
		/** At least one byte, or -1 at the end; {@code length} is at least 20 KiB unless the layer is plaintext. */
		int read(byte[] bytes, int offset, int length) throws IOException;

		void write(byte[] bytes, int offset, int length) throws IOException;
	}

	/** Takes buffers whose bytes are still needed by another thread, and gives others. */
	public interface Exchange {
		/** Another buffer of the same size, which nobody uses, for one that has been read to its end. */
		byte[] exchange(byte[] read);
	}

	/** @param size of the buffer, {@link #SMALL} or {@link #LARGE} */
	public Wire(DeviceChannel channel, int size) {
		this.channel = channel;
		this.buffer = new byte[size];
		this.layer = new Plaintext(channel);
	}

	private record Plaintext(DeviceChannel channel) implements Layer {
		@Override
		public int read(byte[] bytes, int offset, int length) throws IOException {
			return channel.input().read(bytes, offset, length);
		}

		@Override
		public void write(byte[] bytes, int offset, int length) throws IOException {
			channel.output().write(bytes, offset, length);
		}
	}

	/**
	 * Begins TLS, this side as the client, on the connection as it stands.
	 *
	 * @param large whether the connection carries files, and is worth larger buffers
	 * @throws TlsFailedException if the other side refuses
	 */
	public void startTls(TlsIdentity identity, boolean legacy, boolean large) throws IOException {
		if (position != limit) {
			throw new TlsFailedException("The device sent data before TLS was agreed on", null);
		}
		layer = TlsLayer.connect(channel, identity, legacy, large);
	}

	/** How long a read may wait; {@link Duration#ZERO} for ever. */
	public void readTimeout(Duration timeout) {
		channel.readTimeout(timeout);
	}

	/**
	 * Makes at least one byte available at {@link #position()} of {@link #buffer()} and says how many are.
	 *
	 * @throws EOFException at the end of the stream
	 */
	public int fill() throws IOException {
		if (position == limit) {
			makeRoom(1);
			more();
		}
		return limit - position;
	}

	/** Room for more bytes, and for so many unread ones in a row. */
	private void makeRoom(int count) {
		Exchange other = exchange;
		int unread = limit - position;
		if (other == null) {
			System.arraycopy(buffer, position, buffer, 0, unread);
		} else if (buffer.length - limit >= ROOM && buffer.length - position >= count) {
			return;
		} else {
			byte[] full = buffer;
			buffer = other.exchange(full);
			System.arraycopy(full, position, buffer, 0, unread);
		}
		position = 0;
		limit = unread;
	}

	/**
	 * From now on bytes that were read stay where they are until the buffer is exchanged; null to read on in the one
	 * buffer there is.
	 */
	public void exchange(@Nullable Exchange other) {
		exchange = other;
	}

	private void more() throws IOException {
		int count = layer.read(buffer, limit, buffer.length - limit);
		if (count < 0) {
			throw new EOFException("The device closed the connection");
		}
		limit += count;
	}

	/**
	 * The buffer; {@link #fill()} bytes of it from {@link #position()} are readable until the next read, or until it is
	 * exchanged.
	 */
	public byte[] buffer() {
		return buffer;
	}

	/** Where the readable bytes begin. */
	public int position() {
		return position;
	}

	/** Takes bytes that {@link #fill()} made available. */
	public void consume(int count) {
		position += count;
	}

	/** An unsigned big-endian 32-bit number. */
	public long readU32() throws IOException {
		need(4);
		long value = (buffer[position] & 0xffL) << 24 | (buffer[position + 1] & 0xff) << 16
				| (buffer[position + 2] & 0xff) << 8 | buffer[position + 3] & 0xff;
		position += 4;
		return value;
	}

	/** An unsigned byte. */
	public int readU8() throws IOException {
		fill();
		return buffer[position++] & 0xff;
	}

	private void need(int count) throws IOException {
		if (limit - position >= count) {
			return;
		}
		makeRoom(count);
		while (limit - position < count) {
			more();
		}
	}

	/** Exactly so many bytes; memory is taken as they arrive. */
	public byte[] readBytes(int count) throws IOException {
		byte[] bytes = new byte[Math.min(count, TRUST)];
		int done = 0;
		while (done < count) {
			if (done == bytes.length) {
				bytes = java.util.Arrays.copyOf(bytes, (int) Math.min(count, 2L * bytes.length));
			}
			int part = Math.min(fill(), bytes.length - done);
			System.arraycopy(buffer, position, bytes, done, part);
			position += part;
			done += part;
		}
		return bytes;
	}

	/** Exactly so many bytes as UTF-8; at most the size of the smallest buffer. */
	public String readText(int count) throws IOException {
		if (count > SMALL / 4) {
			return new String(readBytes(count), StandardCharsets.UTF_8);
		}
		need(count);
		String text = new String(buffer, position, count, StandardCharsets.UTF_8);
		position += count;
		return text;
	}

	/** Drops bytes. */
	public void skip(long count) throws IOException {
		long left = count;
		while (left > 0) {
			int part = (int) Math.min(fill(), left);
			position += part;
			left -= part;
		}
	}

	/** Sends all the bytes now. */
	public void write(byte[] bytes, int offset, int length) throws IOException {
		writing.lock();
		try {
			writingSince = System.nanoTime();
			writes = true;
			layer.write(bytes, offset, length);
		} finally {
			writes = false;
			writing.unlock();
		}
	}

	/** For how long a write has been waiting for the device to read; zero if none is under way. */
	public Duration writeBlocked() {
		long since = writingSince;
		return writes ? Duration.ofNanos(Math.max(0, System.nanoTime() - since)) : Duration.ZERO;
	}

	/** Sends all the bytes now. */
	public void write(byte[] bytes) throws IOException {
		write(bytes, 0, bytes.length);
	}

	@Override
	public void close() throws IOException {
		channel.close();
	}
}
