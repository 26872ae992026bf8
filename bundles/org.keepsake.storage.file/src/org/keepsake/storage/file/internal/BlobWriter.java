// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.storage.file.internal;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.core.storage.BlobSource;

/**
 * Writes the whole content of a blob into a new file, durably. What is large goes past the system's cache as far as it
 * fills whole blocks; the rest, and everything where that is not possible, goes the usual way.
 */
final class BlobWriter {

	private static final int PIECE = 1 << 18;
	private static final int LARGE_PIECE = 1 << 20;
	/** Less is not worth the second channel. */
	private static final int LARGE = 1 << 20;

	private final FileChannel out;
	/** The same file, past the cache; null once that was refused. */
	private @Nullable FileChannel uncached;
	private final int block;
	private long at;

	private BlobWriter(FileChannel out, @Nullable FileChannel uncached, int block) {
		this.out = out;
		this.uncached = uncached;
		this.block = block;
	}

	/** @param file must not be there */
	static void write(Path file, BlobSource content) throws IOException {
		Path folder = file.getParent();
		write(file, content, folder == null || content.sizeBytes() < LARGE ? 0 : Uncached.blockSize(folder));
	}

	/** @param block of the file system; 0 for the usual way */
	static void write(Path file, BlobSource content, int block) throws IOException {
		long size = content.sizeBytes();
		try (FileChannel out = FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW);
				Arena memory = Arena.ofConfined();
				InputStream in = content.open()) {
			try (FileChannel uncached = block == 0 ? null : Uncached.open(file)) {
				int piece = (int) Math.min(uncached == null ? PIECE : LARGE_PIECE, Math.max(1, size));
				ByteBuffer buffer = memory.allocate(piece, Math.max(1, block)).asByteBuffer();
				new BlobWriter(out, uncached, block).copy(in, buffer);
			}
			long written = out.size();
			if (written != size) {
				throw new EOFException("The content has " + written + " bytes, not " + size);
			}
			out.force(true);
		}
	}

	private void copy(InputStream in, ByteBuffer buffer) throws IOException {
		byte[] bytes = new byte[Math.min(buffer.capacity(), PIECE)];
		for (int n = 0; n >= 0;) {
			buffer.clear();
			while (buffer.hasRemaining() && (n = in.read(bytes, 0, Math.min(bytes.length, buffer.remaining()))) >= 0) {
				buffer.put(bytes, 0, n);
			}
			buffer.flip();
			writeBlocks(buffer);
			while (buffer.hasRemaining()) {
				at += out.write(buffer, at);
			}
		}
	}

	/** Writes what fills whole blocks, as long as the file system takes it that way. */
	private void writeBlocks(ByteBuffer buffer) throws IOException {
		FileChannel channel = uncached;
		int end = buffer.limit();
		while (channel != null && at % block == 0 && buffer.position() % block == 0
				&& end - buffer.position() >= block) {
			buffer.limit(end - (end - buffer.position()) % block);
			try {
				at += channel.write(buffer, at);
			} catch (ClosedChannelException e) {
				throw e; // interrupted
			} catch (IOException e) {
				// Some file systems open such a channel and refuse to write through it. What is
				// wrong with the disk itself, the usual way meets and tells too.
				uncached = null;
				channel = null;
			} finally {
				buffer.limit(end);
			}
		}
	}
}
