// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.engine.internal.data;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** Bytes in memory, and no more than are allowed. */
final class BoundedBytes extends OutputStream {

	private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
	private final int most;

	BoundedBytes(int most) {
		this.most = most;
	}

	@Override
	public void write(int value) throws IOException {
		room(1);
		bytes.write(value);
	}

	@Override
	public void write(byte[] buffer, int offset, int length) throws IOException {
		room(length);
		bytes.write(buffer, offset, length);
	}

	private void room(int length) throws IOException {
		if (length > most - bytes.size()) {
			throw new IOException("More than " + most + " bytes");
		}
	}

	int size() {
		return bytes.size();
	}

	byte[] toByteArray() {
		return bytes.toByteArray();
	}
}
