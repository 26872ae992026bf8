// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.storage.file.internal;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;

import org.keepsake.disk.NewFile;
import org.keepsake.disk.PastCache;
import org.keepsake.disk.WriteBuffer;
import org.keepsake.core.storage.BlobSource;

/** Writes the whole content of a blob into a new file, durably: what is large past the system's cache. */
final class BlobWriter {

	private static final int PIECE = 1 << 18;
	private static final int LARGE = 1 << 20;

	private BlobWriter() {
	}

	/** @param file must not be there */
	static void write(Path file, BlobSource content) throws IOException {
		Path folder = file.getParent();
		long size = content.sizeBytes();
		int block = folder == null || size < LARGE ? 0 : PastCache.blockSize(folder);
		int most = block == 0 ? PIECE : LARGE;
		try (WriteBuffer buffer = new WriteBuffer(Math.clamp(size, 1, most), block, LARGE);
				NewFile out = new NewFile(file, buffer);
				InputStream in = content.open()) {
			byte[] piece = new byte[Math.clamp(size, 1, PIECE)];
			for (int n = in.read(piece); n >= 0; n = in.read(piece)) {
				out.write(piece, 0, n);
			}
			long written = out.finish(true);
			if (written != size) {
				throw new EOFException("The content has " + written + " bytes, not " + size);
			}
		}
	}
}
