// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.repository.internal;

/**
 * Where content is cut: behind a byte where the Rabin fingerprint of the last 64 bytes has 20 zero bits, but not within
 * the first 512 KiB of a chunk, and at the latest at 8 MiB. Immutable, so threads share one. Source: restic/restic
 * doc/design.rst, "Backups and Deduplication"; restic/chunker documents window, mask and sizes.
 *
 * <p>
 * The fingerprint at a byte depends on nothing but the 64 bytes up to it. So four stretches are walked side by side:
 * one step waits for the step before it, four of different stretches do not wait for each other.
 */
final class Chunker {

	static final int WINDOW = 64;
	static final int LEAST = 512 << 10;
	static final int MOST = 8 << 20;

	private static final int LANES = 4;
	private static final int STRETCH = 8 << 10;
	private static final long MASK = (1L << 20) - 1;

	private final long[] out = new long[256];
	private final long[] mod = new long[256];
	private final int shift;

	Chunker(long polynomial) {
		int degree = Polynomial.degree(polynomial);
		shift = degree - 8;
		for (int b = 0; b < 256; b++) {
			mod[b] = Polynomial.mod((long) b << degree, polynomial) | (long) b << degree;
			// The byte that leaves, as it stands once all 64 bytes and the next one were added.
			long leaving = Polynomial.mod(b, polynomial);
			for (int i = 0; i < WINDOW; i++) {
				leaving = Polynomial.mod(leaving << 8, polynomial);
			}
			out[b] = leaving;
		}
	}

	/**
	 * Looks for the end of the chunk that begins at the offset.
	 *
	 * @param scanned how many bytes of the chunk were looked at before without an end
	 * @param length  how many bytes of the chunk are there
	 * @return the chunk's length, or -1 if its end is not among them
	 */
	int cut(byte[] data, int offset, int scanned, int length) {
		int at = Math.max(scanned, LEAST - 1);
		int end = Math.min(length, MOST);
		while (at < end) {
			int step = Math.min(LANES * STRETCH, end - at);
			int found = step == LANES * STRETCH ? lanes(data, offset + at) : lane(data, offset + at, step);
			if (found >= 0) {
				return at + found + 1;
			}
			at += step;
		}
		return length >= MOST ? MOST : -1;
	}

	/** The first byte from a place on, within so many, behind which content is cut; -1 for none. */
	private int lane(byte[] data, int from, int length) {
		long digest = before(data, from);
		for (int i = from; i < from + length; i++) {
			digest = (digest << 8 | data[i] & 0xff) ^ mod[(int) (digest >>> shift)] ^ out[data[i - WINDOW] & 0xff];
			if ((digest & MASK) == 0) {
				return i - from;
			}
		}
		return -1;
	}

	private long before(byte[] data, int from) {
		long digest = 0;
		for (int i = from - WINDOW; i < from; i++) {
			digest = (digest << 8 | data[i] & 0xff) ^ mod[(int) (digest >>> shift)];
		}
		return digest;
	}

	private int lanes(byte[] data, int from) {
		long a = before(data, from);
		long b = before(data, from + STRETCH);
		long c = before(data, from + 2 * STRETCH);
		long d = before(data, from + 3 * STRETCH);
		long[] outs = out;
		long[] mods = mod;
		int by = shift;
		int found = -1;
		for (int i = from; i < from + STRETCH; i++) {
			int j = i + STRETCH;
			int k = j + STRETCH;
			int l = k + STRETCH;
			a = (a << 8 | data[i] & 0xff) ^ mods[(int) (a >>> by) & 0xff] ^ outs[data[i - WINDOW] & 0xff];
			b = (b << 8 | data[j] & 0xff) ^ mods[(int) (b >>> by) & 0xff] ^ outs[data[j - WINDOW] & 0xff];
			c = (c << 8 | data[k] & 0xff) ^ mods[(int) (c >>> by) & 0xff] ^ outs[data[k - WINDOW] & 0xff];
			d = (d << 8 | data[l] & 0xff) ^ mods[(int) (d >>> by) & 0xff] ^ outs[data[l - WINDOW] & 0xff];
			if ((a & MASK) == 0) {
				return i - from;
			}
			if ((b & MASK) == 0 || (c & MASK) == 0 || (d & MASK) == 0) {
				int hit = (b & MASK) == 0 ? j : (c & MASK) == 0 ? k : l;
				found = found < 0 ? hit - from : Math.min(found, hit - from);
			}
		}
		return found;
	}
}
