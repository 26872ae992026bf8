// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.repository.internal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;

import org.bouncycastle.crypto.params.KeyParameter;
import org.junit.jupiter.api.Test;

class SealTest {

	/** D. J. Bernstein, "The Poly1305-AES message-authentication code", appendix B. */
	@Test
	void agreesWithThePublishedVectors() {
		assertTag("851fc40c3467ac0be05cc20404f3f700", "580b3b0f9447bb1e69d095b5928b6dbc", "f3f6",
				"f4c633c3044fc145f84f335cb81953de");
		assertTag("a0f3080000f46400d0c7e9076c834403", "dd3fab2251f11ac759f0887129cc2ee7", "",
				"dd3fab2251f11ac759f0887129cc2ee7");
		assertTag("48443d0bb0d21109c89a100b5ce2c208", "83149c69b561dd88298a1798b10716ef",
				"663cea190ffb83d89593f3f476b6bc24d7e679107ea26adb8caf6652d0656136",
				"0ee1c16bb73f0f4fd19881753c01cdbe");
	}

	private static void assertTag(String r, String added, String message, String tag) {
		HexFormat hex = HexFormat.of();
		byte[] out = new byte[16];
		byte[] data = hex.parseHex(message);
		new Poly1305(hex.parseHex(r)).tag(data, 0, data.length, hex.parseHex(added), out, 0);
		assertArrayEquals(hex.parseHex(tag), out);
	}

	@Test
	void agreesWithAnotherPoly1305() {
		Random random = new Random(1305);
		for (int i = 0; i < 3000; i++) {
			byte[] r = bytes(random, 16);
			byte[] added = bytes(random, 16);
			byte[] message = bytes(random, i < 200 ? i : random.nextInt(3000));
			if (i % 3 == 0) {
				Arrays.fill(message, (byte) 0xff);
				Arrays.fill(added, (byte) 0xff);
			}
			byte[] clamped = r.clone();
			org.bouncycastle.crypto.generators.Poly1305KeyGenerator.clamp(Arrays.copyOf(clamped, 32));
			byte[] key = new byte[32];
			System.arraycopy(r, 0, key, 0, 16);
			org.bouncycastle.crypto.generators.Poly1305KeyGenerator.clamp(key);
			System.arraycopy(added, 0, key, 16, 16);
			var other = new org.bouncycastle.crypto.macs.Poly1305();
			other.init(new KeyParameter(key));
			other.update(message, 0, message.length);
			byte[] expected = new byte[16];
			other.doFinal(expected, 0);
			byte[] tag = new byte[16];
			new Poly1305(r).tag(message, 0, message.length, added, tag, 0);
			assertArrayEquals(expected, tag, "message " + i);
		}
	}

	@Test
	void opensWhatItSealed() {
		Random random = new Random(7);
		Seal seal = new Seal(MasterKey.of(bytes(random, 64)));
		for (int size : new int[] { 0, 1, 15, 16, 17, 70_000, 200_001 }) {
			byte[] text = bytes(random, size);
			byte[] sealed = seal.seal(text);
			byte[] opened = new byte[size];
			assertTrue(seal.open(sealed, 0, sealed.length, opened, 0));
			assertArrayEquals(text, opened);
		}
	}

	@Test
	void refusesEachChangedBit() {
		Random random = new Random(8);
		Seal seal = new Seal(MasterKey.of(bytes(random, 64)));
		byte[] sealed = seal.seal(bytes(random, 40));
		for (int bit = 0; bit < sealed.length * 8; bit++) {
			byte[] changed = sealed.clone();
			changed[bit / 8] ^= (byte) (1 << bit % 8);
			assertFalse(seal.open(changed, 0, changed.length, new byte[40], 0), "bit " + bit);
		}
		for (int length = 0; length < sealed.length; length++) {
			assertFalse(seal.open(sealed, 0, length, new byte[40], 0), "cut to " + length);
		}
		Seal other = new Seal(MasterKey.of(bytes(random, 64)));
		assertFalse(other.open(sealed, 0, sealed.length, new byte[40], 0));
	}

	private static byte[] bytes(Random random, int size) {
		byte[] bytes = new byte[size];
		random.nextBytes(bytes);
		return bytes;
	}
}
