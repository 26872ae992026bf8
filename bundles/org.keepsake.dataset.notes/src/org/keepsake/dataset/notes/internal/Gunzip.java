// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.dataset.notes.internal;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.zip.GZIPInputStream;

/**
 * What is in a compressed column, up to a limit: a few bytes can stand for gigabytes.
 *
 * @param bytes what could be read
 * @param whole whether that is all
 */
record Gunzip(byte[] bytes, boolean whole) {

	/** A note of this length has ten thousand pages. */
	static final int MOST_BYTES = 16 << 20;
	private static final int CHUNK = 1 << 14;

	static Gunzip of(byte[] compressed) {
		ByteArrayOutputStream out = new ByteArrayOutputStream();
		try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(compressed), CHUNK)) {
			byte[] chunk = new byte[CHUNK];
			for (int length = in.read(chunk); length >= 0; length = in.read(chunk)) {
				if (out.size() + length > MOST_BYTES) {
					return new Gunzip(out.toByteArray(), false);
				}
				out.write(chunk, 0, length);
			}
			return new Gunzip(out.toByteArray(), true);
		} catch (IOException e) {
			// Cut off or damaged.
			return new Gunzip(out.toByteArray(), false);
		}
	}
}
