// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.dataset.system.internal;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

import org.keepsake.testing.FolderContent;

/**
 * Keychains as a device seals them. The class keys of these samples wrap a key by adding the number of the class to each of
 * its bytes, and those of the classes 9 to 11 do not open.
 */
final class KeychainSamples {

	static final String DOMAIN = "KeychainDomain";
	static final String PATH = "keychain-backup.plist";
	static final byte[] KEY = key();

	private KeychainSamples() {
	}

	private static byte[] key() {
		byte[] key = new byte[32];
		for (int i = 0; i < key.length; i++) {
			key[i] = (byte) i;
		}
		return key;
	}

	static void open(FolderContent content) {
		content.unwrapper((number, wrapped) -> {
			if (number >= 9 || wrapped.length != 40) {
				return null;
			}
			byte[] key = Arrays.copyOf(wrapped, 32);
			for (int i = 0; i < key.length; i++) {
				key[i] -= (byte) number;
			}
			return key;
		});
	}

	/** Two Wi-Fi passwords, a login, a token that is no text, a certificate, an item of the phone alone, one damaged. */
	static void items(FolderContent content) throws IOException {
		open(content);
		byte[] damaged = sealed(3, 6, der(Map.of("acct", "x", "v_Data", bytes("y"))));
		damaged[damaged.length - 20] ^= 1;
		content.put(DOMAIN, PATH, plist(Map.of(
				"genp",
				List.of(sealed(3, 7, der(wifi("Zuhause", "correct horse"))),
						sealed(3, 7, der(wifi("Café Central", "battery staple"))),
						sealed(3, 8,
								der(Map.of("svce", "Example", "acct", "token", "agrp", "TEAM.org.example", "pdmn", "dk",
										"v_Data", new byte[] { 0, 1, (byte) 0xff }))),
						sealed(3, 10, der(Map.of("acct", "phone only", "v_Data", bytes("never seen")))), damaged),
				"inet", List.of(sealed(3, 6, der(login()))), "cert",
				List.of(sealed(3, 8, der(Map.of("labl", "A certificate", "v_Data", new byte[] { 0x30, 0 })))))));
	}

	/** The form of iOS 5: version 2, attributes as a property list. One login. */
	static void items5(FolderContent content) throws IOException {
		open(content);
		content.put(DOMAIN, PATH, plist(Map.of("inet", List.of(sealed(2, 6, binaryPlist())))));
	}

	/** A single item of today. */
	static void item26(FolderContent content) throws IOException {
		open(content);
		content.put(DOMAIN, PATH, plist(Map.of("inet", List.of(sealed(3, 6 | 0x100, der(login()))))));
	}

	private static Map<String, Object> wifi(String name, String password) {
		Map<String, Object> values = new LinkedHashMap<>();
		values.put("svce", "AirPort");
		values.put("agrp", "apple");
		values.put("acct", bytes(name));
		values.put("pdmn", "ck");
		values.put("v_Data", bytes(password));
		values.put("cdat", "#20200102030405Z");
		values.put("mdat", "#20210102030405.250Z");
		return values;
	}

	private static Map<String, Object> login() {
		Map<String, Object> values = new LinkedHashMap<>();
		values.put("srvr", "www.example.org");
		values.put("acct", "ada");
		values.put("ptcl", "htps");
		values.put("port", 443L);
		values.put("labl", "Example\nlogin");
		values.put("sync", 1L);
		values.put("agrp", "com.apple.cfnetwork");
		values.put("pdmn", "ak");
		values.put("v_Data", bytes("hunter2"));
		return values;
	}

	static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

	/** A DER set of pairs; a text that begins with # is a time. */
	static byte[] der(Map<String, ?> values) {
		ByteArrayOutputStream pairs = new ByteArrayOutputStream();
		values.forEach((name, value) -> pairs
				.writeBytes(element(0x30, join(element(0x0c, bytes(name)), switch (value) {
					case byte[] bytes -> element(0x04, bytes);
					case Long number -> element(0x02, BigInteger.valueOf(number).toByteArray());
					case String text when text.startsWith("#") -> element(0x18, bytes(text.substring(1)));
					default -> element(0x0c, bytes(value.toString()));
				}))));
		return element(0x31, pairs.toByteArray());
	}

	private static byte[] element(int tag, byte[] content) {
		byte[] head = content.length < 128 ? new byte[] { (byte) tag, (byte) content.length }
				: new byte[] { (byte) tag, (byte) 0x82, (byte) (content.length >> 8), (byte) content.length };
		return join(head, content);
	}

	private static byte[] join(byte[] one, byte[] other) {
		byte[] both = Arrays.copyOf(one, one.length + other.length);
		System.arraycopy(other, 0, both, one.length, other.length);
		return both;
	}

	static byte[] sealed(int version, int classAndFlags, byte[] plain) {
		byte[] wrapped = new byte[40];
		for (int i = 0; i < KEY.length; i++) {
			wrapped[i] = (byte) (KEY[i] + (classAndFlags & 0x1f));
		}
		byte[] data = encrypted(KEY, plain);
		return ByteBuffer.allocate(12 + wrapped.length + data.length).order(ByteOrder.LITTLE_ENDIAN).putInt(version)
				.putInt(classAndFlags).putInt(wrapped.length).put(wrapped).put(data).array();
	}

	/** With the sum computed by the book, over whole numbers. */
	static byte[] encrypted(byte[] key, byte[] plain) {
		try {
			Cipher counter = Cipher.getInstance("AES/CTR/NoPadding");
			byte[] first = new byte[16];
			first[15] = 1;
			counter.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"), new IvParameterSpec(first));
			byte[] data = counter.doFinal(plain);
			Cipher block = Cipher.getInstance("AES/ECB/NoPadding");
			block.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"));
			BigInteger hashKey = new BigInteger(1, block.doFinal(new byte[16]));
			BigInteger sum = BigInteger.ZERO;
			for (int at = 0; at < data.length; at += 16) {
				sum = product(sum.xor(new BigInteger(1, Arrays.copyOfRange(data, at, at + 16))), hashKey);
			}
			sum = product(sum.xor(BigInteger.valueOf(data.length * 8L)), hashKey).xor(hashKey);
			byte[] tag = new byte[16];
			byte[] number = sum.toByteArray();
			int length = Math.min(16, number.length);
			System.arraycopy(number, number.length - length, tag, 16 - length, length);
			return join(data, tag);
		} catch (GeneralSecurityException e) {
			throw new IllegalStateException(e);
		}
	}

	private static BigInteger product(BigInteger one, BigInteger other) {
		BigInteger result = BigInteger.ZERO;
		BigInteger shifted = other;
		for (int i = 127; i >= 0; i--) {
			if (one.testBit(i)) {
				result = result.xor(shifted);
			}
			boolean odd = shifted.testBit(0);
			shifted = shifted.shiftRight(1);
			if (odd) {
				shifted = shifted.xor(BigInteger.valueOf(0xe1).shiftLeft(120));
			}
		}
		return result;
	}

	private static byte[] plist(Map<String, List<byte[]>> tables) {
		StringBuilder xml = new StringBuilder("<?xml version=\"1.0\"?><plist version=\"1.0\"><dict>");
		tables.forEach((table, items) -> {
			xml.append("<key>").append(table).append("</key><array>");
			for (int i = 0; i < items.size(); i++) {
				xml.append("<dict><key>v_Data</key><data>").append(Base64.getEncoder().encodeToString(items.get(i)))
						.append("</data><key>v_PersistentRef</key><data>")
						.append(Base64.getEncoder().encodeToString(bytes(table + i))).append("</data></dict>");
			}
			xml.append("</array>");
		});
		return bytes(xml.append("</dict></plist>").toString());
	}

	/** {@code {acct: old, srvr: old.example.org, v_Data: old secret}}, all values texts but the last. */
	static byte[] binaryPlist() {
		byte[][] objects = { { (byte) 0xd3, 1, 2, 3, 4, 5, 6 }, ascii("acct"), ascii("srvr"), ascii("v_Data"),
				ascii("old"), join(new byte[] { 0x5f, 0x10, 15 }, bytes("old.example.org")),
				join(new byte[] { (byte) (0x40 | 10) }, bytes("old secret")) };
		ByteArrayOutputStream out = new ByteArrayOutputStream();
		out.writeBytes(bytes("bplist00"));
		byte[] offsets = new byte[objects.length];
		for (int i = 0; i < objects.length; i++) {
			offsets[i] = (byte) out.size();
			out.writeBytes(objects[i]);
		}
		int table = out.size();
		out.writeBytes(offsets);
		out.writeBytes(
				ByteBuffer.allocate(32).put(6, (byte) 1).put(7, (byte) 1).putLong(8, objects.length).putLong(16, 0)
						.putLong(24, table).array());
		return out.toByteArray();
	}

	private static byte[] ascii(String text) {
		return join(new byte[] { (byte) (0x50 | text.length()) }, bytes(text));
	}
}
