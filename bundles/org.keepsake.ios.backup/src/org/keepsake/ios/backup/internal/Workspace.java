// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ios.backup.internal;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;

import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.disk.WriteBuffer;
import org.keepsake.ios.backup.internal.crypto.ClassKeys;

/**
 * What a thread needs to read files one after the other: buffers, ciphers and a digest, which are costly to make anew
 * for each of a million files. Not thread-safe.
 */
final class Workspace implements AutoCloseable {

	/** AES works on these. */
	static final int BLOCK = 16;
	/** Any workspace holds this much: a block and the one before, on which it depends. */
	static final int LEAST = 2 * BLOCK;
	/** As much as is decrypted at a time: enough for the JDK's vectorised AES, small enough to stay in the cache. */
	static final int CHUNK = 64 << 10;

	private static final byte[] NO_IV = new byte[BLOCK];

	final byte[] stored;
	final byte[] plain;
	final MessageDigest sha1 = FileIds.sha1();
	final ClassKeys.@Nullable FileKeys keys;
	private final Cipher cbc;
	private @Nullable WriteBuffer output;

	/** @param keys null for a backup that is not encrypted @param chunk whole blocks, at least {@link #LEAST} */
	Workspace(@Nullable ClassKeys keys, int chunk) {
		this(keys == null ? null : keys.fileKeys(), new byte[chunk], keys != null);
	}

	private Workspace(ClassKeys.@Nullable FileKeys keys, byte[] stored, boolean encrypted) {
		this.keys = keys;
		this.stored = stored;
		plain = encrypted ? new byte[stored.length] : stored;
		try {
			cbc = Cipher.getInstance("AES/CBC/NoPadding");
		} catch (GeneralSecurityException e) {
			throw new IllegalStateException("This JDK lacks AES", e);
		}
	}

	/** One that decrypts with whatever key it is told, and unwraps none. */
	static Workspace ofNoBackup(int chunk) {
		return new Workspace(null, new byte[chunk], true);
	}

	/** Begins to decrypt a file. @param previous the encrypted block before; null at the file's beginning */
	void begin(byte[] key, byte @Nullable [] previous) {
		try {
			cbc.init(Cipher.DECRYPT_MODE, new SecretKeySpec(key, "AES"),
					new IvParameterSpec(previous == null ? NO_IV : previous));
		} catch (GeneralSecurityException e) {
			throw new IllegalStateException("This JDK lacks AES", e);
		}
	}

	/** Decrypts the next bytes of the file from {@link #stored} to {@link #plain}. @param length whole blocks */
	void decrypt(int length) {
		try {
			int done = cbc.update(stored, 0, length, plain, 0);
			if (done != length) {
				throw new IllegalStateException("The cipher held bytes back");
			}
		} catch (GeneralSecurityException e) {
			throw new IllegalStateException("This JDK lacks AES", e);
		}
	}

	/** What files in a folder are written through. @param folder the only one of this workspace */
	WriteBuffer output(OutputFolder folder) {
		WriteBuffer buffer = output;
		if (buffer == null) {
			buffer = folder.newBuffer();
			output = buffer;
		}
		return buffer;
	}

	@Override
	public void close() {
		WriteBuffer buffer = output;
		if (buffer != null) {
			buffer.close();
		}
		Arrays.fill(plain, (byte) 0);
		begin(new byte[32], null);
		ClassKeys.FileKeys fileKeys = keys;
		if (fileKeys != null) {
			fileKeys.close();
		}
	}
}
