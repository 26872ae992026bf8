// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.virtual.internal.service;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;

/** Draws an icon for a bundle id: a PNG with a colour of its own, lighter at the top. */
final class IconImage {

	private static final int SIZE = 60;
	private static final byte[] SIGNATURE = { (byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n' };

	private IconImage() {
	}

	static byte[] png(String bundleId) {
		try {
			ByteArrayOutputStream file = new ByteArrayOutputStream();
			file.write(SIGNATURE);
			ByteArrayOutputStream header = new ByteArrayOutputStream();
			DataOutputStream fields = new DataOutputStream(header);
			fields.writeInt(SIZE);
			fields.writeInt(SIZE);
			fields.write(new byte[] { 8, 2, 0, 0, 0 });
			chunk(file, "IHDR", header.toByteArray());
			ByteArrayOutputStream pixels = new ByteArrayOutputStream();
			try (DeflaterOutputStream deflated = new DeflaterOutputStream(pixels)) {
				deflated.write(rows(bundleId.hashCode()));
			}
			chunk(file, "IDAT", pixels.toByteArray());
			chunk(file, "IEND", new byte[0]);
			return file.toByteArray();
		} catch (IOException e) {
			throw new UncheckedIOException(e);
		}
	}

	private static byte[] rows(int colour) {
		byte[] rows = new byte[SIZE * (1 + 3 * SIZE)];
		int at = 0;
		for (int y = 0; y < SIZE; y++) {
			at++;
			for (int x = 0; x < SIZE; x++) {
				for (int shift = 16; shift >= 0; shift -= 8) {
					rows[at++] = (byte) Math.min(255, (colour >> shift & 0xFF) / 2 + 64 + (SIZE - y));
				}
			}
		}
		return rows;
	}

	private static void chunk(ByteArrayOutputStream file, String type, byte[] data) throws IOException {
		byte[] name = type.getBytes(StandardCharsets.US_ASCII);
		CRC32 check = new CRC32();
		check.update(name);
		check.update(data);
		DataOutputStream out = new DataOutputStream(file);
		out.writeInt(data.length);
		out.write(name);
		out.write(data);
		out.writeInt((int) check.getValue());
	}
}
