// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ios.backup.internal.crypto;

import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.core.Secret;

/**
 * What a password and the salts of a key bag give, to be kept in place of the password: it opens every backup with the
 * same bag at once, and nothing else. {@link #close()} wipes it.
 *
 * <p>
 * As text: {@code keepsake-key-1:}, the SHA-256 of the salts and rounds, {@code :}, and the key, both in hexadecimal.
 */
public final class DerivedKey implements AutoCloseable {

	private static final String FORM = "keepsake-key-1:";
	private static final int BYTES = 32;
	private static final int KEY_AT = FORM.length() + 2 * BYTES + 1;

	private final byte[] bag;
	private final byte[] key;

	/** Copies both. @param bag 32 bytes that name the bag @param key 32 bytes */
	DerivedKey(byte[] bag, byte[] key) {
		this.bag = bag.clone();
		this.key = key.clone();
	}

	/** Reads the text's form. @return null if it is another text */
	public static @Nullable DerivedKey of(Secret text) {
		char[] characters = text.revealCharacters();
		try {
			if (characters.length != KEY_AT + 2 * BYTES || !FORM.equals(new String(characters, 0, FORM.length()))
					|| characters[KEY_AT - 1] != ':') {
				return null;
			}
			HexFormat hex = HexFormat.of();
			byte[] key = hex.parseHex(characters, KEY_AT, characters.length);
			DerivedKey derived = new DerivedKey(hex.parseHex(characters, FORM.length(), KEY_AT - 1), key);
			Arrays.fill(key, (byte) 0);
			return derived;
		} catch (IllegalArgumentException e) {
			return null;
		} finally {
			Arrays.fill(characters, '\0');
		}
	}

	/** As text; the caller closes it. */
	Secret toSecret() {
		char[] characters = new char[KEY_AT + 2 * BYTES];
		FORM.getChars(0, FORM.length(), characters, 0);
		HexFormat hex = HexFormat.of();
		for (int i = 0; i < BYTES; i++) {
			put(characters, FORM.length() + 2 * i, bag[i], hex);
			put(characters, KEY_AT + 2 * i, key[i], hex);
		}
		characters[KEY_AT - 1] = ':';
		Secret secret = new Secret(characters);
		Arrays.fill(characters, '\0');
		return secret;
	}

	private static void put(char[] characters, int at, byte value, HexFormat hex) {
		characters[at] = hex.toHighHexDigit(value);
		characters[at + 1] = hex.toLowHexDigit(value);
	}

	/** Whether it was derived with the salts of the bag. */
	boolean isOf(byte[] other) {
		return MessageDigest.isEqual(bag, other);
	}

	/** The key itself, not a copy. */
	byte[] key() {
		return key;
	}

	@Override
	public void close() {
		Arrays.fill(key, (byte) 0);
	}

	@Override
	public String toString() {
		return "DerivedKey";
	}
}
