// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.virtual.internal.backup;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Random;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The cryptography against vectors of others: hashcat's modules 14700 and 14800, John the Ripper's
 * {@code itunes_common_plug.c}, RFC 3394 and pyiosbackup's {@code tests/test_keybag.py}.
 */
@NonNullByDefault({})
class KeyBagTest {

	private static final HexFormat HEX = HexFormat.of();

	@ParameterizedTest
	@CsvSource({
			"123456,bc707ac0151660426c8114d04caad9d9ee2678a7b7ab05c18ee50cafb2613c31c8978e8b1e9cad2a,10000,"
					+ "266343aaf99102ba7f6af64a3a2d62637793f753,0,,0003897185014cf89b30fb01979f5e675409edfce0cda6cba5f5467a969ebbae",
			"test123,06dc04bca4eeea2fbc1bc7356fa758243bead479673640a668db285c8f48c402cc435539d935509e,10000,"
					+ "37d2bd7caefbb24a9729e41a3257ef06188dc01e,0,,974df46624faf86673d42c658a628872963ed4ab1527b01f75f8c87719c8a44c",
			"test123,deff6d646eb1fa2b6741efee8b70eda84341a838cef2bb10e582669759d7e33c399a0ba2a52cb9ec,10000,"
					+ "f09cfa82cc1695657cb2c347ee127c2523795fda,10000000,66f159e15f3ddbbdd4057f8babef7ad4472fac10,"
					+ "c92b6a58e988a31c65fff965911147f624567facbfce602efc1a1da2374de238",
			"hashcat,17a3b858e79bc273be43a9f113b71efe7ec8e7e401396b350180b4592ef45db67ffef7b2d64329a5,10000,"
					+ "2721336781705041205314422175267631184867,1000,99fafc983e732998adb9fadc162a2e382143f115,"
					+ "2ed7042e87b50000fa6ba698661c000013194470a1f70000c35bd72ce0360000" })
	void derivesTheKeysOfPublishedVectors(String password, String wrapped, int sha1, String salt, int sha256,
			String firstSalt, String classKey) {
		KeyBag.Derivation derivation = new KeyBag.Derivation(firstSalt == null ? null : HEX.parseHex(firstSalt),
				HEX.parseHex(salt), new KeyBag.Rounds(sha256, sha1));
		assertArrayEquals(HEX.parseHex(classKey), Crypto.unwrap(derivation.key(password), HEX.parseHex(wrapped)));
		assertNull(Crypto.unwrap(Crypto.random(32), HEX.parseHex(wrapped)));
	}

	@Test
	void wrapsAsTheStandardSays() {
		byte[] keyEncryptionKey = HEX.parseHex("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f");
		byte[] key = HEX.parseHex("00112233445566778899aabbccddeeff000102030405060708090a0b0c0d0e0f");
		assertEquals("28c9f404c4b810f4cbccb35cfb87f8263f5786e2d80ed326cbc7f0e71a99f43bfb988b9b7a02dd21",
				HEX.formatHex(Crypto.wrap(keyEncryptionKey, key)));
	}

	@Test
	void opensAFileOfAnotherImplementation() throws IOException {
		byte[] sealed = HEX
				.parseHex("0200000097317494343807e690fd1e431413963dc0e3deb4907fb89fa36ce65126d0ea1301381fb3a2941e2f");
		byte[] key = new FileKeys(Map.of(2, new byte[32])).open(sealed);
		assertArrayEquals(new byte[32], key);
		byte[] stored = HEX.parseHex("78b51ca5374c3ad575174288688cda49");
		try (DecryptingStream stream = new DecryptingStream()) {
			byte[] plain = stream.start(new ByteArrayInputStream(stored), new byte[32], "").readAllBytes();
			assertEquals("Test data", new String(plain, StandardCharsets.US_ASCII));
		}
		assertArrayEquals(sealed, new FileKeys(Map.of(2, new byte[32])).seal(2, new byte[32]));
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void aBagOpensWithItsPasswordOnly(boolean twoStages) throws IOException {
		KeyBag.Derivation derivation = KeyBag.newDerivation(twoStages, KeyBag.Rounds.FAST);
		Map<Integer, byte[]> keys = KeyBag.newClassKeys();
		KeyBag bag = KeyBag.parse(KeyBag.create(derivation, derivation.key("p\u00e4ss \ud83d\ude00"), keys).encoded());
		Map<Integer, byte[]> opened = bag.unlock("p\u00e4ss \ud83d\ude00");
		assertEquals(11, opened.size());
		keys.forEach((number, key) -> assertArrayEquals(key, opened.get(number)));
		assertEquals(207, assertThrows(BackupFailure.class, () -> bag.unlock("")).code());
		assertTrue(bag.sameAs(bag));
		assertFalse(bag.sameAs(KeyBag.create(derivation, Crypto.random(32), keys)));
	}

	@Test
	void brokenBagsAreCorruptAndNothingWorse() {
		KeyBag.Derivation derivation = KeyBag.newDerivation(true, KeyBag.Rounds.FAST);
		byte[] sound = KeyBag.create(derivation, new byte[32], KeyBag.newClassKeys()).encoded();
		Random random = new Random(3);
		for (int i = 0; i < 3000; i++) {
			byte[] broken = i % 2 == 0 ? Arrays.copyOf(sound, random.nextInt(sound.length)) : sound.clone();
			for (int k = 0; k < i % 2 * 4; k++) {
				broken[random.nextInt(broken.length)] = (byte) random.nextInt();
			}
			try {
				KeyBag.parse(broken);
			} catch (BackupFailure e) {
				assertEquals(205, e.code());
			}
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 15, 16, 17, 65535, 65536, 65537, 200_000 })
	void encryptsAndDecryptsAnySize(int size) throws IOException {
		byte[] plain = new byte[size];
		new Random(size).nextBytes(plain);
		byte[] key = Crypto.random(32);
		try (EncryptingStream encryption = new EncryptingStream();
				DecryptingStream decryption = new DecryptingStream()) {
			for (int round = 0; round < 2; round++) {
				byte[] stored = encryption.start(new ByteArrayInputStream(plain), key).readAllBytes();
				assertEquals(Crypto.padded(size), stored.length);
				assertArrayEquals(plain, decryption.start(new ByteArrayInputStream(stored), key, "f").readAllBytes());
				byte[] wrong = Arrays.copyOf(stored, stored.length - 1);
				assertEquals(205, assertThrows(BackupFailure.class,
						() -> decryption.start(new ByteArrayInputStream(wrong), key, "f").readAllBytes()).code());
			}
		}
	}
}
