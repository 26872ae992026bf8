// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.dataset.notes.internal;

import java.util.Arrays;
import java.util.Random;
import java.util.function.Consumer;

/** Damages bytes and looks that whoever reads them bears it. */
final class Fuzz {

	private static final int MUTATIONS = 10_000;

	private Fuzz() {
	}

	static void tenThousandTimes(byte[] sound, Consumer<byte[]> reader) {
		long seed = new Random().nextLong();
		Random random = new Random(seed);
		reader.accept(sound);
		for (int i = 0; i < MUTATIONS; i++) {
			byte[] damaged = random.nextInt(5) == 0 ? Arrays.copyOf(sound, random.nextInt(sound.length))
					: sound.clone();
			for (int changes = 1 + random.nextInt(6); changes > 0 && damaged.length > 0; changes--) {
				int at = random.nextInt(damaged.length);
				damaged[at] = random.nextBoolean() ? (byte) random.nextInt()
						: (byte) (damaged[at] ^ 1 << random.nextInt(8));
			}
			try {
				reader.accept(damaged);
			} catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
				throw new AssertionError("mutation " + i + ", seed " + seed, e);
			}
		}
	}
}
