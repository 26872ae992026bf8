// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ios.protocol.internal.wire;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;

import org.keepsake.ios.protocol.internal.plist.Dict;
import org.keepsake.ios.protocol.internal.plist.Plist;
import org.keepsake.ios.protocol.internal.plist.PlistException;

/** Property lists in frames: a big-endian 32-bit length, then the list. For one reading thread. */
public final class PlistWire implements Closeable {

	/** Longest message of a service that answers questions. */
	public static final int ANSWER = 64 << 20;

	private final Wire wire;

	/** Frames on the wire. */
	public PlistWire(Wire wire) {
		this.wire = wire;
	}

	/** The bytes below the frames. */
	public Wire wire() {
		return wire;
	}

	/** Sends an XML property list, as hosts do to lockdown and the small services. */
	public void sendXml(Map<String, ?> message) throws IOException {
		send(Plist.xml(message));
	}

	/** Sends a binary property list. */
	public void sendBinary(Object message) throws IOException {
		send(Plist.binary(message));
	}

	private void send(byte[] plist) throws IOException {
		wire.write(ByteBuffer.allocate(4 + plist.length).putInt(plist.length).put(plist).array());
	}

	/**
	 * Receives a property list.
	 *
	 * @param longest in bytes; refused before memory is taken
	 */
	public Object receive(long longest) throws IOException {
		long length = wire.readU32();
		if (length == 0 || length > longest) {
			throw new PlistException("Message of " + length + " bytes; 1 to " + longest + " are allowed");
		}
		return Plist.parse(wire.readBytes((int) length));
	}

	/** Receives a dictionary of at most {@link #ANSWER} bytes. */
	public Dict receiveDict() throws IOException {
		if (receive(ANSWER) instanceof Map<?, ?> map) {
			return Dict.of(map);
		}
		throw new PlistException("A message that is no dictionary");
	}

	/** Sends a question and receives its answer. */
	public Dict ask(Map<String, ?> message) throws IOException {
		sendXml(message);
		return receiveDict();
	}

	@Override
	public void close() throws IOException {
		wire.close();
	}
}
