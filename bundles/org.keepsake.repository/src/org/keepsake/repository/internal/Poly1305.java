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

	/** @param r 16 bytes, which are clamped here */
	Poly1305(byte[] r) {
		long low = (long) LONG.get(r, 0) & 0x0ffffffc0fffffffL;
		long high = (long) LONG.get(r, 8) & 0x0ffffffc0ffffffcL;
		r0 = low & MASK;
		r1 = (low >>> 44 | high << 20) & MASK;
		r2 = high >>> 24;
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
		long h0 = h[0];
		long h1 = h[1];
		long h2 = h[2];
		long s1 = r1 * 20;
		long s2 = r2 * 20;
		long r0up = r0 << 5;
		long r1up = r1 << 5;
		long r2up = r2 << 5;
		long s1up = s1 << 5;
		long s2up = s2 << 5;
		for (int i = offset, end = offset + length; i < end; i += 16) {
			long low = (long) LONG.get(data, i);
			long high = (long) LONG.get(data, i + 8);
			h0 += low & MASK;
			h1 += (low >>> 44 | high << 20) & MASK;
			h2 += high >>> 24 | top;
			long h0up = h0 << 15;
			long h1up = h1 << 15;
			long h2up = h2 << 15;
			long low0 = (h0 * r0 & MASK) + (h1 * s2 & MASK) + (h2 * s1 & MASK);
			long low1 = (h0 * r1 & MASK) + (h1 * r0 & MASK) + (h2 * s2 & MASK);
			long low2 = (h0 * r2 & MASK) + (h1 * r1 & MASK) + (h2 * r0 & MASK);
			long up0 = Math.multiplyHigh(h0up, r0up) + Math.multiplyHigh(h1up, s2up) + Math.multiplyHigh(h2up, s1up);
			long up1 = Math.multiplyHigh(h0up, r1up) + Math.multiplyHigh(h1up, r0up) + Math.multiplyHigh(h2up, s2up);
			long up2 = Math.multiplyHigh(h0up, r2up) + Math.multiplyHigh(h1up, r1up) + Math.multiplyHigh(h2up, r0up);
			low1 += up0 + (low0 >>> 44);
			h0 = low0 & MASK;
			low2 += up1 + (low1 >>> 44);
			h1 = low1 & MASK;
			// What is above 130 bits comes back five times; up2 counts from bit 132.
			h2 = low2 & MASK_TOP;
			h0 += ((up2 << 2) + (low2 >>> 42)) * 5;
			h1 += h0 >>> 44;
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
