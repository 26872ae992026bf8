// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.virtual.internal.backup;

import java.io.IOException;
import java.io.InputStream;
import java.security.GeneralSecurityException;

import javax.crypto.Cipher;

/**
 * AES-256-CBC in, plain bytes out, without the padding; fails with 205 at the end if there is none that is right. One
 * object serves file after file, for its buffers cost more than a small file. One thread.
 */
final class DecryptingStream extends InputStream {

	private static final int PIECE = 64 * 1024;

	private InputStream encrypted = InputStream.nullInputStream();
	private String name = "";
	private Cipher cipher = Crypto.cbc(Cipher.DECRYPT_MODE, new byte[Crypto.KEY_BYTES]);
	private final byte[] in = new byte[PIECE];
	private final byte[] out = new byte[PIECE + Crypto.BLOCK_BYTES];
	private int at;
	private int end;
	private int held;
	private boolean finished;

	/** Begins with a file; the name is for the failure's text. */
	DecryptingStream start(InputStream payload, byte[] key, String file) {
		encrypted = payload;
		name = file;
		cipher = Crypto.cbc(Cipher.DECRYPT_MODE, key);
		at = 0;
		end = 0;
		held = 0;
		finished = false;
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
		while (at == end) {
			if (!fill()) {
				return -1;
			}
		}
		int count = Math.min(length, end - at);
		System.arraycopy(out, at, buffer, offset, count);
		at += count;
		return count;
	}

	/** Decrypts a piece, and holds its last block back, for it may be the one with the padding. */
	private boolean fill() throws IOException {
		if (finished) {
			return false;
		}
		if (held > 0) {
			System.arraycopy(out, end, out, 0, held);
		}
		int count = encrypted.readNBytes(in, 0, PIECE);
		if (count % Crypto.BLOCK_BYTES != 0) {
			throw new BackupFailure(BackupFailure.CORRUPT, "Payload of " + name + " is not whole blocks");
		}
		try {
			int total = held + (count == 0 ? 0 : cipher.update(in, 0, count, out, held));
			at = 0;
			if (count < PIECE) {
				finished = true;
				end = total - padding(total);
				held = 0;
			} else {
				held = Crypto.BLOCK_BYTES;
				end = total - held;
			}
			return end > 0;
		} catch (GeneralSecurityException e) {
			throw Crypto.impossible(e);
		}
	}

	private int padding(int total) throws BackupFailure {
		int pad = total == 0 ? 0 : out[total - 1];
		boolean right = pad >= 1 && pad <= Crypto.BLOCK_BYTES;
		for (int i = 1; right && i <= pad; i++) {
			right = out[total - i] == pad;
		}
		if (!right) {
			throw new BackupFailure(BackupFailure.CORRUPT, "Payload of " + name + " does not decrypt");
		}
		return pad;
	}

	@Override
	public void close() throws IOException {
		encrypted.close();
	}
}
