// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ios.backup.internal.crypto;

import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.util.Arrays;

import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;

import org.eclipse.jdt.annotation.Nullable;

/** AES key wrap (RFC 3394) with its default initial value, of keys of any length. Not thread-safe. */
public final class KeyWrap implements AutoCloseable {

	/** Length of the shortest wrapped key. */
	static final int MIN_WRAPPED = 24;
	/** Longer than any key that is wrapped. */
	static final int MAX_WRAPPED = 512;

	private final Cipher cipher;

	/** @param key of 16, 24 or 32 bytes; not kept */
	public KeyWrap(byte[] key) {
		try {
			cipher = Cipher.getInstance("AESWrap");
			cipher.init(Cipher.UNWRAP_MODE, new SecretKeySpec(key, "AES"));
		} catch (GeneralSecurityException e) {
			throw new IllegalStateException("This JDK lacks AES key wrap", e);
		}
	}

	/** The key within, which the caller wipes; null if it was not wrapped by this key or was altered. */
	public byte @Nullable [] unwrap(byte[] wrapped, int offset, int length) {
		try {
			return cipher.unwrap(Arrays.copyOfRange(wrapped, offset, offset + length), "AES", Cipher.SECRET_KEY)
					.getEncoded();
		} catch (InvalidKeyException e) {
			return null;
		} catch (GeneralSecurityException e) {
			throw new IllegalStateException("This JDK lacks AES", e);
		}
	}

	@Override
	public void close() {
		try {
			cipher.init(Cipher.UNWRAP_MODE, new SecretKeySpec(new byte[32], "AES"));
		} catch (GeneralSecurityException e) {
			throw new IllegalStateException("This JDK lacks AES key wrap", e);
		}
	}
}
