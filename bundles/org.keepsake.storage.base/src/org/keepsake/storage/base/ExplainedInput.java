// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.storage.base;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.UnaryOperator;

/** A stream whose failures are told as a storage tells them. */
public final class ExplainedInput extends FilterInputStream {

	private final UnaryOperator<IOException> explanation;

	/** @param explanation gives what is thrown in place of a failure */
	public ExplainedInput(InputStream in, UnaryOperator<IOException> explanation) {
		super(in);
		this.explanation = explanation;
	}

	@Override
	public int read() throws IOException {
		byte[] one = new byte[1];
		return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
	}

	@Override
	public int read(byte[] bytes, int offset, int length) throws IOException {
		try {
			return in.read(bytes, offset, length);
		} catch (IOException e) {
			throw explanation.apply(e);
		}
	}
}
