// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.virtual.internal.backup;

import java.security.GeneralSecurityException;
import java.util.HashMap;
import java.util.Map;

import javax.crypto.Cipher;

import org.eclipse.jdt.annotation.Nullable;

/** Makes and opens the keys of files with the class keys of a bag. One thread. */
final class FileKeys {

	private final Map<Integer, byte[]> classKeys;
	private final Map<Integer, Cipher> wrapping = new HashMap<>();

	FileKeys(Map<Integer, byte[]> classKeys) {
		this.classKeys = classKeys;
	}

	/** A file's key as the manifest keeps it. */
	byte[] seal(int protectionClass, byte[] key) {
		int number = classKeys.containsKey(protectionClass) ? protectionClass : 3;
		try {
			Cipher cipher = wrapping.get(number);
			if (cipher == null) {
				cipher = Cipher.getInstance("AESWrap");
				cipher.init(Cipher.WRAP_MODE, Crypto.aes(classKeys.getOrDefault(number, new byte[0])));
				wrapping.put(number, cipher);
			}
			return Crypto.classAndKey(number, cipher.wrap(Crypto.aes(key)));
		} catch (GeneralSecurityException e) {
			throw Crypto.impossible(e);
		}
	}

	/** The file's key, or null if no class key opens it. */
	byte @Nullable [] open(byte[] sealed) {
		byte[] classKey = classKeys.get(Crypto.classOf(sealed));
		if (classKey == null || sealed.length != 44) {
			return null;
		}
		byte[] key = Crypto.unwrap(classKey, Crypto.keyOf(sealed));
		return key == null || key.length != Crypto.KEY_BYTES ? null : key;
	}
}
