// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.virtual.internal.mux;

import java.io.Closeable;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.keepsake.virtual.internal.wire.PlistFrames;

/** A connection to a usbmuxd, made of bytes. Reads give up after a while, so that a test fails rather than hangs. */
public final class TestMux implements Closeable {

	private static final int PATIENCE_MILLIS = 20_000;

	/**
	 * An answer or event.
	 *
	 * @param tag  of the request; 0 for an event
	 * @param body the property list
	 */
	public record Answer(int tag, Map<String, Object> body) {

		/** The number of a result. */
		public Object number() {
			return body.get("Number");
		}
	}

	private final Socket socket = new Socket();
	private final DataInputStream in;

	/** Connects. */
	public TestMux(InetSocketAddress address) throws IOException {
		socket.setSoTimeout(PATIENCE_MILLIS);
		socket.connect(address);
		in = new DataInputStream(socket.getInputStream());
	}

	/** A request with its arguments as pairs of name and value. */
	public static Map<String, Object> request(String type, Object... arguments) {
		Map<String, Object> request = new LinkedHashMap<>();
		request.put("MessageType", type);
		request.put("ClientVersionString", "test");
		request.put("ProgName", "test");
		request.put("kLibUSBMuxVersion", 3);
		for (int i = 0; i < arguments.length; i += 2) {
			request.put((String) arguments[i], arguments[i + 1]);
		}
		return request;
	}

	/** Sends a packet as given. */
	public void send(int version, int message, int tag, byte[] body) throws IOException {
		ByteBuffer packet = ByteBuffer.allocate(16 + body.length).order(ByteOrder.LITTLE_ENDIAN);
		packet.putInt(packet.capacity()).putInt(version).putInt(message).putInt(tag).put(body);
		socket.getOutputStream().write(packet.array());
	}

	/** Sends a request and reads its answer. */
	public Answer ask(int tag, Map<String, Object> request) throws IOException {
		send(1, 8, tag, PlistFrames.xml(request));
		return receive();
	}

	/** The next packet. */
	public Answer receive() throws IOException {
		byte[] header = new byte[16];
		in.readFully(header);
		ByteBuffer fields = ByteBuffer.wrap(header).order(ByteOrder.LITTLE_ENDIAN);
		if (fields.getInt(4) != 1 || fields.getInt(8) != 8) {
			throw new IOException("not a property list: " + Arrays.toString(header));
		}
		byte[] body = new byte[fields.getInt(0) - 16];
		in.readFully(body);
		return new Answer(fields.getInt(12), PlistFrames.parse(body));
	}

	/** Whether the other side has closed. */
	public boolean atEnd() throws IOException {
		try {
			return in.read() < 0;
		} catch (java.net.SocketException e) {
			return true;
		}
	}

	/** The devices listed now. */
	@SuppressWarnings("unchecked")
	public List<Map<String, Object>> devices() throws IOException {
		Object list = ask(1, request("ListDevices")).body().get("DeviceList");
		return Arrays.stream((Object[]) list).map(device -> (Map<String, Object>) device).toList();
	}

	/** The number of the device with the identifier. */
	public int deviceNumber(String udid) throws IOException {
		for (Map<String, Object> device : devices()) {
			if (udid.equals(PlistFrames.dictionary(device, "Properties").get("SerialNumber"))) {
				return (Integer) device.get("DeviceID");
			}
		}
		throw new IOException("not plugged in: " + udid);
	}

	/** Asks for a connection to a device's port. */
	public Answer connect(int device, int port) throws IOException {
		int swapped = (port & 0xFF) << 8 | port >> 8;
		return ask(7, request("Connect", "DeviceID", device, "PortNumber", swapped));
	}

	/** The next dictionary of a service. */
	public static Map<String, Object> answer(Socket service) throws IOException {
		Map<String, Object> answer = PlistFrames.read(service.getInputStream());
		if (answer == null) {
			throw new EOFException("the service hung up");
		}
		return answer;
	}

	/** The socket, once it is the device's. */
	public Socket socket() {
		return socket;
	}

	@Override
	public void close() throws IOException {
		socket.close();
	}
}
