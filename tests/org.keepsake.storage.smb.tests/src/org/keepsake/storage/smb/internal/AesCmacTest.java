// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.storage.smb.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HexFormat;
import java.util.Random;

import com.hierynomus.security.Mac;
import com.hierynomus.security.SecurityException;
import com.hierynomus.security.bc.BCSecurityProvider;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AesCmacTest {

	private static final HexFormat HEX = HexFormat.of();
	private static final String MESSAGE = "6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e51"
			+ "30c81c46a35ce411e5fbc1191a0a52eff69f2445df4f9b17ad2b417be66c3710";

	/** RFC 4493, section 4. */
	@ParameterizedTest
	@CsvSource({ "0, bb1d6929e95937287fa37d129b756746", "16, 070a16b46b4d4144f79bdd9dd04a287c",
			"40, dfa66747de9ae63030ca32611497c827", "64, 51f0bebf7e3b9d92fc49741779363cfe" })
	void givesTheVectorsOfTheStandard(int length, String expected) throws SecurityException {
		AesCmac mac = new AesCmac();
		mac.init(HEX.parseHex("2b7e151628aed2a6abf7158809cf4f3c"));
		mac.update(HEX.parseHex(MESSAGE), 0, length);
		assertEquals(expected, HEX.formatHex(mac.doFinal()));
	}

	@Test
	void isTheSameHoweverTheMessageComes() throws SecurityException {
		long seed = System.nanoTime();
		Random random = new Random(seed);
		byte[] key = new byte[16];
		random.nextBytes(key);
		AesCmac ours = new AesCmac();
		ours.init(key);
		Mac theirs = new BCSecurityProvider().getMac("AesCmac");
		theirs.init(key);
		for (int i = 0; i < 200; i++) {
			byte[] message = new byte[random.nextInt(i < 190 ? 300 : 300_000)];
			random.nextBytes(message);
			for (int at = 0; at < message.length;) {
				int n = 1 + random.nextInt(message.length - at);
				ours.update(message, at, n);
				at += n;
			}
			theirs.update(message);
			assertEquals(HEX.formatHex(theirs.doFinal()), HEX.formatHex(ours.doFinal()), "seed " + seed);
		}
	}
}
