// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.engine.internal.data;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Map;

import org.eclipse.jdt.annotation.Nullable;

/**
 * Remembers what a million things are like in a few bytes each: 64 bits of the SHA-256 of a thing's name, and as many of
 * what it is like. Not thread-safe.
 */
final class Traces {

	private static final int FIRST_SIZE = 1 << 10;

	private final MessageDigest sha256;
	private long[] names = new long[FIRST_SIZE];
	private long[] likenesses = new long[FIRST_SIZE];
	private int size;

	Traces() {
		try {
			sha256 = MessageDigest.getInstance("SHA-256");
		} catch (NoSuchAlgorithmException e) {
			throw new IllegalStateException("Every JDK has SHA-256", e);
		}
	}

	/** The trace of a value: text, number, map, list, bytes, nothing, or what its {@code toString} tells apart. */
	long of(@Nullable Object value) {
		add(value);
		byte[] digest = sha256.digest();
		long trace = 0;
		for (int i = 0; i < Long.BYTES; i++) {
			trace = trace << 8 | digest[i] & 0xFF;
		}
		return trace == 0 ? 1 : trace;
	}

	private void add(@Nullable Object value) {
		switch (value) {
			case null -> sha256.update((byte) 0);
			case Map<?, ?> map -> {
				sha256.update((byte) 1);
				map.forEach((name, part) -> {
					add(name);
					add(part);
				});
				sha256.update((byte) 2);
			}
			case Iterable<?> elements -> {
				sha256.update((byte) 3);
				elements.forEach(this::add);
				sha256.update((byte) 4);
			}
			case byte[] bytes -> add((byte) 5, bytes);
			default -> add((byte) 6, value.toString().getBytes(StandardCharsets.UTF_8));
		}
	}

	private void add(byte kind, byte[] bytes) {
		sha256.update(kind);
		for (int shift = 24; shift >= 0; shift -= 8) {
			sha256.update((byte) (bytes.length >> shift));
		}
		sha256.update(bytes);
	}

	/** How many are remembered. */
	int size() {
		return size;
	}

	/** Remembers one. @return what was known under this name, or 0 */
	long put(long name, long likeness) {
		if (size * 3L > names.length * 2L) {
			grow();
		}
		int at = slot(name);
		long before = likenesses[at];
		if (names[at] == 0) {
			size++;
		}
		names[at] = name;
		likenesses[at] = likeness;
		return before;
	}

	/** What is known under this name, or 0. */
	long get(long name) {
		return likenesses[slot(name)];
	}

	private int slot(long name) {
		int at = (int) (name >>> 8) & names.length - 1;
		while (names[at] != 0 && names[at] != name) {
			at = at + 1 & names.length - 1;
		}
		return at;
	}

	private void grow() {
		long[] oldNames = names;
		long[] oldLikenesses = likenesses;
		names = new long[oldNames.length * 2];
		likenesses = new long[names.length];
		for (int i = 0; i < oldNames.length; i++) {
			if (oldNames[i] != 0) {
				int at = slot(oldNames[i]);
				names[at] = oldNames[i];
				likenesses[at] = oldLikenesses[i];
			}
		}
		Arrays.fill(oldNames, 0);
	}
}
