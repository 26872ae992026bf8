// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ios.backup.internal.crypto;

import java.io.IOException;
import java.security.DigestException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;

/**
 * PBKDF2 with HMAC (RFC 8018, 5.2; RFC 2104) over bytes. The JDK's own takes characters only, and the second stage of a
 * key bag has 32 bytes of any value as its password. It also hashes the padded password anew in each of the ten million
 * rounds; here the two digests that have taken it in are cloned, which halves the work.
 */
public final class Pbkdf2 {

	/** Hears now and then how many rounds are done; throws to end the derivation. */
	@FunctionalInterface
	public interface Rounds {
		/** @param done rounds since the last call */
		void done(int done) throws IOException;
	}

	private static final int STEP = 16 << 10;
	/** Of SHA-1 and SHA-256 alike. */
	private static final int BLOCK = 64;

	/** Have taken the password in, padded in two ways; never used themselves. */
	private final MessageDigest inner;
	private final MessageDigest outer;

	private Pbkdf2(String digest, byte[] password) throws GeneralSecurityException {
		inner = MessageDigest.getInstance(digest);
		outer = MessageDigest.getInstance(digest);
		byte[] key = password.length > BLOCK ? inner.digest(password) : password.clone();
		takeIn(inner, key, 0x36);
		takeIn(outer, key, 0x5C);
		Arrays.fill(key, (byte) 0);
	}

	private static void takeIn(MessageDigest digest, byte[] key, int pad) {
		byte[] padded = Arrays.copyOf(key, BLOCK);
		for (int i = 0; i < BLOCK; i++) {
			padded[i] ^= pad;
		}
		digest.update(padded);
		Arrays.fill(padded, (byte) 0);
	}

	/**
	 * Derives a key; 10 million rounds take some two seconds of a core.
	 *
	 * @param digest {@code SHA-1} or {@code SHA-256}
	 * @return the key, which the caller wipes
	 */
	public static byte[] derive(String digest, byte[] password, byte[] salt, int rounds, int length, Rounds monitor)
			throws IOException {
		try {
			Pbkdf2 hmac = new Pbkdf2(digest, password);
			byte[] key = new byte[length];
			for (int block = 1, at = 0; at < length; block++) {
				byte[] derived = hmac.block(salt, rounds, block, monitor);
				System.arraycopy(derived, 0, key, at, Math.min(derived.length, length - at));
				at += derived.length;
				Arrays.fill(derived, (byte) 0);
			}
			return key;
		} catch (GeneralSecurityException | CloneNotSupportedException e) {
			throw new IllegalStateException("This JDK lacks " + digest, e);
		}
	}

	private byte[] block(byte[] salt, int rounds, int number, Rounds monitor)
			throws IOException, GeneralSecurityException, CloneNotSupportedException {
		MessageDigest first = (MessageDigest) inner.clone();
		first.update(salt);
		first.update(
				new byte[] { (byte) (number >> 24), (byte) (number >> 16), (byte) (number >> 8), (byte) number });
		byte[] u = first.digest();
		finish(u);
		byte[] sum = u.clone();
		for (int done = 1; done < rounds;) {
			int step = Math.min(STEP, rounds - done);
			iterate(u, sum, step);
			done += step;
			monitor.done(step);
		}
		Arrays.fill(u, (byte) 0);
		return sum;
	}

	/* A method of its own, so that it is compiled as a whole soon. */
	private void iterate(byte[] u, byte[] sum, int rounds) throws DigestException, CloneNotSupportedException {
		for (int i = 0; i < rounds; i++) {
			MessageDigest digest = (MessageDigest) inner.clone();
			digest.update(u, 0, u.length);
			digest.digest(u, 0, u.length);
			finish(u);
			for (int k = 0; k < sum.length; k++) {
				sum[k] ^= u[k];
			}
		}
	}

	/** The outer half of HMAC, in place. */
	private void finish(byte[] u) throws DigestException, CloneNotSupportedException {
		MessageDigest digest = (MessageDigest) outer.clone();
		digest.update(u, 0, u.length);
		digest.digest(u, 0, u.length);
	}
}
