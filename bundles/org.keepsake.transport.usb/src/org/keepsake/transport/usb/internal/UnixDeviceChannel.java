// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.transport.usb.internal;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import org.keepsake.core.transport.DeviceChannel;

/**
 * A channel over a Unix socket. Those have no read timeout of their own: a read that waits too long is ended by closing
 * the channel, after which nothing more can be read.
 */
final class UnixDeviceChannel implements DeviceChannel {

	/** Shared by all channels; looks after a channel once per timeout, not per read. */
	private static final class Clock {
		static final ScheduledExecutorService TIMER = Executors.newSingleThreadScheduledExecutor(
				Thread.ofPlatform().daemon().name("keepsake-unix-timeouts").factory());
	}

	private final SocketChannel channel;
	private final InputStream input = new Input();
	private final OutputStream output = new Output();
	private volatile long timeoutNanos;
	private volatile long readingSince;
	private volatile boolean reading;
	private volatile boolean expired;
	private volatile int generation;

	UnixDeviceChannel(SocketChannel channel) {
		this.channel = channel;
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
	public synchronized void readTimeout(Duration timeout) {
		timeoutNanos = timeout.toNanos();
		int current = generation + 1;
		generation = current;
		if (timeoutNanos > 0) {
			watch(current, timeoutNanos);
		}
	}

	private void watch(int watched, long delayNanos) {
		Clock.TIMER.schedule(() -> check(watched), delayNanos, TimeUnit.NANOSECONDS);
	}

	private void check(int watched) {
		if (watched != generation || !channel.isOpen()) {
			return;
		}
		long waited = reading ? System.nanoTime() - readingSince : 0;
		if (waited < timeoutNanos) {
			watch(watched, timeoutNanos - waited);
			return;
		}
		expired = true;
		try {
			channel.close();
		} catch (IOException e) {
			// the read ends either way
		}
	}

	private int read(ByteBuffer target) throws IOException {
		readingSince = System.nanoTime();
		reading = true;
		try {
			return channel.read(target);
		} catch (IOException e) {
			if (expired) {
				SocketTimeoutException silent = new SocketTimeoutException("Nothing came in time");
				silent.initCause(e);
				throw silent;
			}
			throw e;
		} finally {
			reading = false;
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
			return length == 0 ? 0 : UnixDeviceChannel.this.read(ByteBuffer.wrap(bytes, offset, length));
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
				channel.write(source);
			}
		}
	}

	@Override
	public void close() throws IOException {
		channel.close();
	}
}
