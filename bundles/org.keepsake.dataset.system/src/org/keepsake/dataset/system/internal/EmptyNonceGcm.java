// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.dataset.system.internal;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;

import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

import org.eclipse.jdt.annotation.Nullable;

/**
 * AES in Galois/counter mode (NIST SP 800-38D) with an empty nonce and no further data, which the JDK refuses. The first
 * counter block is then zero: the data are encrypted from block one on, and the sum is masked with that of block zero,
 * which is the key of the sum as well.
 */
final class EmptyNonceGcm {

	static final int TAG_BYTES = 16;

	private static final int BLOCK = 16;
	/** The field's polynomial, bits reversed. */
	private static final long REDUCTION = 0xe100_0000_0000_0000L;

	private EmptyNonceGcm() {
	}

	/**
	 * Decrypts.
	 *
	 * @param key    16, 24 or 32 bytes
	 * @param sealed the encrypted data, followed by their sum
	 * @return the data; null if the sum does not match, or the key is none
	 */
	static byte @Nullable [] open(byte[] key, byte[] sealed) {
		if (sealed.length < TAG_BYTES || key.length != 16 && key.length != 24 && key.length != 32) {
			return null;
		}
		SecretKeySpec secret = new SecretKeySpec(key, "AES");
		byte[] data = Arrays.copyOf(sealed, sealed.length - TAG_BYTES);
		try {
			Cipher block = Cipher.getInstance("AES/ECB/NoPadding");
			block.init(Cipher.ENCRYPT_MODE, secret);
			byte[] zero = block.doFinal(new byte[BLOCK]);
			byte[] tag = Arrays.copyOfRange(sealed, data.length, sealed.length);
			if (!MessageDigest.isEqual(tag, sum(zero, data))) {
				return null;
			}
			byte[] first = new byte[BLOCK];
			first[BLOCK - 1] = 1;
			Cipher counter = Cipher.getInstance("AES/CTR/NoPadding");
			counter.init(Cipher.DECRYPT_MODE, secret, new IvParameterSpec(first));
			return counter.doFinal(data);
		} catch (GeneralSecurityException e) {
			throw new IllegalStateException("Every JDK has AES", e);
		}
	}

	private static byte[] sum(byte[] zero, byte[] data) {
		ByteBuffer hash = ByteBuffer.wrap(zero);
		long keyHigh = hash.getLong();
		long keyLow = hash.getLong();
		ByteBuffer in = ByteBuffer.wrap(Arrays.copyOf(data, (data.length + BLOCK - 1) / BLOCK * BLOCK));
		long[] state = new long[2];
		while (in.hasRemaining()) {
			multiply(state, in.getLong(), in.getLong(), keyHigh, keyLow);
		}
		multiply(state, 0, data.length * 8L, keyHigh, keyLow);
		return ByteBuffer.allocate(BLOCK).putLong(state[0] ^ keyHigh).putLong(state[1] ^ keyLow).array();
	}

	/** The state, with the block added, times the key. */
	private static void multiply(long[] state, long high, long low, long keyHigh, long keyLow) {
		long xHigh = state[0] ^ high;
		long xLow = state[1] ^ low;
		long vHigh = keyHigh;
		long vLow = keyLow;
		long zHigh = 0;
		long zLow = 0;
		for (int i = 0; i < 128; i++) {
			long bit = (i < 64 ? xHigh >>> (63 - i) : xLow >>> (127 - i)) & 1;
			zHigh ^= vHigh & -bit;
			zLow ^= vLow & -bit;
			long carry = vLow & 1;
			vLow = vLow >>> 1 | vHigh << 63;
			vHigh = vHigh >>> 1 ^ (REDUCTION & -carry);
		}
		state[0] = zHigh;
		state[1] = zLow;
	}
}
