// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ios.backup.internal.crypto;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.Arrays;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * PBKDF2 (RFC 8018, 5.2) over bytes. The JDK's own takes characters only, and the second stage of a key bag has 32 bytes
 * of any value as its password.
 */
public final class Pbkdf2 {

	/** Hears now and then how many rounds are done; throws to end the derivation. */
	@FunctionalInterface
	public interface Rounds {
		/** @param done rounds since the last call */
		void done(int done) throws IOException;
	}

	private static final int STEP = 16 << 10;

	private Pbkdf2() {
	}

	/**
	 * Derives a key; 10 million rounds take some three seconds of a core.
	 *
	 * @param algorithm of the JCA, such as {@code HmacSHA256}
	 * @return the key, which the caller wipes
	 */
	public static byte[] derive(String algorithm, byte[] password, byte[] salt, int rounds, int length, Rounds monitor)
			throws IOException {
		try {
			Mac mac = Mac.getInstance(algorithm);
			// A key is padded with zeros anyway, and the JCA refuses an empty one.
			mac.init(new SecretKeySpec(password.length == 0 ? new byte[1] : password, algorithm));
			byte[] key = new byte[length];
			for (int block = 1, at = 0; at < length; block++) {
				byte[] derived = block(mac, salt, rounds, block, monitor);
				System.arraycopy(derived, 0, key, at, Math.min(derived.length, length - at));
				at += derived.length;
				Arrays.fill(derived, (byte) 0);
			}
			return key;
		} catch (GeneralSecurityException e) {
			throw new IllegalStateException("This JDK lacks " + algorithm, e);
		}
	}

	private static byte[] block(Mac mac, byte[] salt, int rounds, int number, Rounds monitor)
			throws IOException, GeneralSecurityException {
		mac.update(salt);
		mac.update(new byte[] { (byte) (number >> 24), (byte) (number >> 16), (byte) (number >> 8), (byte) number });
		byte[] u = mac.doFinal();
		byte[] sum = u.clone();
		for (int done = 1; done < rounds;) {
			int step = Math.min(STEP, rounds - done);
			iterate(mac, u, sum, step);
			done += step;
			monitor.done(step);
		}
		Arrays.fill(u, (byte) 0);
		return sum;
	}

	/* A method of its own, so that it is compiled as a whole soon. */
	private static void iterate(Mac mac, byte[] u, byte[] sum, int rounds) throws GeneralSecurityException {
		for (int i = 0; i < rounds; i++) {
			mac.update(u);
			mac.doFinal(u, 0);
			for (int k = 0; k < sum.length; k++) {
				sum[k] ^= u[k];
			}
		}
	}
}
