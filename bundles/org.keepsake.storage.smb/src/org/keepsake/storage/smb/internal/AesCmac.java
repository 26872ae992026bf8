// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.storage.smb.internal;

import java.security.GeneralSecurityException;
import java.util.Arrays;

import javax.crypto.Cipher;
import javax.crypto.ShortBufferException;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

import com.hierynomus.security.Mac;
import com.hierynomus.security.SecurityException;

import org.eclipse.jdt.annotation.Nullable;

/**
 * AES-CMAC, by which each message of SMB 3 is signed, over the JDK's AES, which the processor does. Source: RFC 4493.
 * For one thread.
 */
final class AesCmac implements Mac {

	private static final int BLOCK = 16;
	private static final int POLYNOMIAL = 0x87;

	private final Cipher cipher;
	/** What comes out on the way is not needed. */
	private final byte[] scratch = new byte[1 << 16];
	/** The end of what came in: up to one block, which may be the last. */
	private final byte[] held = new byte[BLOCK];
	private int holding;
	private byte[] whole = new byte[BLOCK];
	private byte[] padded = new byte[BLOCK];
	private @Nullable SecretKeySpec key;

	AesCmac() throws SecurityException {
		try {
			cipher = Cipher.getInstance("AES/CBC/NoPadding");
		} catch (GeneralSecurityException e) {
			throw new SecurityException(e);
		}
	}

	@Override
	public void init(byte @Nullable [] bytes) throws SecurityException {
		if (bytes == null) {
			throw new IllegalArgumentException("No key");
		}
		key = new SecretKeySpec(bytes, "AES");
		reset();
		byte[] zero = new byte[BLOCK];
		whole = doubled(encrypted(zero));
		padded = doubled(whole);
		reset();
	}

	private byte[] encrypted(byte[] block) {
		try {
			return cipher.doFinal(block);
		} catch (GeneralSecurityException e) {
			throw new IllegalStateException(e);
		}
	}

	private static byte[] doubled(byte[] block) {
		byte[] twice = new byte[BLOCK];
		for (int i = 0; i < BLOCK; i++) {
			int next = i + 1 < BLOCK ? (block[i + 1] & 0xff) >> 7 : 0;
			twice[i] = (byte) (block[i] << 1 | next);
		}
		if (block[0] < 0) {
			twice[BLOCK - 1] ^= (byte) POLYNOMIAL;
		}
		return twice;
	}

	@Override
	public void update(byte b) {
		update(new byte[] { b }, 0, 1);
	}

	@Override
	public void update(byte @Nullable [] array) {
		if (array != null) {
			update(array, 0, array.length);
		}
	}

	@Override
	public void update(byte @Nullable [] array, int offset, int length) {
		if (array == null) {
			return;
		}
		int at = offset;
		int left = length;
		while (left > 0) {
			if (holding == BLOCK) {
				feed(held, 0, BLOCK);
				holding = 0;
			}
			if (holding == 0 && left > BLOCK) {
				int n = Math.min((left - 1) / BLOCK * BLOCK, scratch.length);
				feed(array, at, n);
				at += n;
				left -= n;
			} else {
				int n = Math.min(BLOCK - holding, left);
				System.arraycopy(array, at, held, holding, n);
				holding += n;
				at += n;
				left -= n;
			}
		}
	}

	/** @param length whole blocks */
	private void feed(byte[] bytes, int offset, int length) {
		try {
			cipher.update(bytes, offset, length, scratch, 0);
		} catch (ShortBufferException e) {
			throw new IllegalStateException(e);
		}
	}

	@Override
	public byte[] doFinal() {
		byte[] mask = holding == BLOCK ? whole : padded;
		if (holding < BLOCK) {
			held[holding] = (byte) 0x80;
			Arrays.fill(held, holding + 1, BLOCK, (byte) 0);
		}
		byte[] last = new byte[BLOCK];
		for (int i = 0; i < BLOCK; i++) {
			last[i] = (byte) (held[i] ^ mask[i]);
		}
		byte[] mac = encrypted(last);
		reset();
		return mac;
	}

	@Override
	public void reset() {
		holding = 0;
		try {
			cipher.init(Cipher.ENCRYPT_MODE, key, new IvParameterSpec(new byte[BLOCK]));
		} catch (GeneralSecurityException e) {
			throw new IllegalStateException(e);
		}
	}
}
