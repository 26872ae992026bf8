// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.virtual.internal.content;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;

/** A small, real HEIC picture, as a phone's camera writes them: drawn by us, and encoded with libheif's heif-enc 1.15.1. */
final class Heic {

	private static final int FREE = 0x66726565;

	private Heic() {
	}

	/** The picture with a number of its own behind it, which programs skip: so that no two are the same. */
	static byte[] picture(int number) throws IOException {
		try (InputStream in = Heic.class.getResourceAsStream("picture.heic")) {
			if (in == null) {
				throw new FileNotFoundException("picture.heic");
			}
			byte[] picture = in.readAllBytes();
			return ByteBuffer.allocate(picture.length + 12).put(picture).putInt(12).putInt(FREE).putInt(number).array();
		}
	}
}
