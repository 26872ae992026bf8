// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ios.protocol.fake;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.util.List;
import java.util.Map;

import org.keepsake.ios.protocol.internal.plist.Dict;
import org.keepsake.ios.protocol.internal.plist.Plist;

/** The device's end of a connection. */
public final class FakeConnection implements AutoCloseable {

	private Socket socket;
	public DataInputStream in;
	public DataOutputStream out;

	FakeConnection(Socket socket) throws IOException {
		this.socket = socket;
		this.in = new DataInputStream(new BufferedInputStream(socket.getInputStream(), 1 << 16));
		this.out = new DataOutputStream(socket.getOutputStream());
	}

	/** Goes on encrypted. */
	void secure(Socket secured) throws IOException {
		socket = secured;
		in = new DataInputStream(new BufferedInputStream(secured.getInputStream(), 1 << 16));
		out = new DataOutputStream(secured.getOutputStream());
	}

	Socket socket() {
		return socket;
	}

	/** A property list in its frame. */
	public Object receive() throws IOException {
		return Plist.parse(in.readNBytes(in.readInt()));
	}

	/** A dictionary in its frame. */
	public Dict receiveDict() throws IOException {
		return Dict.of((Map<?, ?>) receive());
	}

	/** Sends a property list in its frame. */
	public void send(Object plist) throws IOException {
		sendFrame(Plist.binary(plist));
	}

	/** Sends any bytes as a frame. */
	public void sendFrame(byte[] bytes) throws IOException {
		byte[] frame = java.nio.ByteBuffer.allocate(4 + bytes.length).putInt(bytes.length).put(bytes).array();
		out.write(frame);
		out.flush();
	}

	/** Sends a DeviceLink message and receives the host's status: code, text, value. */
	public List<?> ask(Object... message) throws IOException {
		send(List.of(message));
		return status();
	}

	/** Receives the host's status. */
	public List<?> status() throws IOException {
		List<?> status = (List<?>) receive();
		if (!"DLMessageStatusResponse".equals(status.getFirst()) || status.size() != 4) {
			throw new IOException("Not a status: " + status);
		}
		return status.subList(1, 4);
	}

	/** Plays one file of an upload: names, then its frames. */
	public void uploadNames(String path) throws IOException {
		byte[] name = "/.b/6/source".getBytes(java.nio.charset.StandardCharsets.UTF_8);
		byte[] host = path.getBytes(java.nio.charset.StandardCharsets.UTF_8);
		out.writeInt(name.length);
		out.write(name);
		out.writeInt(host.length);
		out.write(host);
	}

	/** Plays a frame of an upload. */
	public void uploadFrame(int code, byte[] content) throws IOException {
		out.writeInt(content.length + 1);
		out.writeByte(code);
		out.write(content);
	}

	/** Plays a whole file of an upload. */
	public void uploadFile(String path, byte[] content) throws IOException {
		uploadNames(path);
		if (content.length > 0) {
			uploadFrame(0x0c, content);
		}
		uploadFrame(0, new byte[0]);
	}

	/** Ends an upload and receives the host's status. */
	public List<?> uploadEnd() throws IOException {
		out.writeInt(0);
		out.flush();
		return status();
	}

	/** Uploads one file in a batch of its own. */
	public List<?> upload(String path, byte[] content) throws IOException {
		send(List.of("DLMessageUploadFiles", Map.of(), 10.0, (long) content.length));
		uploadFile(path, content);
		return uploadEnd();
	}

	/** The final answer. */
	public void finish(long code, String description) throws IOException {
		send(List.of("DLMessageProcessMessage",
				Map.of("MessageName", "Response", "ErrorCode", code, "ErrorDescription", description)));
	}

	@Override
	public void close() throws IOException {
		socket.close();
	}
}
