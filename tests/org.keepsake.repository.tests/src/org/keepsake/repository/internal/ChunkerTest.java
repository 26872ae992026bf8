// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.repository.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;

class ChunkerTest {

	/** A polynomial that restic's own tests use. */
	private static final long POLYNOMIAL = 0x3DA3358B4DC173L;

	@Test
	void cutsWhereThePlainFingerprintSays() {
		byte[] data = new byte[24 << 20];
		new Random(23).nextBytes(data);
		List<Integer> expected = plain(data);
		assertTrue(expected.size() > 10, "the content has many chunks");
		assertEquals(expected, cuts(data, data.length));
	}

	@Test
	void cutsTheSameInWhateverStepsContentComes() {
		byte[] data = new byte[9 << 20];
		new Random(5).nextBytes(data);
		List<Integer> whole = cuts(data, data.length);
		for (int step : new int[] { 999, 4096, 65_536, 70_001, 1 << 20 }) {
			assertEquals(whole, cuts(data, step), "steps of " + step);
		}
	}

	@Test
	void cutsAtTheMostWhereNothingElseDoes() {
		// Zeros have the fingerprint zero, which cuts as early as may be.
		assertEquals(Chunker.LEAST, new Chunker(POLYNOMIAL).cut(new byte[9 << 20], 0, 0, 9 << 20));
		byte[] ones = new byte[9 << 20];
		java.util.Arrays.fill(ones, (byte) 1);
		assertEquals(Chunker.MOST, new Chunker(POLYNOMIAL).cut(ones, 0, 0, ones.length));
		assertEquals(-1, new Chunker(POLYNOMIAL).cut(ones, 0, 0, Chunker.MOST - 1));
	}

	@Test
	void choosesIrreduciblePolynomials() {
		assertTrue(Polynomial.isIrreducible(POLYNOMIAL));
		assertFalse(Polynomial.isIrreducible(POLYNOMIAL ^ 1), "x divides it");
		assertFalse(Polynomial.isIrreducible(0b101), "(x+1)²");
		assertTrue(Polynomial.isIrreducible(0b111));
		for (int i = 0; i < 5; i++) {
			long chosen = Polynomial.random();
			assertEquals(Polynomial.DEGREE, Polynomial.degree(chosen));
			assertTrue(Polynomial.isIrreducible(chosen));
		}
	}

	private static List<Integer> cuts(byte[] data, int step) {
		Chunker chunker = new Chunker(POLYNOMIAL);
		List<Integer> cuts = new ArrayList<>();
		int start = 0;
		int scanned = 0;
		int there = 0;
		while (there < data.length) {
			there = Math.min(data.length, there + step);
			int cut = chunker.cut(data, start, scanned, there - start);
			while (cut >= 0) {
				start += cut;
				cuts.add(start);
				cut = chunker.cut(data, start, 0, there - start);
			}
			scanned = there - start;
		}
		return cuts;
	}

	/** The fingerprint of each 64 bytes by division alone, from the format's description. */
	private static List<Integer> plain(byte[] data) {
		long[] leaving = new long[256];
		for (int b = 0; b < 256; b++) {
			long value = Polynomial.mod(b, POLYNOMIAL);
			for (int i = 0; i < 63; i++) {
				value = Polynomial.mod(value << 8, POLYNOMIAL);
			}
			leaving[b] = value;
		}
		List<Integer> cuts = new ArrayList<>();
		int start = 0;
		long fingerprint = 0;
		for (int i = 0; i < data.length; i++) {
			if (i >= 64) {
				fingerprint ^= leaving[data[i - 64] & 0xff];
			}
			fingerprint = Polynomial.mod(fingerprint << 8 | data[i] & 0xff, POLYNOMIAL);
			int length = i + 1 - start;
			if (length >= 512 << 10 && ((fingerprint & (1 << 20) - 1) == 0 || length >= 8 << 20)) {
				start = i + 1;
				cuts.add(start);
			}
		}
		return cuts;
	}
}
