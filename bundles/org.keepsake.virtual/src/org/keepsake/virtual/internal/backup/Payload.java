// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.virtual.internal.backup;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;

/** A payload as stored, which is digested while it is read to its end. One thread. */
final class Payload extends FilterInputStream {

	private final MessageDigest digest = Crypto.sha1();

	Payload(InputStream in) {
		super(in);
	}

	@Override
	public int read() throws IOException {
		byte[] one = new byte[1];
		return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
	}

	@Override
	public int read(byte[] buffer, int offset, int length) throws IOException {
		int count = in.read(buffer, offset, length);
		if (count > 0) {
			digest.update(buffer, offset, count);
		}
		return count;
	}

	boolean hasDigest(byte[] expected) {
		return MessageDigest.isEqual(expected, digest.digest());
	}
}
