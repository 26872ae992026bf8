// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.repository.internal;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Poly1305 over an array, in limbs of 44, 44 and 42 bits. Source: D. J. Bernstein, "The Poly1305-AES
 * message-authentication code", 2005.
 *
 * <p>
 * A product of two limbs is wanted as its low 44 bits and what is above them. The upper half of a multiplication whose
 * factors were shifted by 20 bits together is just that, so sums never need a carry of 128 bits.
 */
final class Poly1305 {

	/** Bytes of a tag. */
	static final int TAG = 16;

	private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
	private static final long MASK = (1L << 44) - 1;
	private static final long MASK_TOP = (1L << 42) - 1;

	private final long r0;
	private final long r1;
	private final long r2;
	/** The square of r, in limbs that are a little more than 44 bits at most. */
	private final long[] square;

	/** @param r 16 bytes, which are clamped here */
	Poly1305(byte[] r) {
		long low = (long) LONG.get(r, 0) & 0x0ffffffc0fffffffL;
		long high = (long) LONG.get(r, 8) & 0x0ffffffc0ffffffcL;
		r0 = low & MASK;
		r1 = (low >>> 44 | high << 20) & MASK;
		r2 = high >>> 24;
		// A block of zeros multiplies what is there by r.
		long[] power = { r0, r1, r2 };
		square = power;
		blocks(power, new byte[16], 0, 16, 0);
	}

	/** Computes the tag of a part of an array, with the 16 bytes that are added at the end. */
	void tag(byte[] data, int offset, int length, byte[] added, byte[] tag, int tagOffset) {
		long[] h = new long[3];
		int whole = length & ~15;
		for (int done = 0; done < whole;) {
			// Pieces, so that the loop is compiled early.
			int piece = Math.min(whole - done, 1 << 15);
			blocks(h, data, offset + done, piece, 1L << 40);
			done += piece;
		}
		if (whole < length) {
			byte[] last = new byte[16];
			System.arraycopy(data, offset + whole, last, 0, length - whole);
			last[length - whole] = 1;
			blocks(h, last, 0, 16, 0);
		}
		finish(h, added, tag, tagOffset);
	}

	private void blocks(long[] h, byte[] data, int offset, int length, long top) {
		int pairs = length & ~31;
		if (pairs > 0) {
			pairs(h, data, offset, pairs, top);
		}
		long h0 = h[0];
		long h1 = h[1];
		long h2 = h[2];
		long s1 = r1 * 20;
		long s2 = r2 * 20;
		for (int i = offset + pairs, end = offset + length; i < end; i += 16) {
			long low = (long) LONG.get(data, i);
			long high = (long) LONG.get(data, i + 8);
			h0 += low & MASK;
			h1 += (low >>> 44 | high << 20) & MASK;
			h2 += high >>> 24 | top;
			long low0 = (h0 * r0 & MASK) + (h1 * s2 & MASK) + (h2 * s1 & MASK);
			long low1 = (h0 * r1 & MASK) + (h1 * r0 & MASK) + (h2 * s2 & MASK);
			long low2 = (h0 * r2 & MASK) + (h1 * r1 & MASK) + (h2 * r0 & MASK);
			low1 += up(h0, r0) + up(h1, s2) + up(h2, s1) + (low0 >>> 44);
			low2 += up(h0, r1) + up(h1, r0) + up(h2, s2) + (low1 >>> 44);
			long up2 = up(h0, r2) + up(h1, r1) + up(h2, r0);
			// What is above 130 bits comes back five times; up2 counts from bit 132.
			h2 = low2 & MASK_TOP;
			h0 = (low0 & MASK) + ((up2 << 2) + (low2 >>> 42)) * 5;
			h1 = (low1 & MASK) + (h0 >>> 44);
			h0 &= MASK;
		}
		h[0] = h0;
		h[1] = h1;
		h[2] = h2;
	}

	/** What of a product of two limbs is above its low 44 bits. */
	private static long up(long a, long b) {
		return Math.multiplyHigh(a << 15, b << 5);
	}

	/**
	 * Two blocks a step: the sum so far and the first times the square of r, and the second times r. The second does not
	 * wait for the step before, and both share one reduction.
	 */
	private void pairs(long[] h, byte[] data, int offset, int length, long top) {
		long h0 = h[0];
		long h1 = h[1];
		long h2 = h[2];
		long s1 = r1 * 20;
		long s2 = r2 * 20;
		long q0 = square[0];
		long q1 = square[1];
		long q2 = square[2];
		long t1 = q1 * 20;
		long t2 = q2 * 20;
		for (int i = offset, end = offset + length; i < end; i += 32) {
			long low = (long) LONG.get(data, i);
			long high = (long) LONG.get(data, i + 8);
			h0 += low & MASK;
			h1 += (low >>> 44 | high << 20) & MASK;
			h2 += high >>> 24 | top;
			low = (long) LONG.get(data, i + 16);
			high = (long) LONG.get(data, i + 24);
			long m0 = low & MASK;
			long m1 = (low >>> 44 | high << 20) & MASK;
			long m2 = high >>> 24 | top;
			long low0 = (m0 * r0 & MASK) + (m1 * s2 & MASK) + (m2 * s1 & MASK) + (h0 * q0 & MASK) + (h1 * t2 & MASK)
					+ (h2 * t1 & MASK);
			long low1 = (m0 * r1 & MASK) + (m1 * r0 & MASK) + (m2 * s2 & MASK) + (h0 * q1 & MASK) + (h1 * q0 & MASK)
					+ (h2 * t2 & MASK);
			long low2 = (m0 * r2 & MASK) + (m1 * r1 & MASK) + (m2 * r0 & MASK) + (h0 * q2 & MASK) + (h1 * q1 & MASK)
					+ (h2 * q0 & MASK);
			low1 += up(m0, r0) + up(m1, s2) + up(m2, s1) + up(h0, q0) + up(h1, t2) + up(h2, t1) + (low0 >>> 44);
			low2 += up(m0, r1) + up(m1, r0) + up(m2, s2) + up(h0, q1) + up(h1, q0) + up(h2, t2) + (low1 >>> 44);
			long up2 = up(m0, r2) + up(m1, r1) + up(m2, r0) + up(h0, q2) + up(h1, q1) + up(h2, q0);
			h2 = low2 & MASK_TOP;
			h0 = (low0 & MASK) + ((up2 << 2) + (low2 >>> 42)) * 5;
			h1 = (low1 & MASK) + (h0 >>> 44);
			h0 &= MASK;
		}
		h[0] = h0;
		h[1] = h1;
		h[2] = h2;
	}

	private static void finish(long[] h, byte[] added, byte[] tag, int tagOffset) {
		long h0 = h[0];
		long h1 = h[1];
		long h2 = h[2];
		for (int i = 0; i < 2; i++) {
			h1 += h0 >>> 44;
			h0 &= MASK;
			h2 += h1 >>> 44;
			h1 &= MASK;
			h0 += (h2 >>> 42) * 5;
			h2 &= MASK_TOP;
		}
		h1 += h0 >>> 44;
		h0 &= MASK;
		long g0 = h0 + 5;
		long g1 = h1 + (g0 >>> 44);
		long g2 = h2 + (g1 >>> 44) - (1L << 42);
		long keep = g2 >> 63; // all ones if h is below the prime
		h0 = h0 & keep | g0 & MASK & ~keep;
		h1 = h1 & keep | g1 & MASK & ~keep;
		h2 = h2 & keep | g2 & MASK_TOP & ~keep;
		long low = h0 | h1 << 44;
		long high = h1 >>> 20 | h2 << 24;
		long sum = low + (long) LONG.get(added, 0);
		long carry = Long.compareUnsigned(sum, low) < 0 ? 1 : 0;
		LONG.set(tag, tagOffset, sum);
		LONG.set(tag, tagOffset + 8, high + (long) LONG.get(added, 8) + carry);
	}
}
