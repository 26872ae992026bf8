// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ui.internal.part;

/**
 * How large a picture will be when it is decoded, by its first bytes, so that none is begun that would take all memory.
 * JPEG: ITU-T T.81, B.2.2; PNG: W3C PNG, 11.2.1; GIF89a, 18; BMP: the header of Windows.
 */
final class PictureSize {

	private PictureSize() {
	}

	/** Width times height; {@link Long#MAX_VALUE} if it is not known. */
	static long pixels(byte[] bytes) {
		if (bytes.length > 24 && at(bytes, 0) == 0x89 && at(bytes, 1) == 'P') {
			return product(big(bytes, 16, 4), big(bytes, 20, 4));
		}
		if (bytes.length > 10 && at(bytes, 0) == 'G' && at(bytes, 1) == 'I') {
			return product(little(bytes, 6, 2), little(bytes, 8, 2));
		}
		if (bytes.length > 26 && at(bytes, 0) == 'B' && at(bytes, 1) == 'M') {
			return product(little(bytes, 18, 4), Math.abs((int) little(bytes, 22, 4)));
		}
		if (bytes.length > 4 && at(bytes, 0) == 0xFF && at(bytes, 1) == 0xD8) {
			return jpeg(bytes);
		}
		boolean tiff = bytes.length > 8 && (at(bytes, 0) == 'I' && at(bytes, 1) == 'I'
				|| at(bytes, 0) == 'M' && at(bytes, 1) == 'M');
		return tiff ? tiff(bytes, at(bytes, 0) == 'I') : Long.MAX_VALUE;
	}

	private static long jpeg(byte[] bytes) {
		int position = 2;
		while (position + 9 < bytes.length) {
			if (at(bytes, position) != 0xFF) {
				return Long.MAX_VALUE;
			}
			int marker = at(bytes, position + 1);
			if (marker == 0xFF) {
				position++;
				continue;
			}
			boolean frame = marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
			if (frame) {
				return product(big(bytes, position + 7, 2), big(bytes, position + 5, 2));
			}
			boolean alone = marker >= 0xD0 && marker <= 0xD9 || marker == 0x01;
			position += alone ? 2 : 2 + (int) Math.max(2, big(bytes, position + 2, 2));
		}
		return Long.MAX_VALUE;
	}

	/** By the first directory; TIFF 6.0, section 2. */
	private static long tiff(byte[] bytes, boolean reversed) {
		long directory = number(bytes, 4, 4, reversed);
		if (directory < 8 || directory + 2 > bytes.length) {
			return Long.MAX_VALUE;
		}
		long width = 0;
		long height = 0;
		int entries = (int) number(bytes, (int) directory, 2, reversed);
		for (int i = 0; i < entries; i++) {
			int entry = (int) directory + 2 + i * 12;
			if (entry + 12 > bytes.length) {
				break;
			}
			long tag = number(bytes, entry, 2, reversed);
			boolean small = number(bytes, entry + 2, 2, reversed) == 3;
			long value = number(bytes, entry + 8, small ? 2 : 4, reversed);
			width = tag == 256 ? value : width;
			height = tag == 257 ? value : height;
		}
		return width == 0 || height == 0 ? Long.MAX_VALUE : product(width, height);
	}

	private static long product(long width, long height) {
		return width <= 0 || height <= 0 || width > 1 << 20 || height > 1 << 20 ? Long.MAX_VALUE : width * height;
	}

	private static long number(byte[] bytes, int position, int length, boolean reversed) {
		return reversed ? little(bytes, position, length) : big(bytes, position, length);
	}

	private static long big(byte[] bytes, int position, int length) {
		long number = 0;
		for (int i = 0; i < length; i++) {
			number = number << 8 | at(bytes, position + i);
		}
		return number;
	}

	private static long little(byte[] bytes, int position, int length) {
		long number = 0;
		for (int i = length - 1; i >= 0; i--) {
			number = number << 8 | at(bytes, position + i);
		}
		return number;
	}

	private static int at(byte[] bytes, int position) {
		return bytes[position] & 0xFF;
	}
}
