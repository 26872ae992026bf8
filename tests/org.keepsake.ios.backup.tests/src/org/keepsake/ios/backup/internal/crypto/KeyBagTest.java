// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ios.backup.internal.crypto;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Random;

import javax.crypto.Cipher;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;

import org.eclipse.jdt.annotation.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.keepsake.core.CancelledException;
import org.keepsake.core.JobControl;
import org.keepsake.core.JobMonitor;
import org.keepsake.core.Secret;
import org.keepsake.ios.backup.fixture.KeyBagBuilder;

/**
 * Vectors in the form of hashcat's modules 14700 and 14800 and of john's {@code itunes_common_plug.c}: the first three
 * are of real devices. The file-level vector is of matan1008/pyiosbackup {@code tests/test_keybag.py}.
 */
class KeyBagTest {

	private static final HexFormat HEX = HexFormat.of();

	static byte[] bag(String vector, int wrap) {
		String[] parts = vector.split("\\*", -1);
		ByteArrayOutputStream out = new ByteArrayOutputStream();
		entry(out, "VERS", number(4));
		entry(out, "TYPE", number(1));
		entry(out, "UUID", new byte[16]);
		entry(out, "WRAP", number(0));
		entry(out, "SALT", HEX.parseHex(parts[4]));
		entry(out, "ITER", number(Integer.parseInt(parts[3])));
		if (!parts[5].isEmpty()) {
			entry(out, "DPWT", number(1));
			entry(out, "DPIC", number(Integer.parseInt(parts[5])));
			entry(out, "DPSL", HEX.parseHex(parts[6]));
		}
		entry(out, "NEWT", new byte[3]);
		entry(out, "UUID", new byte[16]);
		entry(out, "CLAS", number(4));
		entry(out, "WRAP", number(wrap));
		entry(out, "KTYP", number(0));
		entry(out, "WPKY", HEX.parseHex(parts[2]));
		return out.toByteArray();
	}

	private static void entry(ByteArrayOutputStream out, String tag, byte[] value) {
		out.writeBytes(tag.getBytes(StandardCharsets.US_ASCII));
		out.writeBytes(number(value.length));
		out.writeBytes(value);
	}

	private static byte[] number(int value) {
		return ByteBuffer.allocate(4).putInt(value).array();
	}

	private static @Nullable ClassKeys open(byte[] bag, String password) throws IOException {
		try (Secret secret = Secret.of(password)) {
			return KeyBag.parse(bag).open(secret, JobMonitor.NONE);
		}
	}

	@ParameterizedTest
	@CsvSource(
			textBlock = """
					123456, $itunes_backup$*9*bc707ac0151660426c8114d04caad9d9ee2678a7b7ab05c18ee50cafb2613c31c8978e8b1e9cad2a*10000*266343aaf99102ba7f6af64a3a2d62637793f753**, e3b46feb8370ba6caedc4925ef30b7d6c93c1462cfecc71901810ef92fb14405, 0003897185014cf89b30fb01979f5e675409edfce0cda6cba5f5467a969ebbae
					test123, $itunes_backup$*9*06dc04bca4eeea2fbc1bc7356fa758243bead479673640a668db285c8f48c402cc435539d935509e*10000*37d2bd7caefbb24a9729e41a3257ef06188dc01e**, 0fa447b306577e8aeb2165a3d480c40fa70eaf99f83a74c5b334b687c488a2cd, 974df46624faf86673d42c658a628872963ed4ab1527b01f75f8c87719c8a44c
					test123, $itunes_backup$*10*deff6d646eb1fa2b6741efee8b70eda84341a838cef2bb10e582669759d7e33c399a0ba2a52cb9ec*10000*f09cfa82cc1695657cb2c347ee127c2523795fda*10000000*66f159e15f3ddbbdd4057f8babef7ad4472fac10, 14b002704b801f2f6afabd38cd5bee2b2a8151071f93375cc76cfc7e19539e69, c92b6a58e988a31c65fff965911147f624567facbfce602efc1a1da2374de238
					hashcat, $itunes_backup$*9*ebd7f9b33293b2511f0a4139d5b213feff51476968863cef60ec38d720497b6ff39a0bb63fa9f84e*10000*2202015774208421818002001652122401871832**, a29e0b44321c66a8f34c587ce924421e37231a3f020598a9a1a2ccdb71b424db, d684b4867dd1000012ddecf958080000d3c202a1ab73000070ef26e352020000
					855632538858211, $itunes_backup$*10*31021f9c5a705c3625af21739d397082d90f7a00718a9307687625abc35fc3e4d78371e95cc708b6*10000*8840233131165307147445064802216857558435*1000*c77a159b325d10efee51a1c05701ef63fb85b599, eed63bdf495271d39f9573cd996f673e993c42653487dad8bc6c5a9d5f9e5c9e,
					1, $itunes_backup$*10*b3d3f05b5367345fcb654b9b628e2ed24d8b8726f1f74707a956c776475d6ebfffc962340d9cbbca*10000*6832814730342072666684158073107301064276*1000*46de5e844e0ee1c81d2cca6acefb77789c1a7cd0, b13991335ad8f67fb71045f6dfc2b5739976726601ec67ae14ba8c3263767a46,
					hashcat, $itunes_backup$*10*17a3b858e79bc273be43a9f113b71efe7ec8e7e401396b350180b4592ef45db67ffef7b2d64329a5*10000*2721336781705041205314422175267631184867*1000*99fafc983e732998adb9fadc162a2e382143f115, ca1bdd8196307fe1e2ed421321267d96e2988bf12f736035192cfed20ec823ea, 2ed7042e87b50000fa6ba698661c000013194470a1f70000c35bd72ce0360000
					""")
	void opensPublishedVectors(String password, String vector, String keyEncryptionKey, @Nullable String classKey)
			throws IOException {
		byte[] bag = bag(vector, 2);
		assertEquals(keyEncryptionKey, HEX.formatHex(
				KeyBag.parse(bag).derive(password.getBytes(StandardCharsets.UTF_8), JobMonitor.NONE)));
		if (vector.contains("*10000000*")) {
			return; // The derivation above took seconds; the class key follows from it, see the next test.
		}
		try (ClassKeys keys = open(bag, password)) {
			assertNotNull(keys);
			byte[] key = keys.copy(4);
			assertNotNull(key);
			if (classKey != null) {
				assertEquals(classKey, HEX.formatHex(key));
			}
		}
		assertNull(open(bag, password + "x"));
	}

	@Test
	void unwrapsTheClassKeyOfARealDevice() {
		byte[] key = HEX.parseHex("14b002704b801f2f6afabd38cd5bee2b2a8151071f93375cc76cfc7e19539e69");
		byte[] wrapped = HEX
				.parseHex("deff6d646eb1fa2b6741efee8b70eda84341a838cef2bb10e582669759d7e33c399a0ba2a52cb9ec");
		try (KeyWrap wrap = new KeyWrap(key)) {
			byte[] unwrapped = wrap.unwrap(wrapped, 0, wrapped.length);
			assertNotNull(unwrapped);
			assertEquals("c92b6a58e988a31c65fff965911147f624567facbfce602efc1a1da2374de238",
					HEX.formatHex(unwrapped));
			wrapped[7] ^= 1;
			assertNull(wrap.unwrap(wrapped, 0, wrapped.length));
		}
	}

	/** RFC 3394, 4.6. */
	@Test
	void unwrapsTheVectorOfTheStandard() {
		byte[] key = HEX.parseHex("000102030405060708090A0B0C0D0E0F101112131415161718191A1B1C1D1E1F");
		byte[] wrapped = HEX
				.parseHex("28C9F404C4B810F4CBCCB35CFB87F8263F5786E2D80ED326CBC7F0E71A99F43BFB988B9B7A02DD21");
		try (KeyWrap wrap = new KeyWrap(key)) {
			for (int i = 0; i < 3; i++) {
				assertArrayEquals(
						HEX.parseHex("00112233445566778899AABBCCDDEEFF000102030405060708090A0B0C0D0E0F"),
						wrap.unwrap(wrapped, 0, wrapped.length));
			}
		}
	}

	@Test
	void decryptsThePublishedFile() throws GeneralSecurityException {
		ClassKeys keys = new ClassKeys(new HashMap<>(Map.of(2, new byte[32])));
		byte[] blob = HEX
				.parseHex("0200000097317494343807e690fd1e431413963dc0e3deb4907fb89fa36ce65126d0ea1301381fb3a294"
						+ "1e2f");
		assertEquals(2, ClassKeys.protectionClass(blob));
		byte[] key;
		try (ClassKeys.FileKeys fileKeys = keys.fileKeys()) {
			key = fileKeys.unwrap(blob);
			blob[0] = 3;
			assertNull(fileKeys.unwrap(blob));
		}
		assertNotNull(key);
		assertArrayEquals(new byte[32], key);
		Cipher cipher = Cipher.getInstance("AES/CBC/NoPadding");
		cipher.init(Cipher.DECRYPT_MODE, new SecretKeySpec(key, "AES"), new IvParameterSpec(new byte[16]));
		assertEquals("Test data\7\7\7\7\7\7\7", new String(
				cipher.doFinal(HEX.parseHex("78b51ca5374c3ad575174288688cda49")), StandardCharsets.US_ASCII));
	}

	/** RFC 6070 and, for SHA-256, the same inputs as widely published. */
	@ParameterizedTest
	@CsvSource({ "SHA-1, 1, 20, 0c60c80f961f0e71f3a9b524af6012062fe037a6",
			"SHA-1, 4096, 20, 4b007901b765489abead49d926f721d065a429c1",
			"SHA-256, 4096, 32, c5e478d59288c841aa530db6845c4c8d962893a001ce4e11a4963873aa98134a" })
	void derivesAsPublished(String algorithm, int rounds, int length, String expected) throws IOException {
		byte[] key = Pbkdf2.derive(algorithm, "password".getBytes(StandardCharsets.US_ASCII),
				"salt".getBytes(StandardCharsets.US_ASCII), rounds, length, done -> {
				});
		assertEquals(expected, HEX.formatHex(key));
	}

	/** The JDK's own, where it can: passwords of characters, also longer than a block, and more than one block of key. */
	@ParameterizedTest
	@CsvSource({ "SHA-1, PBKDF2WithHmacSHA1", "SHA-256, PBKDF2WithHmacSHA256" })
	void derivesAsTheJdkDoes(String digest, String algorithm) throws IOException, GeneralSecurityException {
		for (int length : new int[] { 1, 63, 64, 65, 200 }) {
			String password = "p".repeat(length);
			byte[] salt = { 1, 2, 3, (byte) length };
			byte[] expected = SecretKeyFactory.getInstance(algorithm)
					.generateSecret(new PBEKeySpec(password.toCharArray(), salt, 37, 8 * 75)).getEncoded();
			assertArrayEquals(expected,
					Pbkdf2.derive(digest, password.getBytes(StandardCharsets.US_ASCII), salt, 37, 75,
							done -> {
							}),
					digest + ", " + length);
		}
	}

	private static Secret export(byte[] bag, String password) throws IOException {
		try (ClassKeys keys = open(bag, password)) {
			assertNotNull(keys);
			Secret key = keys.derivedKey();
			assertNotNull(key);
			return key;
		}
	}

	@Test
	void opensAgainWithTheDerivedKeyAlone() throws IOException {
		byte[] bag = new KeyBagBuilder(new Random(1)).bag("secret".getBytes(StandardCharsets.UTF_8), 10, 10);
		try (Secret exported = export(bag, "secret");
				DerivedKey derived = DerivedKey.of(exported);
				ClassKeys keys = open(bag, "secret")) {
			assertNotNull(derived);
			assertNotNull(keys);
			try (ClassKeys again = KeyBag.parse(bag).open(derived)) {
				assertNotNull(again);
				for (int number = 1; number <= 11; number++) {
					assertArrayEquals(keys.copy(number), again.copy(number));
				}
				try (Secret second = again.derivedKey()) {
					assertTrue(second != null && second.sameAs(exported));
				}
			}
			keys.close();
			assertNull(keys.derivedKey(), "wiped with the keys");
			byte[] other = new KeyBagBuilder(new Random(2)).bag("secret".getBytes(StandardCharsets.UTF_8), 10, 10);
			assertNull(KeyBag.parse(other).open(derived), "other salts");
			assertFalse(
					derived.toString().chars().anyMatch(Character::isDigit) || exported.toString().contains("key-1"));
		}
	}

	@Test
	void takesNoOtherTextForADerivedKey() throws IOException {
		byte[] bag = new KeyBagBuilder(new Random(1)).bag(new byte[] { 'a' }, 10, 10);
		String text;
		try (Secret exported = export(bag, "a")) {
			text = new String(exported.revealCharacters());
		}
		char last = text.charAt(text.length() - 1);
		String altered = text.substring(0, text.length() - 1) + (last == '0' ? '1' : '0');
		try (Secret secret = Secret.of(altered); DerivedKey derived = DerivedKey.of(secret)) {
			assertNotNull(derived);
			assertNull(KeyBag.parse(bag).open(derived), "of this bag, but another key");
		}
		for (String each : new String[] { "", "a", text.substring(1), text + "0", text.replace(':', ';'),
				text.substring(0, text.length() - 1) + "g", "x".repeat(text.length()) }) {
			try (Secret secret = Secret.of(each)) {
				assertNull(DerivedKey.of(secret), each);
			}
		}
	}

	@Test
	void saysWhenTheVersionOfTheBagIsNotKnown() throws IOException {
		byte[] bag = new KeyBagBuilder(new Random(1)).bag(new byte[] { 'a' }, 10, 10);
		ByteBuffer.wrap(bag).putInt(indexOf(bag, "VERS") + 8, 9);
		try (ClassKeys keys = open(bag, "a")) {
			assertNotNull(keys, "whatever opens in a known way is opened");
		}
		assertEquals(9, assertThrows(KeyBagException.class, () -> open(bag, "b")).unknownVersion());
		byte[] otherForm = Arrays.copyOf(bag, 100);
		assertEquals(9, assertThrows(KeyBagException.class, () -> open(otherForm, "a")).unknownVersion());
		ByteBuffer.wrap(bag).putInt(indexOf(bag, "VERS") + 8, 5);
		assertNull(open(bag, "b"));
		byte[] damaged = Arrays.copyOf(bag, 100);
		assertEquals(0, assertThrows(KeyBagException.class, () -> open(damaged, "a")).unknownVersion());
	}

	@Test
	void usesNoKeyThatTheDeviceWrappedToo() throws IOException {
		KeyBagBuilder builder = new KeyBagBuilder(new Random(1));
		byte[] bag = builder.bag("secret".getBytes(StandardCharsets.UTF_8), 10, 10);
		try (ClassKeys keys = open(bag, "secret")) {
			assertNotNull(keys);
			assertTrue(keys.has(1));
			assertTrue(keys.has(8));
			assertFalse(keys.has(KeyBagBuilder.DEVICE_CLASS));
			assertFalse(keys.has(9));
		}
		String vector = "x*9*bc707ac0151660426c8114d04caad9d9ee2678a7b7ab05c18ee50cafb2613c31c8978e8b1e9cad2a*10000"
				+ "*266343aaf99102ba7f6af64a3a2d62637793f753**";
		assertThrows(KeyBagException.class, () -> open(bag(vector, 3), "123456"));
		assertThrows(KeyBagException.class, () -> open(bag(vector, 1), "123456"));
	}

	@Test
	void wipesItsKeysWhenClosed() throws IOException {
		byte[] bag = new KeyBagBuilder(new Random(1)).bag(new byte[] { 'a' }, 10, 10);
		ClassKeys keys = open(bag, "a");
		assertNotNull(keys);
		keys.close();
		assertFalse(keys.has(1));
		assertNull(keys.fileKeys().unwrap(new byte[ClassKeys.PREFIXED_KEY]));
	}

	@Test
	void stopsDerivingWhenCancelled() throws IOException {
		byte[] bag = new KeyBagBuilder(new Random(1)).bag(new byte[] { 'a' }, 100_000, 10);
		JobControl control = new JobControl(event -> {
		});
		control.cancel();
		try (Secret secret = Secret.of("a")) {
			KeyBag parsed = KeyBag.parse(bag);
			assertThrows(CancelledException.class, () -> parsed.open(secret, control));
		}
	}

	@Test
	void refusesRoundsThatWouldNeverEnd() {
		byte[] bag = new KeyBagBuilder(new Random(1)).bag(new byte[] { 'a' }, 10, 10);
		int at = indexOf(bag, "DPIC") + 8;
		for (int rounds : new int[] { 0, -1, Integer.MAX_VALUE }) {
			ByteBuffer.wrap(bag).putInt(at, rounds);
			assertThrows(KeyBagException.class, () -> open(bag, "a"));
		}
	}

	private static int indexOf(byte[] bytes, String tag) {
		return new String(bytes, StandardCharsets.ISO_8859_1).indexOf(tag);
	}

	@Test
	void endsInAnIOExceptionWhereverItIsCut() throws IOException {
		byte[] bag = new KeyBagBuilder(new Random(1)).bag(new byte[] { 'a' }, 2, 2);
		int opened = 0;
		for (int length = 0; length < bag.length; length++) {
			byte[] cut = Arrays.copyOf(bag, length);
			try (ClassKeys keys = open(cut, "a")) {
				opened += keys == null ? 0 : 1;
			} catch (KeyBagException e) {
				assertNotNull(e.getMessage());
			}
		}
		assertTrue(opened > 0 && opened < 200, "only cuts between entries leave a bag that opens: " + opened);
	}
}
