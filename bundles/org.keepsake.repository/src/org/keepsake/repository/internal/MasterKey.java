// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.repository.internal;

import java.util.Arrays;

/**
 * A pair of keys: for AES-256 in counter mode, and for Poly1305-AES. Source: restic/restic doc/design.rst, "Keys,
 * Encryption and MAC".
 *
 * @param encrypt 32 bytes
 * @param macK    16 bytes, for AES over the nonce
 * @param macR    16 bytes, clamped when used
 */
record MasterKey(byte[] encrypt, byte[] macK, byte[] macR) {

	/** From 64 bytes in that order. */
	static MasterKey of(byte[] bytes) {
		return new MasterKey(Arrays.copyOfRange(bytes, 0, 32), Arrays.copyOfRange(bytes, 32, 48),
				Arrays.copyOfRange(bytes, 48, 64));
	}

	/** Whether the parts have their lengths. */
	boolean isWhole() {
		return encrypt.length == 32 && macK.length == 16 && macR.length == 16;
	}

	@Override
	public String toString() {
		return "MasterKey";
	}
}
