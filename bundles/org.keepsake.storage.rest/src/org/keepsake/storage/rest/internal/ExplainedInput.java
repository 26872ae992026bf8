// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.storage.rest.internal;

import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

import org.keepsake.storage.base.HttpFaults;

/** Failures while reading become what a person is told. */
final class ExplainedInput extends FilterInputStream {

	private final String location;

	ExplainedInput(InputStream in, String location) {
		super(in);
		this.location = location;
	}

	@Override
	public int read() throws IOException {
		try {
			return super.read();
		} catch (EOFException e) {
			throw e;
		} catch (IOException e) {
			throw HttpFaults.explain(e, location);
		}
	}

	@Override
	public int read(byte[] bytes, int offset, int length) throws IOException {
		try {
			return super.read(bytes, offset, length);
		} catch (EOFException e) {
			throw e;
		} catch (IOException e) {
			throw HttpFaults.explain(e, location);
		}
	}
}
