// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.virtual.internal.backup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

import org.keepsake.virtual.internal.phone.Phone;

/**
 * The key bag that a device uses for its backups, and the class keys in it, which a device keeps so that a backup does
 * not need the password. The password itself is kept nowhere: the bag tells whether one is right.
 */
record DeviceKeys(boolean encrypted, KeyBag bag, Map<Integer, byte[]> classKeys) {

	private static final String FILE = "keys.plist";
	private static final String SEVERAL_STAGES_SINCE = "10.2";

	/** The device's keys; made for unencrypted backups the first time. */
	static DeviceKeys of(Phone phone) throws IOException {
		Path file = Memory.folder(phone).resolve(FILE);
		if (!Files.exists(file)) {
			return newUnencrypted(phone).keep(phone);
		}
		Map<String, Object> stored = Plists.readMap(Files.readAllBytes(file));
		Map<Integer, byte[]> keys = new TreeMap<>();
		for (Map.Entry<String, Object> key : Plists.map(stored.get("ClassKeys")).entrySet()) {
			keys.put(Integer.valueOf(key.getKey()), (byte[]) key.getValue());
		}
		return new DeviceKeys(Boolean.TRUE.equals(stored.get("Encrypted")), KeyBag.parse((byte[]) stored.get("KeyBag")),
				keys);
	}

	/** New keys for unencrypted backups: the bag's password is a random key that nobody has. */
	static DeviceKeys newUnencrypted(Phone phone) {
		Map<Integer, byte[]> keys = KeyBag.newClassKeys();
		KeyBag bag = KeyBag.create(derivation(phone), Crypto.random(Crypto.KEY_BYTES), keys);
		return new DeviceKeys(false, bag, keys);
	}

	/** New keys under a password; takes seconds with the real rounds. */
	static DeviceKeys newEncrypted(Phone phone, String password) {
		Map<Integer, byte[]> keys = KeyBag.newClassKeys();
		KeyBag.Derivation derivation = derivation(phone);
		return new DeviceKeys(true, KeyBag.create(derivation, derivation.key(password), keys), keys);
	}

	private static KeyBag.Derivation derivation(Phone phone) {
		boolean two = Versions.atLeast(phone.iosVersion(), SEVERAL_STAGES_SINCE);
		return KeyBag.newDerivation(two, phone.fastKeys() ? KeyBag.Rounds.FAST : KeyBag.Rounds.REAL);
	}

	/** Makes them the device's keys and tells lockdown whether backups will be encrypted. */
	DeviceKeys keep(Phone phone) throws IOException {
		Map<String, Object> keys = new LinkedHashMap<>();
		classKeys.forEach((number, key) -> keys.put(number.toString(), key));
		Path file = Memory.folder(phone).resolve(FILE);
		Path fresh = Memory.folder(phone).resolve(FILE + ".new");
		Files.deleteIfExists(fresh);
		if (Files.getFileStore(Memory.folder(phone)).supportsFileAttributeView("posix")) {
			Files.createFile(fresh, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
		}
		Files.write(fresh,
				BinaryPlistWriter.write(Map.of("Encrypted", encrypted, "KeyBag", bag.encoded(), "ClassKeys", keys)));
		Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
		phone.setLockdownValue("com.apple.mobile.backup", "WillEncrypt", encrypted);
		return this;
	}

	@Override
	public String toString() {
		return "DeviceKeys[encrypted=" + encrypted + "]";
	}
}
