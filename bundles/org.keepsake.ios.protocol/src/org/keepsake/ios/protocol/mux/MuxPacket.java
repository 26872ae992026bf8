// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ios.protocol.mux;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;

import org.keepsake.ios.protocol.internal.plist.Dict;
import org.keepsake.ios.protocol.internal.plist.Plist;
import org.keepsake.ios.protocol.internal.plist.PlistException;

/**
 * One packet of usbmuxd: sixteen little-endian bytes, then a property list. Source:
 * {@code libimobiledevice/libusbmuxd: include/usbmuxd-proto.h}.
 *
 * @param version 1 for property lists
 * @param message 8 for property lists
 * @param tag     chosen by whoever asks, echoed in the answer
 * @param content the property list
 */
record MuxPacket(int version, int message, int tag, Dict content) {

	private static final int HEADER = 16;
	private static final int PLIST_VERSION = 1;
	private static final int PLIST_MESSAGE = 8;
	private static final int LONGEST = 16 << 20;

	/** A request as it goes over the socket. */
	static byte[] request(int tag, Map<String, ?> content) {
		byte[] plist = Plist.xml(content);
		return ByteBuffer.allocate(HEADER + plist.length).order(ByteOrder.LITTLE_ENDIAN) //
				.putInt(HEADER + plist.length) // length, these sixteen bytes included
				.putInt(PLIST_VERSION) // version
				.putInt(PLIST_MESSAGE) // message
				.putInt(tag) // tag
				.put(plist).array();
	}

	/** Reads exactly one packet: what follows it may already be the device's. */
	static MuxPacket read(InputStream in) throws IOException {
		ByteBuffer header = ByteBuffer.wrap(exactly(in, HEADER)).order(ByteOrder.LITTLE_ENDIAN);
		long length = Integer.toUnsignedLong(header.getInt());
		int version = header.getInt();
		int message = header.getInt();
		int tag = header.getInt();
		if (length < HEADER || length > LONGEST) {
			throw new PlistException("A usbmuxd packet of " + length + " bytes");
		}
		byte[] payload = exactly(in, (int) length - HEADER);
		if (version != PLIST_VERSION || message != PLIST_MESSAGE) {
			return new MuxPacket(version, message, tag, Dict.EMPTY);
		}
		return new MuxPacket(version, message, tag, Plist.parseDict(payload));
	}

	private static byte[] exactly(InputStream in, int count) throws IOException {
		byte[] bytes = in.readNBytes(count);
		if (bytes.length < count) {
			throw new EOFException("usbmuxd closed the connection");
		}
		return bytes;
	}
}
