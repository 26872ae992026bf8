// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.dataset.base;

import java.util.Arrays;
import java.util.Random;

/** Damages bytes as disks, and people who mean harm, do. */
final class Mutations {

	private Mutations() {
	}

	static byte[] of(byte[] sound, Random random) {
		byte[] bytes = switch (random.nextInt(4)) {
			case 0 -> Arrays.copyOf(sound, random.nextInt(sound.length));
			case 1 -> {
				int from = random.nextInt(sound.length);
				int to = from + random.nextInt(sound.length - from);
				byte[] shorter = Arrays.copyOf(sound, sound.length - (to - from));
				System.arraycopy(sound, to, shorter, from, sound.length - to);
				yield shorter;
			}
			default -> sound.clone();
		};
		for (int i = random.nextInt(8); i > 0 && bytes.length > 0; i--) {
			int at = random.nextInt(bytes.length);
			bytes[at] = random.nextBoolean() ? (byte) random.nextInt() : (byte) (bytes[at] ^ 1 << random.nextInt(8));
		}
		return bytes;
	}
}
