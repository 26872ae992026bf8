// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ios.protocol.internal.wire;

import java.io.EOFException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.util.concurrent.locks.ReentrantLock;

import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;

import org.keepsake.core.transport.DeviceChannel;

/**
 * TLS over a channel, this side as the client. An {@link SSLEngine} rather than an {@code SSLSocket}, because the
 * channel may be a Unix socket. Records are decrypted straight into the reader's buffer, as many as one read of the
 * channel brought.
 *
 * <p>
 * The device often closes the connection without {@code close_notify}; that is the end of the stream, no error.
 */
final class TlsLayer implements Wire.Layer {

	private static final int RECORD = 16 * 1024 + 512;

	private final DeviceChannel channel;
	private final SSLEngine engine;
	private final ReentrantLock sending = new ReentrantLock();
	private final ByteBuffer received;
	private final ByteBuffer sent;

	private TlsLayer(DeviceChannel channel, SSLEngine engine, boolean large) {
		this.channel = channel;
		this.engine = engine;
		int record = Math.max(RECORD, engine.getSession().getPacketBufferSize());
		received = ByteBuffer.allocate(large ? 8 * record : 2 * record).flip();
		sent = ByteBuffer.allocate(large ? 6 * record : 2 * record);
	}

	static TlsLayer connect(DeviceChannel channel, TlsIdentity identity, boolean legacy, boolean large)
			throws IOException {
		SSLEngine engine = identity.context().createSSLEngine();
		engine.setUseClientMode(true);
		engine.setEnabledProtocols(legacy ? new String[] { "TLSv1", "TLSv1.1", "TLSv1.2" }
				: new String[] { "TLSv1.2", "TLSv1.3" });
		TlsLayer layer = new TlsLayer(channel, engine, large);
		try {
			LenientCertificates.leniently(() -> {
				layer.handshake();
				return null;
			});
		} catch (SocketTimeoutException e) {
			throw e;
		} catch (SSLException | EOFException e) {
			throw new TlsFailedException("TLS was refused", e);
		} catch (IOException e) {
			throw new TlsFailedException("The connection broke while TLS was agreed on", e);
		}
		return layer;
	}

	private void handshake() throws IOException {
		engine.beginHandshake();
		byte[] none = new byte[RECORD];
		while (true) {
			switch (engine.getHandshakeStatus()) {
				case NEED_WRAP -> wrapHandshake();
				case NEED_TASK -> runTasks();
				case NEED_UNWRAP, NEED_UNWRAP_AGAIN -> {
					ByteBuffer nowhere = ByteBuffer.wrap(none);
					SSLEngineResult result = engine.unwrap(received, nowhere);
					if (result.getStatus() == SSLEngineResult.Status.CLOSED) {
						throw new EOFException("TLS was closed by the device");
					}
					if (result.getStatus() == SSLEngineResult.Status.BUFFER_UNDERFLOW && !receive()) {
						throw new EOFException("The device closed the connection");
					}
				}
				case FINISHED, NOT_HANDSHAKING -> {
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

	private void wrapHandshake() throws IOException {
		sending.lock();
		try {
			sent.clear();
			engine.wrap(ByteBuffer.allocate(0), sent);
			flush();
		} finally {
			sending.unlock();
		}
	}

	private void flush() throws IOException {
		if (sent.position() > 0) {
			channel.output().write(sent.array(), 0, sent.position());
			sent.clear();
		}
	}

	private boolean receive() throws IOException {
		received.compact();
		if (!received.hasRemaining()) {
			throw new SSLException("TLS record beyond the limit");
		}
		int count = channel.input().read(received.array(), received.position(), received.remaining());
		received.position(received.position() + Math.max(0, count));
		received.flip();
		return count >= 0;
	}

	@Override
	public int read(byte[] bytes, int offset, int length) throws IOException {
		ByteBuffer clear = ByteBuffer.wrap(bytes, offset, length);
		while (true) {
			SSLEngineResult result = engine.unwrap(received, clear);
			int produced = clear.position() - offset;
			switch (result.getStatus()) {
				case CLOSED -> {
					return produced > 0 ? produced : -1;
				}
				case BUFFER_OVERFLOW -> {
					if (produced > 0) {
						return produced;
					}
					throw new SSLException("TLS record beyond the buffer");
				}
				case BUFFER_UNDERFLOW -> {
					if (produced > 0) {
						return produced;
					}
					if (!receive()) {
						return -1;
					}
				}
				case OK -> afterHandshake(result.getHandshakeStatus());
			}
		}
	}

	/** Session tickets, key updates and the like. */
	private void afterHandshake(HandshakeStatus status) throws IOException {
		HandshakeStatus current = status;
		while (current == HandshakeStatus.NEED_TASK || current == HandshakeStatus.NEED_WRAP) {
			if (current == HandshakeStatus.NEED_TASK) {
				LenientCertificates.leniently(() -> {
					runTasks();
					return null;
				});
			} else {
				wrapHandshake();
			}
			current = engine.getHandshakeStatus();
		}
	}

	@Override
	public void write(byte[] bytes, int offset, int length) throws IOException {
		ByteBuffer clear = ByteBuffer.wrap(bytes, offset, length);
		sending.lock();
		try {
			sent.clear();
			while (clear.hasRemaining()) {
				SSLEngineResult result = engine.wrap(clear, sent);
				switch (result.getStatus()) {
					case OK -> {
						if (sent.remaining() < RECORD) {
							flush();
						}
					}
					case BUFFER_OVERFLOW -> {
						if (sent.position() == 0) {
							throw new SSLException("TLS record beyond the buffer");
						}
						flush();
					}
					case CLOSED, BUFFER_UNDERFLOW -> throw new SSLException("TLS is closed");
				}
			}
			flush();
		} finally {
			sending.unlock();
		}
	}
}
