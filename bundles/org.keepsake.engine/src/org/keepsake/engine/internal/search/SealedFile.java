// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.engine.internal.search;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;

import javax.crypto.Cipher;
import javax.crypto.KDF;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.SecretKeySpec;

import org.keepsake.core.JobMonitor;

/**
 * A file that only the holder of a key can read, and nobody alter unseen. Layout: {@code KSSEAL1\n}, 32 random bytes,
 * then chunks of at most {@value #CHUNK} bytes, each sealed by AES-256-GCM with its number as nonce and, as what is
 * authenticated besides, whether it is the last. The key of the file is derived (RFC 5869) from the given key and the
 * random bytes, so that no nonce is used twice with one key.
 */
final class SealedFile {

	private static final byte[] MAGIC = "KSSEAL1\n".getBytes(StandardCharsets.US_ASCII);
	private static final int SALT = 32;
	private static final int TAG = 16;
	private static final int CHUNK = 1 << 20;

	private SealedFile() {
	}

	/** The file is not sealed with this key, cut short or altered. */
	static final class BrokenException extends IOException {

		private static final long serialVersionUID = 1;

		BrokenException(String message, @org.eclipse.jdt.annotation.Nullable Throwable cause) {
			super(message, cause);
		}
	}

	/** Writes the sealed form of a file. */
	static void seal(Path clear, Path sealed, byte[] key, JobMonitor monitor) throws IOException {
		byte[] salt = new byte[SALT];
		new SecureRandom().nextBytes(salt);
		try (InputStream in = Files.newInputStream(clear);
				DataOutputStream out = new DataOutputStream(Files.newOutputStream(sealed))) {
			out.write(MAGIC);
			out.write(salt);
			SecretKeySpec fileKey = fileKey(key, salt);
			byte[] chunk = in.readNBytes(CHUNK);
			for (long number = 0;; number++) {
				monitor.throwIfCancelled();
				byte[] next = chunk.length < CHUNK ? new byte[0] : in.readNBytes(CHUNK);
				boolean last = next.length == 0;
				out.write(cipher(Cipher.ENCRYPT_MODE, fileKey, number, last).doFinal(chunk));
				Arrays.fill(chunk, (byte) 0);
				if (last) {
					return;
				}
				chunk = next;
			}
		} catch (GeneralSecurityException e) {
			throw new IllegalStateException("This JDK lacks AES-GCM", e);
		}
	}

	/** Writes the file in clear. @throws BrokenException if it is not what was sealed with this key */
	static void unseal(Path sealed, OutputStream clear, byte[] key, JobMonitor monitor) throws IOException {
		try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(sealed)))) {
			if (!Arrays.equals(MAGIC, in.readNBytes(MAGIC.length))) {
				throw new BrokenException("Not a sealed file", null);
			}
			SecretKeySpec fileKey = fileKey(key, in.readNBytes(SALT));
			byte[] chunk = in.readNBytes(CHUNK + TAG);
			for (long number = 0;; number++) {
				monitor.throwIfCancelled();
				byte[] next = chunk.length < CHUNK + TAG ? new byte[0] : in.readNBytes(CHUNK + TAG);
				boolean last = next.length == 0;
				byte[] plain = cipher(Cipher.DECRYPT_MODE, fileKey, number, last).doFinal(chunk);
				clear.write(plain);
				Arrays.fill(plain, (byte) 0);
				if (last) {
					return;
				}
				chunk = next;
			}
		} catch (GeneralSecurityException e) {
			throw new BrokenException("The sealed file was altered or cut short", e);
		}
	}

	private static SecretKeySpec fileKey(byte[] key, byte[] salt) throws GeneralSecurityException {
		byte[] derived = KDF.getInstance("HKDF-SHA256").deriveData(
				HKDFParameterSpec.ofExtract().addSalt(salt).addIKM(key).thenExpand(MAGIC, 32));
		try {
			return new SecretKeySpec(derived, "AES");
		} finally {
			Arrays.fill(derived, (byte) 0);
		}
	}

	private static Cipher cipher(int mode, SecretKeySpec key, long number, boolean last)
			throws GeneralSecurityException {
		Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
		cipher.init(mode, key, new GCMParameterSpec(8 * TAG, ByteBuffer.allocate(12).putLong(4, number).array()));
		cipher.updateAAD(new byte[] { (byte) (last ? 1 : 0) });
		return cipher;
	}
}
