// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.repository.internal;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.util.Arrays;

/**
 * Makes keys of a password. On plain arrays and in few methods, so that a program that has just begun does it in the
 * time it is meant to take and not in three times that. Source: RFC 7914.
 */
final class Scrypt {

	private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;
	private static final int BLOCK = 16;
	private static final int HMAC_BLOCK = 64;
	private static final int DIGEST = 32;

	private Scrypt() {
	}

	/** @param n a power of 2 */
	static byte[] derive(byte[] password, byte[] salt, int n, int r, int p, int length) {
		byte[] mixed = pbkdf2(password, salt, p * r * 128);
		// Not on the heap, where 32 MiB would lie about long after they were used.
		try (Arena arena = Arena.ofConfined()) {
			MemorySegment memory = arena.allocate(128L * n * r, Integer.BYTES);
			for (int i = 0; i < p; i++) {
				mix(ByteBuffer.wrap(mixed, i * r * 128, r * 128).order(ByteOrder.LITTLE_ENDIAN).slice()
						.order(ByteOrder.LITTLE_ENDIAN), memory, n, r * 32);
			}
			memory.fill((byte) 0);
		}
		byte[] derived = pbkdf2(password, mixed, length);
		Arrays.fill(mixed, (byte) 0);
		return derived;
	}

	/** With HMAC-SHA-256 and one round. */
	private static byte[] pbkdf2(byte[] password, byte[] salt, int length) {
		MessageDigest sha = Vault.sha256();
		byte[] key = Arrays.copyOf(password.length > HMAC_BLOCK ? sha.digest(password) : password, HMAC_BLOCK);
		byte[] inner = new byte[HMAC_BLOCK];
		byte[] outer = new byte[HMAC_BLOCK];
		for (int i = 0; i < HMAC_BLOCK; i++) {
			inner[i] = (byte) (key[i] ^ 0x36);
			outer[i] = (byte) (key[i] ^ 0x5c);
		}
		byte[] derived = new byte[length];
		for (int done = 0, block = 1; done < length; done += DIGEST, block++) {
			sha.update(inner);
			sha.update(salt);
			byte[] first = sha.digest(ByteBuffer.allocate(Integer.BYTES).putInt(block).array());
			sha.update(outer);
			System.arraycopy(sha.digest(first), 0, derived, done, Math.min(DIGEST, length - done));
		}
		Arrays.fill(key, (byte) 0);
		Arrays.fill(inner, (byte) 0);
		Arrays.fill(outer, (byte) 0);
		return derived;
	}

	private static void mix(ByteBuffer block, MemorySegment memory, int n, int words) {
		int[] x = new int[words];
		int[] y = new int[words];
		int[] kept = new int[words];
		int[] salsa = new int[BLOCK];
		block.asIntBuffer().get(x);
		for (int i = 0; i < n; i++) {
			MemorySegment.copy(x, 0, memory, INT, (long) i * words * Integer.BYTES, words);
			mixBlocks(x, y, salsa);
			int[] swap = x;
			x = y;
			y = swap;
		}
		for (int i = 0; i < n; i++) {
			long chosen = x[words - BLOCK] & n - 1;
			MemorySegment.copy(memory, INT, chosen * words * Integer.BYTES, kept, 0, words);
			xor(x, 0, kept, 0, words);
			mixBlocks(x, y, salsa);
			int[] swap = x;
			x = y;
			y = swap;
		}
		block.asIntBuffer().put(x);
	}

	private static void xor(int[] to, int at, int[] from, int offset, int count) {
		for (int i = 0; i < count; i++) {
			to[at + i] ^= from[offset + i];
		}
	}

	private static void mixBlocks(int[] from, int[] to, int[] salsa) {
		int half = from.length / 2;
		System.arraycopy(from, from.length - BLOCK, salsa, 0, BLOCK);
		for (int at = 0, even = 0; at < from.length; at += 2 * BLOCK, even += BLOCK) {
			xor(salsa, 0, from, at, BLOCK);
			salsa8(salsa);
			System.arraycopy(salsa, 0, to, even, BLOCK);
			xor(salsa, 0, from, at + BLOCK, BLOCK);
			salsa8(salsa);
			System.arraycopy(salsa, 0, to, half + even, BLOCK);
		}
	}

	private static void salsa8(int[] b) {
		int x0 = b[0], x1 = b[1], x2 = b[2], x3 = b[3], x4 = b[4], x5 = b[5], x6 = b[6], x7 = b[7];
		int x8 = b[8], x9 = b[9], x10 = b[10], x11 = b[11], x12 = b[12], x13 = b[13], x14 = b[14], x15 = b[15];
		for (int i = 0; i < 4; i++) {
			x4 ^= Integer.rotateLeft(x0 + x12, 7);
			x8 ^= Integer.rotateLeft(x4 + x0, 9);
			x12 ^= Integer.rotateLeft(x8 + x4, 13);
			x0 ^= Integer.rotateLeft(x12 + x8, 18);
			x9 ^= Integer.rotateLeft(x5 + x1, 7);
			x13 ^= Integer.rotateLeft(x9 + x5, 9);
			x1 ^= Integer.rotateLeft(x13 + x9, 13);
			x5 ^= Integer.rotateLeft(x1 + x13, 18);
			x14 ^= Integer.rotateLeft(x10 + x6, 7);
			x2 ^= Integer.rotateLeft(x14 + x10, 9);
			x6 ^= Integer.rotateLeft(x2 + x14, 13);
			x10 ^= Integer.rotateLeft(x6 + x2, 18);
			x3 ^= Integer.rotateLeft(x15 + x11, 7);
			x7 ^= Integer.rotateLeft(x3 + x15, 9);
			x11 ^= Integer.rotateLeft(x7 + x3, 13);
			x15 ^= Integer.rotateLeft(x11 + x7, 18);
			x1 ^= Integer.rotateLeft(x0 + x3, 7);
			x2 ^= Integer.rotateLeft(x1 + x0, 9);
			x3 ^= Integer.rotateLeft(x2 + x1, 13);
			x0 ^= Integer.rotateLeft(x3 + x2, 18);
			x6 ^= Integer.rotateLeft(x5 + x4, 7);
			x7 ^= Integer.rotateLeft(x6 + x5, 9);
			x4 ^= Integer.rotateLeft(x7 + x6, 13);
			x5 ^= Integer.rotateLeft(x4 + x7, 18);
			x11 ^= Integer.rotateLeft(x10 + x9, 7);
			x8 ^= Integer.rotateLeft(x11 + x10, 9);
			x9 ^= Integer.rotateLeft(x8 + x11, 13);
			x10 ^= Integer.rotateLeft(x9 + x8, 18);
			x12 ^= Integer.rotateLeft(x15 + x14, 7);
			x13 ^= Integer.rotateLeft(x12 + x15, 9);
			x14 ^= Integer.rotateLeft(x13 + x12, 13);
			x15 ^= Integer.rotateLeft(x14 + x13, 18);
		}
		b[0] += x0;
		b[1] += x1;
		b[2] += x2;
		b[3] += x3;
		b[4] += x4;
		b[5] += x5;
		b[6] += x6;
		b[7] += x7;
		b[8] += x8;
		b[9] += x9;
		b[10] += x10;
		b[11] += x11;
		b[12] += x12;
		b[13] += x13;
		b[14] += x14;
		b[15] += x15;
	}
}
