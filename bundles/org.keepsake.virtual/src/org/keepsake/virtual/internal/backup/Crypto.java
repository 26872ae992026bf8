// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.virtual.internal.backup;

import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.Key;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;

import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

import org.eclipse.jdt.annotation.Nullable;

/** The few primitives that backups use. Stateless, any thread. */
final class Crypto {

	static final int KEY_BYTES = 32;
	static final int BLOCK_BYTES = 16;
	private static final SecureRandom RANDOM = new SecureRandom();

	private Crypto() {
	}

	/** A primitive that every Java platform has and that failed nevertheless. */
	static IllegalStateException impossible(GeneralSecurityException cause) {
		return new IllegalStateException("the Java platform lacks a primitive", cause);
	}

	static byte[] random(int length) {
		byte[] bytes = new byte[length];
		RANDOM.nextBytes(bytes);
		return bytes;
	}

	/** PBKDF2 (RFC 8018) over bytes, which {@code PBEKeySpec} cannot express. */
	static byte[] pbkdf2(String mac, byte[] password, byte[] salt, int rounds, int length) {
		try {
			Mac function = Mac.getInstance(mac);
			// an empty password is an HMAC key of zeros
			function.init(new SecretKeySpec(password.length == 0 ? new byte[1] : password, mac));
			byte[] key = new byte[length];
			int size = function.getMacLength();
			for (int at = 0, block = 1; at < length; at += size, block++) {
				function.update(salt);
				function.update(new byte[] { (byte) (block >>> 24), (byte) (block >>> 16), (byte) (block >>> 8),
						(byte) block });
				byte[] last = function.doFinal();
				byte[] sum = last.clone();
				for (int round = 1; round < rounds; round++) {
					function.update(last);
					function.doFinal(last, 0);
					for (int i = 0; i < size; i++) {
						sum[i] ^= last[i];
					}
				}
				System.arraycopy(sum, 0, key, at, Math.min(size, length - at));
			}
			return key;
		} catch (GeneralSecurityException e) {
			throw impossible(e);
		}
	}

	/** RFC 3394 with the default initial value. */
	static byte[] wrap(byte[] keyEncryptionKey, byte[] key) {
		try {
			Cipher cipher = Cipher.getInstance("AESWrap");
			cipher.init(Cipher.WRAP_MODE, aes(keyEncryptionKey));
			return cipher.wrap(aes(key));
		} catch (GeneralSecurityException e) {
			throw impossible(e);
		}
	}

	/** The key, or null if it was wrapped with another one. */
	static byte @Nullable [] unwrap(byte[] keyEncryptionKey, byte[] wrapped) {
		try {
			Cipher cipher = Cipher.getInstance("AESWrap");
			cipher.init(Cipher.UNWRAP_MODE, aes(keyEncryptionKey));
			Key key = cipher.unwrap(wrapped, "AES", Cipher.SECRET_KEY);
			return key.getEncoded();
		} catch (InvalidKeyException e) {
			return null;
		} catch (GeneralSecurityException e) {
			throw impossible(e);
		}
	}

	/** AES-256-CBC without padding and with an initial vector of zeros. */
	static Cipher cbc(int mode, byte[] key) {
		try {
			Cipher cipher = Cipher.getInstance("AES/CBC/NoPadding");
			cipher.init(mode, aes(key), new IvParameterSpec(new byte[BLOCK_BYTES]));
			return cipher;
		} catch (GeneralSecurityException e) {
			throw impossible(e);
		}
	}

	static SecretKey aes(byte[] key) {
		return new SecretKeySpec(key, "AES");
	}

	static MessageDigest sha1() {
		try {
			return MessageDigest.getInstance("SHA-1");
		} catch (GeneralSecurityException e) {
			throw impossible(e);
		}
	}

	/** How many bytes a file of the size has once it is encrypted: PKCS#7 always adds. */
	static long padded(long size) {
		return size == 0 ? 0 : (size / BLOCK_BYTES + 1) * BLOCK_BYTES;
	}

	/** Four bytes of the class (little endian) and the wrapped key, as manifests keep it. */
	static byte[] classAndKey(int protectionClass, byte[] wrapped) {
		byte[] blob = new byte[4 + wrapped.length];
		for (int i = 0; i < 4; i++) {
			blob[i] = (byte) (protectionClass >>> 8 * i);
		}
		System.arraycopy(wrapped, 0, blob, 4, wrapped.length);
		return blob;
	}

	static int classOf(byte[] blob) {
		return blob.length < 4 ? -1 : blob[0] & 0xFF | (blob[1] & 0xFF) << 8 | (blob[2] & 0xFF) << 16 | blob[3] << 24;
	}

	static byte[] keyOf(byte[] blob) {
		return blob.length < 4 ? new byte[0] : Arrays.copyOfRange(blob, 4, blob.length);
	}
}
