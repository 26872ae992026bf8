// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.virtual.internal.wire;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.concurrent.locks.ReentrantLock;

import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;

import org.eclipse.jdt.annotation.Nullable;

/**
 * TLS with this side as the server. Many records are put into one buffer and handed to the socket together, because the
 * device must not be what limits a backup. The buffers grow with what passes, so that control connections stay small.
 */
final class TlsLayer implements Layer {

	private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);
	private static final int RECORD_BYTES = 16 * 1024;
	private static final int MOST_RECORDS = 16;
	private static final int MOST_IGNORED_BYTES = 1 << 20;

	private final SocketChannel channel;
	private final SSLEngine engine;
	private final int packetBytes;
	private final ReentrantLock sending = new ReentrantLock();
	/** Received and not yet decrypted, ready to be read from. */
	private ByteBuffer received;
	/** Decrypted and not yet asked for, ready to be read from. */
	private ByteBuffer clear = NOTHING;
	private ByteBuffer encrypted;
	private boolean receivedClose;

	private TlsLayer(SocketChannel channel, SSLEngine engine, byte[] earlier) {
		this.channel = channel;
		this.engine = engine;
		packetBytes = engine.getSession().getPacketBufferSize();
		received = ByteBuffer.allocate(Math.max(2 * packetBytes, earlier.length)).put(earlier).flip();
		encrypted = ByteBuffer.allocate(packetBytes);
	}

	/** Shakes hands. @param earlier what was received already */
	static TlsLayer accept(SocketChannel channel, SSLEngine engine, byte[] earlier) throws IOException {
		engine.setUseClientMode(false);
		TlsLayer layer = new TlsLayer(channel, engine, earlier);
		engine.beginHandshake();
		try {
			PairingCertificates.leniently(layer::handshake);
		} catch (SSLException e) {
			layer.sendAlert();
			throw e;
		}
		return layer;
	}

	private void handshake() throws IOException {
		ByteBuffer none = ByteBuffer.allocate(packetBytes);
		while (true) {
			switch (engine.getHandshakeStatus()) {
				case NEED_WRAP -> wrapNothing();
				case NEED_TASK -> runTasks();
				case NEED_UNWRAP, NEED_UNWRAP_AGAIN -> {
					Status status = engine.unwrap(received, none.clear()).getStatus();
					if (status == Status.BUFFER_UNDERFLOW && !receive() || status == Status.CLOSED) {
						throw new EOFException("The client left during the TLS handshake");
					}
				}
				case NOT_HANDSHAKING, FINISHED -> {
					return;
				}
			}
		}
	}

	private void runTasks() {
		for (Runnable task = engine.getDelegatedTask(); task != null; task = engine.getDelegatedTask()) {
			task.run();
		}
	}

	/** Says why, and waits for the client to leave: closing with its messages unread would destroy the alert. */
	private void sendAlert() {
		try {
			while (engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP) {
				wrapNothing();
			}
			channel.shutdownOutput();
			for (int left = MOST_IGNORED_BYTES; left > 0;) {
				int count = channel.read(received.clear());
				left = count < 0 ? 0 : left - count;
			}
		} catch (IOException e) {
			System.getLogger(TlsLayer.class.getName()).log(System.Logger.Level.DEBUG, "sending an alert", e);
		}
	}

	private void wrapNothing() throws IOException {
		sending.lock();
		try {
			engine.wrap(NOTHING, encrypted.clear());
			send();
		} finally {
			sending.unlock();
		}
	}

	private void send() throws IOException {
		encrypted.flip();
		while (encrypted.hasRemaining()) {
			channel.write(encrypted);
		}
		encrypted.clear();
	}

	/** Reads from the socket; whether there was anything. */
	private boolean receive() throws IOException {
		if (received.remaining() == 0) {
			received.clear();
		} else {
			received.compact();
		}
		int count = channel.read(received);
		boolean filled = !received.hasRemaining();
		received.flip();
		if (filled && received.capacity() < MOST_RECORDS * packetBytes) {
			received = ByteBuffer.allocate(MOST_RECORDS * packetBytes).put(received).flip();
		}
		return count > 0;
	}

	@Override
	public int read(byte[] bytes, int offset, int length) throws IOException {
		if (clear.hasRemaining()) {
			int count = Math.min(length, clear.remaining());
			clear.get(bytes, offset, count);
			return count;
		}
		ByteBuffer into = ByteBuffer.wrap(bytes, offset, length);
		while (true) {
			SSLEngineResult result = engine.unwrap(received, into);
			int produced = into.position() - offset;
			switch (result.getStatus()) {
				case OK -> follow(result.getHandshakeStatus());
				case BUFFER_OVERFLOW -> {
					return produced > 0 ? produced : readThroughBuffer(bytes, offset, length);
				}
				case BUFFER_UNDERFLOW -> {
					if (produced > 0) {
						return produced;
					}
					if (!receive()) {
						return -1;
					}
				}
				case CLOSED -> {
					receivedClose = true;
					return produced > 0 ? produced : -1;
				}
			}
		}
	}

	/** The caller's range is smaller than a record. */
	private int readThroughBuffer(byte[] bytes, int offset, int length) throws IOException {
		ByteBuffer record = ByteBuffer.allocate(packetBytes);
		int count = read(record.array(), 0, packetBytes);
		if (count < 0) {
			return -1;
		}
		clear = record.limit(count);
		int taken = Math.min(length, count);
		clear.get(bytes, offset, taken);
		return taken;
	}

	/** Does what the peer's key updates and the like ask for. */
	private void follow(HandshakeStatus asked) throws IOException {
		HandshakeStatus status = asked;
		while (status == HandshakeStatus.NEED_TASK || status == HandshakeStatus.NEED_WRAP) {
			if (status == HandshakeStatus.NEED_TASK) {
				runTasks();
			} else {
				wrapNothing();
			}
			status = engine.getHandshakeStatus();
		}
	}

	@Override
	public void write(byte[] bytes, int offset, int length) throws IOException {
		sending.lock();
		try {
			int records = Math.min(MOST_RECORDS, (length + RECORD_BYTES - 1) / RECORD_BYTES);
			if (encrypted.capacity() < records * packetBytes) {
				encrypted = ByteBuffer.allocate(records * packetBytes);
			}
			ByteBuffer from = ByteBuffer.wrap(bytes, offset, length);
			while (from.hasRemaining()) {
				if (engine.wrap(from, encrypted).getStatus() == Status.CLOSED) {
					throw new EOFException("TLS is closed");
				}
				if (encrypted.remaining() < packetBytes) {
					send();
				}
			}
			send();
		} finally {
			sending.unlock();
		}
	}

	/**
	 * Whether TLS goes on after a session was stopped: looks at the next byte, which begins a TLS record or the length
	 * of a plaintext frame. If TLS ends, the peer's {@code close_notify} is read and answered.
	 *
	 * @return null to go on, otherwise what was received after TLS
	 */
	byte @Nullable [] endIfPeerDoes() throws IOException {
		if (!received.hasRemaining() && !receive()) {
			return new byte[0];
		}
		int first = received.get(received.position());
		if (first == 23 || first == 22) {
			return null;
		}
		if (first == 21) {
			byte[] one = new byte[packetBytes];
			while (!receivedClose && read(one, 0, one.length) >= 0) {
				// what the peer still said inside TLS is of no use to anybody
			}
			engine.closeOutbound();
			wrapNothing();
		}
		byte[] rest = new byte[received.remaining()];
		received.get(rest);
		return rest;
	}
}
