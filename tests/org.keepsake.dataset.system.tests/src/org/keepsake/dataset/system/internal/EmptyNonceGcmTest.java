// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.dataset.system.internal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;

import org.junit.jupiter.api.Test;

class EmptyNonceGcmTest {

	/** Computed from the definition, and compared with a common library for a nonce of 12 bytes. */
	private static final byte[] SEALED = HexFormat.of().parseHex(
			"9932058328d8fc8ed386bb5a2dbb55556fd5dbfec31fa3d47ccdc4" + "7b5cecbcf7ef67129d675fc6b13f62ce");

	@Test
	void opensThePublishedVector() {
		assertArrayEquals(KeychainSamples.bytes("ios-backup keychain v3 item"),
				EmptyNonceGcm.open(KeychainSamples.KEY, SEALED));
		assertArrayEquals(SEALED,
				KeychainSamples.encrypted(KeychainSamples.KEY, KeychainSamples.bytes("ios-backup keychain v3 item")));
	}

	@Test
	void refusesWhateverIsNotWhatWasSealed() {
		for (int bit = 0; bit < SEALED.length * 8; bit++) {
			byte[] changed = SEALED.clone();
			changed[bit / 8] ^= (byte) (1 << bit % 8);
			assertNull(EmptyNonceGcm.open(KeychainSamples.KEY, changed));
		}
		for (int length = 0; length < SEALED.length; length++) {
			assertNull(EmptyNonceGcm.open(KeychainSamples.KEY, Arrays.copyOf(SEALED, length)));
		}
		assertNull(EmptyNonceGcm.open(new byte[32], SEALED));
		assertNull(EmptyNonceGcm.open(new byte[5], SEALED));
	}

	@Test
	void agreesWithTheBookForAllLengths() {
		long seed = new Random().nextLong();
		Random random = new Random(seed);
		for (int length = 0; length < 100; length++) {
			byte[] key = new byte[32];
			random.nextBytes(key);
			byte[] plain = new byte[length];
			random.nextBytes(plain);
			assertArrayEquals(plain, EmptyNonceGcm.open(key, KeychainSamples.encrypted(key, plain)),
					"length " + length + ", seed " + seed);
		}
	}
}
