// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.virtual.internal.backup;

import java.io.IOException;
import java.io.InputStream;
import java.security.GeneralSecurityException;
import java.util.Arrays;

import javax.crypto.Cipher;

/**
 * Plain bytes in, AES-256-CBC with PKCS#7 out, in pieces that suit the processor. One object serves file after file, for
 * its buffers cost more than a small file. One thread.
 */
final class EncryptingStream extends InputStream {

	private static final int PIECE = 64 * 1024;

	private InputStream plain = InputStream.nullInputStream();
	private Cipher cipher = Crypto.cbc(Cipher.ENCRYPT_MODE, new byte[Crypto.KEY_BYTES]);
	private final byte[] in = new byte[PIECE + Crypto.BLOCK_BYTES];
	private final byte[] out = new byte[PIECE + Crypto.BLOCK_BYTES];
	private int at;
	private int end;
	private boolean padded;

	/** Begins with a file. */
	EncryptingStream start(InputStream content, byte[] key) {
		plain = content;
		cipher = Crypto.cbc(Cipher.ENCRYPT_MODE, key);
		at = 0;
		end = 0;
		padded = false;
		return this;
	}

	@Override
	public int read() throws IOException {
		return at == end && !fill() ? -1 : out[at++] & 0xFF;
	}

	@Override
	public int read(byte[] buffer, int offset, int length) throws IOException {
		if (length == 0) {
			return 0;
		}
		if (at == end && !fill()) {
			return -1;
		}
		int count = Math.min(length, end - at);
		System.arraycopy(out, at, buffer, offset, count);
		at += count;
		return count;
	}

	private boolean fill() throws IOException {
		if (padded) {
			return false;
		}
		int count = plain.readNBytes(in, 0, PIECE);
		if (count < PIECE) {
			int pad = Crypto.BLOCK_BYTES - count % Crypto.BLOCK_BYTES;
			Arrays.fill(in, count, count + pad, (byte) pad);
			count += pad;
			padded = true;
		}
		try {
			end = cipher.update(in, 0, count, out, 0);
			at = 0;
			return true;
		} catch (GeneralSecurityException e) {
			throw Crypto.impossible(e);
		}
	}

	@Override
	public void close() throws IOException {
		plain.close();
	}
}
