// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.virtual.internal.backup;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Files on their way to the host: name on the device, path on the host, frames of data, an end; at last an empty name.
 * Frames are gathered in one large buffer, so that many small files leave in few writes. One thread.
 */
final class UploadStream {

	/** Code of a frame of data. */
	static final int DATA = 0x0C;
	/** Code of the frame after the last of a file. */
	static final int END = 0x00;
	/** Code of a frame that says why the device could not read a file. */
	static final int UNREADABLE = 0x0B;

	/** The longest frame. */
	static final int MAX_FRAME = 1 << 20;
	private static final int HEAD = 5;

	/** Waits for the host's answer. */
	interface Answers {
		HostAnswer next() throws IOException;
	}

	private final OutputStream out;
	private final Answers answers;
	private final byte[] buffer = new byte[MAX_FRAME + 8192];
	private int length;

	UploadStream(OutputStream out, Answers answers) {
		this.out = out;
		this.answers = answers;
	}

	/** Names the next file. */
	void name(String deviceName, String hostPath) throws IOException {
		text(deviceName);
		text(hostPath);
	}

	private void text(String text) throws IOException {
		byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
		number(bytes.length);
		bytes(bytes);
	}

	/** Sends the content in frames of at most so many bytes, and the end. */
	void content(InputStream content, int frameBytes) throws IOException {
		while (frame(content, frameBytes)) {
			// until nothing is left
		}
		end();
	}

	/** Sends one frame of at most so many bytes; false if there was nothing left. */
	boolean frame(InputStream content, int bytes) throws IOException {
		room(HEAD + bytes);
		int count = content.readNBytes(buffer, length + HEAD, bytes);
		if (count == 0) {
			return false;
		}
		head(count, DATA);
		length += count;
		return true;
	}

	/** Sends the frame that ends a file. */
	void end() throws IOException {
		room(HEAD);
		head(0, END);
	}

	/** Ends a file that could not be read. */
	void unreadable(String text) throws IOException {
		byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
		room(HEAD);
		head(bytes.length, UNREADABLE);
		bytes(bytes);
	}

	/** Sends bytes as they are. */
	void number(int value) throws IOException {
		bytes(ByteBuffer.allocate(4).putInt(value).array());
	}

	/** Ends the batch and waits for the host's answer. */
	HostAnswer finish() throws IOException {
		number(0);
		flush();
		return answers.next();
	}

	void flush() throws IOException {
		out.write(buffer, 0, length);
		length = 0;
		out.flush();
	}

	private void head(int count, int code) {
		int size = count + 1;
		buffer[length++] = (byte) (size >>> 24);
		buffer[length++] = (byte) (size >>> 16);
		buffer[length++] = (byte) (size >>> 8);
		buffer[length++] = (byte) size;
		buffer[length++] = (byte) code;
	}

	private void bytes(byte[] bytes) throws IOException {
		room(Math.min(bytes.length, buffer.length));
		System.arraycopy(bytes, 0, buffer, length, bytes.length);
		length += bytes.length;
	}

	private void room(int more) throws IOException {
		if (buffer.length - length < more) {
			out.write(buffer, 0, length);
			length = 0;
		}
	}
}
