// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.virtual.internal.backup;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.eclipse.jdt.annotation.Nullable;

/**
 * A backup's key bag: the class keys, wrapped with a key that is derived from the password. Format: groups of tag, big
 * endian length and value (AppleKeyStore's keybag, type 1). A bag of an unencrypted backup is wrapped with a random key.
 */
final class KeyBag {

	/** How many rounds each stage of the derivation takes. */
	record Rounds(int sha256, int sha1) {
		static final Rounds REAL = new Rounds(10_000_000, 10_000);
		/** For tests. */
		static final Rounds FAST = new Rounds(1_000, 1_000);
	}

	/** How a password becomes a key; without a first salt (before iOS 10.2) the first stage is left out. */
	record Derivation(byte @Nullable [] firstSalt, byte[] salt, Rounds rounds) {

		byte[] key(String password) {
			byte[] bytes = password.getBytes(StandardCharsets.UTF_8);
			byte[] first = firstSalt;
			byte[] secret = first == null ? bytes
					: Crypto.pbkdf2("HmacSHA256", bytes, first, rounds.sha256(), Crypto.KEY_BYTES);
			return Crypto.pbkdf2("HmacSHA1", secret, salt, rounds.sha1(), Crypto.KEY_BYTES);
		}
	}

	private static final int SALT_BYTES = 20;
	private static final int UUID_BYTES = 16;
	private static final int WRAPPED_BYTES = 40;
	private static final int WRAP_PASSWORD = 2;
	private static final int WRAP_BOTH = 3;
	private static final int CLASSES = 11;
	/** From here on keys stay on this device. */
	private static final int FIRST_DEVICE_ONLY = 9;
	private static final int MAX_ROUNDS = 100_000_000;

	private record Wrapped(byte[] uuid, int number, int wrap, byte[] key) {
	}

	private final byte[] encoded;
	private final byte[] uuid;
	private final Derivation derivation;
	private final List<Wrapped> classes;

	private KeyBag(byte[] encoded, byte[] uuid, Derivation derivation, List<Wrapped> classes) {
		this.encoded = encoded;
		this.uuid = uuid;
		this.derivation = derivation;
		this.classes = List.copyOf(classes);
	}

	/** New salts for a bag; two stages from iOS 10.2 on. */
	static Derivation newDerivation(boolean twoStages, Rounds rounds) {
		return new Derivation(twoStages ? Crypto.random(SALT_BYTES) : null, Crypto.random(SALT_BYTES), rounds);
	}

	/** New class keys, by their numbers. */
	static Map<Integer, byte[]> newClassKeys() {
		Map<Integer, byte[]> keys = new TreeMap<>();
		for (int number = 1; number <= CLASSES; number++) {
			keys.put(number, Crypto.random(Crypto.KEY_BYTES));
		}
		return keys;
	}

	/** A bag of the class keys, wrapped with the key that the derivation gave. */
	static KeyBag create(Derivation derivation, byte[] keyEncryptionKey, Map<Integer, byte[]> classKeys) {
		byte[] uuid = Crypto.random(UUID_BYTES);
		List<Wrapped> classes = new ArrayList<>();
		classKeys.forEach((number, key) -> classes.add(new Wrapped(Crypto.random(UUID_BYTES), number,
				number >= FIRST_DEVICE_ONLY ? WRAP_BOTH : WRAP_PASSWORD, Crypto.wrap(keyEncryptionKey, key))));
		ByteArrayOutputStream out = new ByteArrayOutputStream();
		put(out, "VERS", 5);
		put(out, "TYPE", 1);
		put(out, "UUID", uuid);
		put(out, "HMCK", Crypto.wrap(keyEncryptionKey, Crypto.random(Crypto.KEY_BYTES)));
		put(out, "WRAP", WRAP_PASSWORD);
		put(out, "SALT", derivation.salt());
		put(out, "ITER", derivation.rounds().sha1());
		byte[] first = derivation.firstSalt();
		if (first != null) {
			put(out, "DPWT", 1);
			put(out, "DPIC", derivation.rounds().sha256());
			put(out, "DPSL", first);
		}
		for (Wrapped one : classes) {
			put(out, "UUID", one.uuid());
			put(out, "CLAS", one.number());
			put(out, "WRAP", one.wrap());
			put(out, "KTYP", 0);
			put(out, "WPKY", one.key());
		}
		return new KeyBag(out.toByteArray(), uuid, derivation, classes);
	}

	private static void put(ByteArrayOutputStream out, String tag, int value) {
		put(out, tag, ByteBuffer.allocate(4).putInt(value).array());
	}

	private static void put(ByteArrayOutputStream out, String tag, byte[] value) {
		out.writeBytes(tag.getBytes(StandardCharsets.US_ASCII));
		out.writeBytes(ByteBuffer.allocate(4).putInt(value.length).array());
		out.writeBytes(value);
	}

	/**
	 * Reads a bag that a host gave.
	 *
	 * @throws BackupFailure 205 if it is none
	 */
	static KeyBag parse(byte[] encoded) throws BackupFailure {
		Map<String, byte[]> header = new HashMap<>();
		List<Map<String, byte[]>> groups = new ArrayList<>();
		Map<String, byte[]> current = header;
		ByteBuffer in = ByteBuffer.wrap(encoded);
		while (in.remaining() >= 8) {
			byte[] tag = new byte[4];
			in.get(tag);
			int length = in.getInt();
			if (length < 0 || length > in.remaining()) {
				throw new BackupFailure(BackupFailure.CORRUPT, "Invalid keybag");
			}
			byte[] value = new byte[length];
			in.get(value);
			String name = new String(tag, StandardCharsets.US_ASCII);
			if (name.equals("UUID") && header.containsKey("UUID")) {
				current = new HashMap<>();
				groups.add(current);
			}
			current.put(name, value);
		}
		return new KeyBag(encoded.clone(), bytes(header, "UUID", UUID_BYTES), derivation(header), classes(groups));
	}

	private static Derivation derivation(Map<String, byte[]> header) throws BackupFailure {
		byte[] firstSalt = header.get("DPSL");
		int sha256 = firstSalt == null ? 1 : number(header, "DPIC");
		int sha1 = number(header, "ITER");
		if (sha256 < 1 || sha1 < 1 || sha256 > MAX_ROUNDS || sha1 > MAX_ROUNDS) {
			throw new BackupFailure(BackupFailure.CORRUPT, "Invalid keybag iterations");
		}
		return new Derivation(firstSalt, bytes(header, "SALT", SALT_BYTES), new Rounds(sha256, sha1));
	}

	private static List<Wrapped> classes(List<Map<String, byte[]>> groups) throws BackupFailure {
		List<Wrapped> classes = new ArrayList<>();
		for (Map<String, byte[]> group : groups) {
			if (group.containsKey("WPKY")) {
				classes.add(new Wrapped(bytes(group, "UUID", UUID_BYTES), number(group, "CLAS"), number(group, "WRAP"),
						bytes(group, "WPKY", WRAPPED_BYTES)));
			}
		}
		return classes;
	}

	private static int number(Map<String, byte[]> group, String tag) throws BackupFailure {
		return ByteBuffer.wrap(bytes(group, tag, 4)).getInt();
	}

	private static byte[] bytes(Map<String, byte[]> group, String tag, int length) throws BackupFailure {
		byte[] value = group.get(tag);
		if (value == null || value.length != length) {
			throw new BackupFailure(BackupFailure.CORRUPT, "Invalid keybag: " + tag);
		}
		return value;
	}

	byte[] encoded() {
		return encoded.clone();
	}

	boolean sameAs(KeyBag other) {
		return Arrays.equals(uuid, other.uuid);
	}

	Derivation derivation() {
		return derivation;
	}

	/**
	 * The class keys by number.
	 *
	 * @throws BackupFailure 207 if the password is not the bag's; takes seconds with the real rounds
	 */
	Map<Integer, byte[]> unlock(String password) throws BackupFailure {
		byte[] key = derivation.key(password);
		Map<Integer, byte[]> keys = new TreeMap<>();
		for (Wrapped one : classes) {
			if ((one.wrap() & WRAP_PASSWORD) != 0) {
				byte[] unwrapped = Crypto.unwrap(key, one.key());
				if (unwrapped == null && one.wrap() == WRAP_PASSWORD) {
					throw new BackupFailure(BackupFailure.PASSWORD, "Invalid password");
				} else if (unwrapped != null) {
					keys.put(one.number(), unwrapped);
				}
			}
		}
		if (keys.isEmpty()) {
			throw new BackupFailure(BackupFailure.PASSWORD, "Invalid password");
		}
		return keys;
	}
}
