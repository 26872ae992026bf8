// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.repository.internal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Random;

import org.bouncycastle.crypto.generators.SCrypt;
import org.junit.jupiter.api.Test;

/** Beside the examples of RFC 7914, section 12, and another implementation. */
class ScryptTest {

	@Test
	void makesTheKeysOfTheStandard() {
		assertEquals("77d6576238657b203b19ca42c18a0497f16b4844e3074ae8dfdffa3fede21442"
				+ "fcd0069ded0948f8326a753a0fc81f17e8d3e0fb2e0d3628cf35e20c38d18906", derive("", "", 16, 1, 1));
		assertEquals("fdbabe1c9d3472007856e7190d01e9fe7c6ad7cbc8237830e77376634b373162"
				+ "2eaf30d92e22a3886ff109279d9830dac727afb94a83ee6d8360cbdfa2cc0640",
				derive("password", "NaCl", 1024, 8, 16));
		assertEquals("7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2"
				+ "d5432955613f0fcf62d49705242a9af9e61e85dc0d651e40dfcf017b45575887",
				derive("pleaseletmein", "SodiumChloride", 16384, 8, 1));
	}

	private static String derive(String password, String salt, int n, int r, int p) {
		return HexFormat.of().formatHex(Scrypt.derive(password.getBytes(StandardCharsets.US_ASCII),
				salt.getBytes(StandardCharsets.US_ASCII), n, r, p, 64));
	}

	@Test
	void makesTheKeysOfAnotherImplementation() {
		long seed = System.nanoTime();
		Random random = new Random(seed);
		for (int i = 0; i < 20; i++) {
			byte[] password = new byte[random.nextInt(150)];
			byte[] salt = new byte[random.nextInt(100)];
			random.nextBytes(password);
			random.nextBytes(salt);
			int n = 2 << random.nextInt(9);
			int r = 1 + random.nextInt(9);
			int p = 1 + random.nextInt(3);
			int length = 1 + random.nextInt(100);
			assertArrayEquals(SCrypt.generate(password, salt, n, r, p, length),
					Scrypt.derive(password, salt, n, r, p, length), "seed " + seed + ", " + n + ' ' + r + ' ' + p);
		}
	}
}
