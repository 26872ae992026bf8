// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.storage.s3.internal;

import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.UnaryOperator;

/** Failures while reading become what a person is told. */
final class ExplainedInput extends FilterInputStream {

	private final UnaryOperator<IOException> explained;

	ExplainedInput(InputStream in, UnaryOperator<IOException> explained) {
		super(in);
		this.explained = explained;
	}

	@Override
	public int read() throws IOException {
		byte[] one = new byte[1];
		return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
	}

	@Override
	public int read(byte[] bytes, int offset, int length) throws IOException {
		try {
			return super.read(bytes, offset, length);
		} catch (EOFException e) {
			throw e;
		} catch (IOException e) {
			throw explained.apply(e);
		}
	}
}
