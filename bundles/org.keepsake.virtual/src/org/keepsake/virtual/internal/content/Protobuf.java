// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.virtual.internal.content;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** A message in Google's wire format under construction: the wire types that phones' databases need. */
final class Protobuf {

	private final ByteArrayOutputStream out = new ByteArrayOutputStream();

	Protobuf number(int field, long value) {
		varint((long) field << 3);
		varint(value);
		return this;
	}

	Protobuf bytes(int field, byte[] value) {
		varint((long) field << 3 | 2);
		varint(value.length);
		out.writeBytes(value);
		return this;
	}

	Protobuf text(int field, String value) {
		return bytes(field, value.getBytes(StandardCharsets.UTF_8));
	}

	Protobuf real(int field, double value) {
		varint((long) field << 3 | 1);
		long bits = Double.doubleToLongBits(value);
		for (int shift = 0; shift < Long.SIZE; shift += Byte.SIZE) {
			out.write((int) (bits >>> shift));
		}
		return this;
	}

	byte[] toBytes() {
		return out.toByteArray();
	}

	private void varint(long value) {
		long rest = value;
		while ((rest & ~0x7fL) != 0) {
			out.write((int) (rest & 0x7f | 0x80));
			rest >>>= 7;
		}
		out.write((int) rest);
	}
}
