// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.repository;

/**
 * What it costs to try a password: the parameters of scrypt (RFC 7914). Takes 128·n·r bytes of memory.
 *
 * @param n cost, a power of two
 * @param r block size
 * @param p repetitions
 */
public record KeyCost(int n, int r, int p) {

	/** A tenth of a second and 32 MiB once the code is compiled: what restic arrives at on a server of today. */
	public static final KeyCost NORMAL = new KeyCost(1 << 15, 8, 1);

	private static final long MAX_MEMORY = 512L << 20;
	private static final long MAX_WORK = 1L << 27;

	/** @throws IllegalArgumentException unless they are possible, and what a hostile file could ask for is bearable */
	public KeyCost {
		if (n < 2 || Integer.bitCount(n) != 1 || r < 1 || p < 1 || r > 1 << 16 || p > 1 << 16
				|| 128L * n * r > MAX_MEMORY || (long) n * r * p > MAX_WORK) {
			throw new IllegalArgumentException("Parameters of scrypt out of bounds");
		}
	}
}
