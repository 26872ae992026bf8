// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.virtual.internal.mux;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SocketChannel;
import java.util.LinkedHashMap;
import java.util.Map;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.virtual.internal.wire.PlistFrames;

/**
 * A packet between usbmuxd and a client, in the byte order of {@code libimobiledevice/libusbmuxd:
 * include/usbmuxd-proto.h}: length, version, message and tag, 32 bits each and little endian, then a property list.
 *
 * @param version 1 for property lists
 * @param message 8 for property lists
 * @param tag     chosen by the client, repeated in the answer; 0 for events
 * @param body    the property list; empty if it is none
 */
record MuxPacket(int version, int message, int tag, Map<String, Object> body) {

	static final int HEADER_BYTES = 16;
	static final int PLIST_VERSION = 1;
	static final int PLIST_MESSAGE = 8;
	private static final int MOST_BYTES = 1 << 20;

	/** The next packet, and not a byte more; null at the end. */
	static @Nullable MuxPacket read(SocketChannel channel) throws IOException {
		ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
		if (!fill(channel, header)) {
			return null;
		}
		int length = header.getInt(0);
		if (length < HEADER_BYTES || length > MOST_BYTES) {
			throw new IOException("A packet of " + Integer.toUnsignedString(length) + " bytes");
		}
		ByteBuffer body = ByteBuffer.allocate(length - HEADER_BYTES);
		if (!fill(channel, body)) {
			return null;
		}
		boolean plist = header.getInt(4) == PLIST_VERSION && header.getInt(8) == PLIST_MESSAGE;
		return new MuxPacket(header.getInt(4), header.getInt(8), header.getInt(12),
				plist ? PlistFrames.parse(body.array()) : Map.of());
	}

	private static boolean fill(SocketChannel channel, ByteBuffer buffer) throws IOException {
		while (buffer.hasRemaining()) {
			if (channel.read(buffer) < 0) {
				return false;
			}
		}
		return true;
	}

	static MuxPacket event(Map<String, Object> body) {
		return new MuxPacket(PLIST_VERSION, PLIST_MESSAGE, 0, body);
	}

	MuxPacket answer(Map<String, Object> answer) {
		return new MuxPacket(PLIST_VERSION, PLIST_MESSAGE, tag, answer);
	}

	MuxPacket result(int number) {
		Map<String, Object> result = new LinkedHashMap<>();
		result.put("MessageType", "Result");
		result.put("Number", number);
		return answer(result);
	}

	void write(SocketChannel channel) throws IOException {
		byte[] plist = PlistFrames.xml(body);
		ByteBuffer packet = ByteBuffer.allocate(HEADER_BYTES + plist.length).order(ByteOrder.LITTLE_ENDIAN);
		packet.putInt(packet.capacity()).putInt(version).putInt(message).putInt(tag).put(plist).flip();
		while (packet.hasRemaining()) {
			channel.write(packet);
		}
	}
}
