// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.virtual.internal.backup;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;

import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.ASN1Set;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.crypto.modes.gcm.Tables4kGCMMultiplier;
import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.virtual.VirtualFile;
import org.keepsake.virtual.internal.content.KeychainItems;
import org.keepsake.virtual.internal.content.KeychainItems.Item;
import org.keepsake.virtual.internal.phone.Phone;

/**
 * The copy of the keychain that a device makes for a backup, {@code KeychainDomain-keychain-backup.plist}: each item is
 * a DER set under a key of its own, wrapped with the class key of its accessibility, in AES-256-GCM with an empty
 * initialisation vector (version 3, as read by dunhamsteve/ios, {@code cmd/irestore/irestore.go}).
 */
final class KeychainBackup {

	static final String DOMAIN = "KeychainDomain";
	static final String PATH = "keychain-backup.plist";

	private static final String MADE_OF = "keychain.backup-of";
	private static final int VERSION = 3;
	private static final int WRAPPED = 40;
	private static final int TAG = 16;
	private static final int MOBILE = 64;
	private static final Map<String, Integer> CLASSES = Map.of("ak", 6, "ck", 7, "dk", 8, "aku", 9, "cku", 10, "dku",
			11);

	private KeychainBackup() {
	}

	/** Makes the copy anew if the items or the keys have changed since it was made. */
	static void refresh(Phone phone, DeviceKeys keys) throws IOException {
		List<Item> items = KeychainItems.read(phone);
		if (items.isEmpty()) {
			return;
		}
		String state = state(items, keys);
		if (state.equals(phone.settings().get(MADE_OF)) && phone.files().find(DOMAIN, PATH) != null) {
			return;
		}
		byte[] content = encode(items, keys.classKeys());
		Instant now = Instant.ofEpochSecond(Instant.now().getEpochSecond());
		VirtualFile entry = new VirtualFile(DOMAIN, PATH, VirtualFile.Kind.FILE, 0600, MOBILE, MOBILE, 0, now, now, now,
				content.length, 3, null, null);
		phone.files().write(entry, new ByteArrayInputStream(content));
		phone.setSetting(MADE_OF, state);
	}

	/** Takes over the items of a restored copy that the keys open; the rest belongs to another device. */
	static void adopt(Phone phone, DeviceKeys keys) throws IOException {
		VirtualFile entry = phone.files().find(DOMAIN, PATH);
		if (entry == null) {
			return;
		}
		try (InputStream in = phone.files().open(entry)) {
			List<Item> items = decode(in.readAllBytes(), keys.classKeys());
			KeychainItems.write(phone, items);
			phone.setSetting(MADE_OF, state(items, keys));
		}
	}

	static byte[] encode(List<Item> items, Map<Integer, byte[]> classKeys) {
		Map<String, Object> tables = new LinkedHashMap<>();
		for (String table : List.of("genp", "inet", "cert", "keys")) {
			List<Object> entries = new ArrayList<>();
			for (Item item : items) {
				if (item.table().equals(table)) {
					entries.add(Map.of("v_Data", seal(item, classKeys), "v_PersistentRef", Crypto.random(TAG)));
				}
			}
			tables.put(table, entries);
		}
		return BinaryPlistWriter.write(tables);
	}

	static List<Item> decode(byte[] plist, Map<Integer, byte[]> classKeys) throws IOException {
		List<Item> items = new ArrayList<>();
		for (Map.Entry<String, Object> table : Plists.readMap(plist).entrySet()) {
			if (table.getValue() instanceof List<?> entries) {
				for (Object entry : entries) {
					if (entry != null && Plists.map(entry).get("v_Data") instanceof byte[] sealed) {
						Item item = open(table.getKey(), sealed, classKeys);
						if (item != null) {
							items.add(item);
						}
					}
				}
			}
		}
		return items;
	}

	private static byte[] seal(Item item, Map<Integer, byte[]> classKeys) {
		int number = CLASSES.getOrDefault(item.accessibility(), 7);
		byte[] key = Crypto.random(Crypto.KEY_BYTES);
		byte[] wrapped = Crypto.wrap(classKeys.getOrDefault(number, new byte[Crypto.KEY_BYTES]), key);
		byte[] ciphertext = counter(key, der(item));
		return ByteBuffer.allocate(12 + WRAPPED + ciphertext.length + TAG).order(ByteOrder.LITTLE_ENDIAN)
				.putInt(VERSION)
				.putInt(number).putInt(WRAPPED).put(wrapped).put(ciphertext).put(tag(key, ciphertext)).array();
	}

	private static @Nullable Item open(String table, byte[] sealed, Map<Integer, byte[]> classKeys) throws IOException {
		ByteBuffer in = ByteBuffer.wrap(sealed).order(ByteOrder.LITTLE_ENDIAN);
		if (sealed.length < 12 + WRAPPED + TAG || in.getInt() != VERSION) {
			return null;
		}
		byte[] classKey = classKeys.get(in.getInt() & 0x1f);
		if (classKey == null || in.getInt() != WRAPPED) {
			return null;
		}
		byte[] wrapped = new byte[WRAPPED];
		in.get(wrapped);
		byte[] key = Crypto.unwrap(classKey, wrapped);
		byte[] ciphertext = new byte[in.remaining() - TAG];
		in.get(ciphertext);
		byte[] tag = new byte[TAG];
		in.get(tag);
		if (key == null || !MessageDigest.isEqual(tag, tag(key, ciphertext))) {
			return null;
		}
		return item(table, counter(key, ciphertext));
	}

	/** GCM's counter mode for an empty initialisation vector: its first counter block is zero, data begins at one. */
	static byte[] counter(byte[] key, byte[] data) {
		byte[] first = new byte[Crypto.BLOCK_BYTES];
		first[Crypto.BLOCK_BYTES - 1] = 1;
		try {
			Cipher cipher = Cipher.getInstance("AES/CTR/NoPadding");
			cipher.init(Cipher.ENCRYPT_MODE, Crypto.aes(key), new IvParameterSpec(first));
			return cipher.doFinal(data);
		} catch (GeneralSecurityException e) {
			throw Crypto.impossible(e);
		}
	}

	/** GHASH of the ciphertext, under the encrypted zero block as key and as mask. */
	static byte[] tag(byte[] key, byte[] ciphertext) {
		byte[] hashKey;
		try {
			Cipher cipher = Cipher.getInstance("AES/ECB/NoPadding");
			cipher.init(Cipher.ENCRYPT_MODE, Crypto.aes(key));
			hashKey = cipher.doFinal(new byte[Crypto.BLOCK_BYTES]);
		} catch (GeneralSecurityException e) {
			throw Crypto.impossible(e);
		}
		Tables4kGCMMultiplier multiplier = new Tables4kGCMMultiplier();
		multiplier.init(hashKey.clone());
		byte[] sum = new byte[Crypto.BLOCK_BYTES];
		for (int at = 0; at < ciphertext.length; at += Crypto.BLOCK_BYTES) {
			for (int i = 0; i < Crypto.BLOCK_BYTES && at + i < ciphertext.length; i++) {
				sum[i] ^= ciphertext[at + i];
			}
			multiplier.multiplyH(sum);
		}
		byte[] lengths = ByteBuffer.allocate(Crypto.BLOCK_BYTES).putLong(0).putLong(ciphertext.length * 8L).array();
		for (int i = 0; i < Crypto.BLOCK_BYTES; i++) {
			sum[i] ^= lengths[i];
		}
		multiplier.multiplyH(sum);
		for (int i = 0; i < Crypto.BLOCK_BYTES; i++) {
			sum[i] ^= hashKey[i];
		}
		return sum;
	}

	private static byte[] der(Item item) {
		ASN1EncodableVector attributes = new ASN1EncodableVector();
		attributes.add(attribute("acct", item.account().getBytes(StandardCharsets.UTF_8)));
		attributes.add(attribute(item.table().equals("inet") ? "srvr" : "svce",
				item.service().getBytes(StandardCharsets.UTF_8)));
		attributes.add(text("agrp", item.group()));
		attributes.add(text("pdmn", item.accessibility()));
		attributes.add(attribute("v_Data", item.secret()));
		try {
			return new DERSet(attributes).getEncoded(ASN1Encoding.DER);
		} catch (IOException e) {
			throw new IllegalStateException(e);
		}
	}

	private static DERSequence attribute(String name, byte[] value) {
		ASN1EncodableVector pair = new ASN1EncodableVector();
		pair.add(new DERUTF8String(name));
		pair.add(new DEROctetString(value));
		return new DERSequence(pair);
	}

	private static DERSequence text(String name, String value) {
		ASN1EncodableVector pair = new ASN1EncodableVector();
		pair.add(new DERUTF8String(name));
		pair.add(new DERUTF8String(value));
		return new DERSequence(pair);
	}

	private static Item item(String table, byte[] der) throws IOException {
		Map<String, byte[]> values = new LinkedHashMap<>();
		try {
			for (var attribute : ASN1Set.getInstance(der)) {
				ASN1Sequence pair = ASN1Sequence.getInstance(attribute);
				byte[] value = pair.getObjectAt(1) instanceof ASN1OctetString bytes ? bytes.getOctets()
						: pair.getObjectAt(1).toString().getBytes(StandardCharsets.UTF_8);
				values.put(pair.getObjectAt(0).toString(), value);
			}
		} catch (IllegalArgumentException e) {
			throw new IOException("An item of the keychain is no DER set", e);
		}
		return new Item(table, value(values, "acct"), value(values, table.equals("inet") ? "srvr" : "svce"),
				value(values, "agrp"), value(values, "pdmn"), values.getOrDefault("v_Data", new byte[0]));
	}

	private static String value(Map<String, byte[]> values, String name) {
		return new String(values.getOrDefault(name, new byte[0]), StandardCharsets.UTF_8);
	}

	private static String state(List<Item> items, DeviceKeys keys) {
		MessageDigest digest = Crypto.sha1();
		digest.update(keys.bag().encoded());
		for (Item item : items) {
			digest.update(der(item));
		}
		return HexFormat.of().formatHex(digest.digest());
	}
}
