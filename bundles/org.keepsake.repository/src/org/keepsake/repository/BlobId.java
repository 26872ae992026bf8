// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.repository;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.HexFormat;

import org.eclipse.jdt.annotation.Nullable;

/**
 * A SHA-256: names a blob by its plain content, and a file of the repository by its stored one. Immutable; ordered as
 * its hexadecimal digits are.
 */
public final class BlobId implements Comparable<BlobId> {

	/** How many bytes it has. */
	public static final int BYTES = 32;

	private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
	private static final HexFormat HEX = HexFormat.of();

	private final long first;
	private final long second;
	private final long third;
	private final long fourth;

	/** From four words, the most significant first. */
	public BlobId(long first, long second, long third, long fourth) {
		this.first = first;
		this.second = second;
		this.third = third;
		this.fourth = fourth;
	}

	/** From 32 bytes of an array. */
	public static BlobId of(byte[] bytes, int offset) {
		return new BlobId((long) LONGS.get(bytes, offset), (long) LONGS.get(bytes, offset + 8),
				(long) LONGS.get(bytes, offset + 16), (long) LONGS.get(bytes, offset + 24));
	}

	/** @throws IllegalArgumentException unless it is 64 hexadecimal digits */
	public static BlobId parse(CharSequence digits) {
		if (digits.length() != 2 * BYTES) {
			throw new IllegalArgumentException("An id has 64 hexadecimal digits");
		}
		return of(HEX.parseHex(digits), 0);
	}

	/** One of its four words, 0 the most significant. */
	public long word(int index) {
		return switch (index) {
			case 0 -> first;
			case 1 -> second;
			case 2 -> third;
			default -> fourth;
		};
	}

	/** Writes its 32 bytes. */
	public void put(byte[] bytes, int offset) {
		LONGS.set(bytes, offset, first);
		LONGS.set(bytes, offset + 8, second);
		LONGS.set(bytes, offset + 16, third);
		LONGS.set(bytes, offset + 24, fourth);
	}

	/** Its 32 bytes. */
	public byte[] bytes() {
		byte[] bytes = new byte[BYTES];
		put(bytes, 0);
		return bytes;
	}

	/** The first eight digits, as lists show it. */
	public String brief() {
		return HEX.toHexDigits(first).substring(0, 8);
	}

	@Override
	public int compareTo(BlobId other) {
		int order = Long.compareUnsigned(first, other.first);
		for (int i = 1; order == 0 && i < 4; i++) {
			order = Long.compareUnsigned(word(i), other.word(i));
		}
		return order;
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof BlobId id && id.first == first && id.second == second && id.third == third
				&& id.fourth == fourth;
	}

	@Override
	public int hashCode() {
		return Long.hashCode(first);
	}

	/** 64 lower-case hexadecimal digits. */
	@Override
	public String toString() {
		return HEX.toHexDigits(first) + HEX.toHexDigits(second) + HEX.toHexDigits(third) + HEX.toHexDigits(fourth);
	}
}
