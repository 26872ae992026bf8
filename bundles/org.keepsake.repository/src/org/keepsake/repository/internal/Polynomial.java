// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.repository.internal;

import java.security.SecureRandom;

/**
 * Polynomials over GF(2) in the bits of a long, as content-defined chunking needs them. Source: M. O. Rabin,
 * "Fingerprinting by Random Polynomials", 1981; the test of irreducibility is Ben-Or's.
 */
final class Polynomial {

	/** The degree of the polynomials that repositories use. */
	static final int DEGREE = 53;

	private Polynomial() {
	}

	/** A random irreducible polynomial of degree 53. */
	static long random() {
		SecureRandom random = new SecureRandom();
		while (true) {
			long candidate = random.nextLong() & (1L << DEGREE) - 1 | 1L << DEGREE | 1;
			if (isIrreducible(candidate)) {
				return candidate;
			}
		}
	}

	static int degree(long polynomial) {
		return 63 - Long.numberOfLeadingZeros(polynomial);
	}

	/** The remainder of a division. */
	static long mod(long value, long by) {
		int degree = degree(by);
		long rest = value;
		for (int d = degree(rest); d >= degree; d = degree(rest)) {
			rest ^= by << d - degree;
		}
		return rest;
	}

	/** Whether no polynomial of a lower degree, but a constant, divides it: common factors with x^(2^i) - x tell. */
	static boolean isIrreducible(long polynomial) {
		long power = 2; // x
		for (int i = 1; i <= degree(polynomial) / 2; i++) {
			power = multiply(power, power, polynomial);
			if (gcd(polynomial, power ^ 2) != 1) {
				return false;
			}
		}
		return true;
	}

	private static long multiply(long a, long b, long by) {
		int degree = degree(by);
		long product = 0;
		long shifted = mod(a, by);
		for (long rest = b; rest != 0; rest >>>= 1) {
			if ((rest & 1) != 0) {
				product ^= shifted;
			}
			shifted <<= 1;
			if ((shifted >>> degree & 1) != 0) {
				shifted ^= by;
			}
		}
		return product;
	}

	private static long gcd(long a, long b) {
		long x = a;
		long y = b;
		while (y != 0) {
			long rest = mod(x, y);
			x = y;
			y = rest;
		}
		return x;
	}
}
