// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.virtual.internal.service;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

import org.eclipse.jdt.annotation.Nullable;

/**
 * A packet of AFC: 40 bytes of header, little endian, then parameters and data. As in
 * {@code libimobiledevice/libimobiledevice: src/afc.h}.
 *
 * @param number    of the packet, repeated in the answer
 * @param operation what is asked or answered
 * @param content   parameters and data together; its byte order is little endian
 */
record AfcPacket(long number, long operation, ByteBuffer content) {

	static final int STATUS = 1;
	static final int DATA = 2;

	private static final int HEADER_BYTES = 40;
	private static final long MOST_BYTES = 64L * 1024 * 1024;
	private static final byte[] MAGIC = "CFA6LPAA".getBytes(StandardCharsets.US_ASCII);

	/** The next packet; null at the end of the stream. */
	static @Nullable AfcPacket read(InputStream in) throws IOException {
		byte[] bytes = in.readNBytes(HEADER_BYTES);
		if (bytes.length < HEADER_BYTES) {
			return null;
		}
		ByteBuffer header = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
		long whole = header.getLong(8);
		if (header.getLong(0) != ByteBuffer.wrap(MAGIC).order(ByteOrder.LITTLE_ENDIAN).getLong()
				|| whole < HEADER_BYTES || whole > MOST_BYTES) {
			throw new IOException("No AFC packet");
		}
		byte[] content = in.readNBytes((int) (whole - HEADER_BYTES));
		if (content.length < whole - HEADER_BYTES) {
			return null;
		}
		return new AfcPacket(header.getLong(24), header.getLong(32),
				ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN));
	}

	/** Answers with parameters of 64 bits, or with bytes. */
	void answer(OutputStream out, int kind, byte[] answer) throws IOException {
		ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES).order(ByteOrder.LITTLE_ENDIAN).put(MAGIC);
		header.putLong(HEADER_BYTES + answer.length);
		header.putLong(kind == DATA ? HEADER_BYTES : HEADER_BYTES + answer.length);
		header.putLong(number).putLong(kind);
		out.write(header.array());
		out.write(answer);
		out.flush();
	}

	static byte[] number(long value) {
		return ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(value).array();
	}

	/** The next parameter of 64 bits. */
	long takeNumber() throws AfcError {
		if (content.remaining() < 8) {
			throw new AfcError(AfcError.INVALID_ARGUMENT);
		}
		return content.getLong();
	}

	/** The next text, which ends with NUL or with the packet. */
	String takeText() throws AfcError {
		int start = content.position();
		int end = start;
		while (end < content.limit() && content.get(end) != 0) {
			end++;
		}
		content.position(Math.min(end + 1, content.limit()));
		if (end == start && start == content.limit()) {
			throw new AfcError(AfcError.INVALID_ARGUMENT);
		}
		return new String(content.array(), start, end - start, StandardCharsets.UTF_8);
	}
}
