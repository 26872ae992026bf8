// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.storage.smb.internal;

import java.io.IOException;

import com.hierynomus.mssmb2.SMB2PacketData;
import com.hierynomus.protocol.commons.buffer.Buffer;
import com.hierynomus.protocol.transport.PacketFactory;
import com.hierynomus.protocol.transport.PacketHandlers;
import com.hierynomus.protocol.transport.PacketReceiver;
import com.hierynomus.protocol.transport.TransportException;
import com.hierynomus.protocol.transport.TransportLayer;
import com.hierynomus.smb.SMBBuffer;
import com.hierynomus.smb.SMBPacket;
import com.hierynomus.smb.SMBPacketData;
import com.hierynomus.smbj.SmbConfig;
import com.hierynomus.smbj.transport.TransportLayerFactory;
import com.hierynomus.smbj.transport.tcp.direct.DirectTcpTransportFactory;

import org.eclipse.jdt.annotation.Nullable;

/**
 * Stands between the library and what a server sends: the library believes lengths and offsets, and its reading thread
 * would end without a word if one is wrong, so that all calls waited in vain. Here such an answer ends the connection.
 */
final class Guard implements TransportLayerFactory<SMBPacketData<?>, SMBPacket<?, ?>> {

	/** In answers that carry data, their length stands so many bytes behind the header, in 32 bits. */
	private static final int LENGTH_AT = 4;

	@Override
	public TransportLayer<SMBPacket<?, ?>> createTransportLayer(
			@Nullable PacketHandlers<SMBPacketData<?>, SMBPacket<?, ?>> handlers, @Nullable SmbConfig config) {
		if (handlers == null) {
			throw new IllegalArgumentException("No handlers");
		}
		Receiver receiver = new Receiver(handlers.getReceiver());
		TransportLayer<SMBPacket<?, ?>> transport = new DirectTcpTransportFactory<SMBPacketData<?>, SMBPacket<?, ?>>()
				.createTransportLayer(new PacketHandlers<>(handlers.getSerializer(), receiver,
						new Factory(handlers.getPacketFactory())), config);
		receiver.transport = transport;
		return transport;
	}

	private record Factory(PacketFactory<SMBPacketData<?>> inner) implements PacketFactory<SMBPacketData<?>> {

		@Override
		public SMBPacketData<?> read(byte @Nullable [] data) throws Buffer.BufferException, IOException {
			try {
				return inner.read(data);
			} catch (RuntimeException | Error e) {
				throw new TransportException("An answer of the server is garbled", e);
			}
		}

		@Override
		public boolean canHandle(byte @Nullable [] data) {
			return inner.canHandle(data);
		}
	}

	private static final class Receiver implements PacketReceiver<SMBPacketData<?>> {

		private final PacketReceiver<SMBPacketData<?>> inner;
		private volatile @Nullable TransportLayer<SMBPacket<?, ?>> transport;

		Receiver(PacketReceiver<SMBPacketData<?>> inner) {
			this.inner = inner;
		}

		@Override
		public void handle(@Nullable SMBPacketData<?> packet) throws TransportException {
			if (packet == null || packet instanceof SMB2PacketData plain && claimsTooMuch(plain)) {
				throw new TransportException("An answer of the server is shorter than it says");
			}
			try {
				inner.handle(packet);
			} catch (RuntimeException | Error e) {
				throw new TransportException("An answer of the server is garbled", e);
			}
		}

		/** Hangs up first: the library would say goodbye to a server that is gone, and wait for its answer. */
		@Override
		public void handleError(@Nullable Throwable e) {
			TransportLayer<SMBPacket<?, ?>> open = transport;
			if (open != null) {
				try {
					open.disconnect();
				} catch (IOException again) {
					System.getLogger(Guard.class.getName()).log(System.Logger.Level.TRACE, "Broken already", again);
				}
			}
			inner.handleError(e);
		}

		/** The library would take the memory first and look afterwards. */
		private static boolean claimsTooMuch(SMB2PacketData packet) {
			return switch (packet.getHeader().getMessage()) {
				case SMB2_READ, SMB2_QUERY_DIRECTORY, SMB2_QUERY_INFO -> {
					SMBBuffer buffer = packet.getDataBuffer();
					byte[] bytes = buffer.array();
					int at = buffer.rpos() + LENGTH_AT;
					long claimed = buffer.available() < LENGTH_AT + Integer.BYTES ? 0
							: bytes[at] & 0xffL | (bytes[at + 1] & 0xffL) << 8 | (bytes[at + 2] & 0xffL) << 16
									| (bytes[at + 3] & 0xffL) << 24;
					yield claimed > buffer.available();
				}
				default -> false;
			};
		}
	}
}
