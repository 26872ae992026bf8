// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.disk;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

import org.eclipse.jdt.annotation.Nullable;

/**
 * A file that is written once, from its beginning to its end: past the system's cache where its {@link WriteBuffer}
 * allows that and the file is large enough, else the usual way; both leave the same behind. It is made when the buffer is
 * full for the first time, or else by {@link #finish}, and must not be there before. Not thread-safe.
 */
public final class NewFile implements Closeable {

	private static final byte[] ZEROS = new byte[PastCache.LARGEST_BLOCK];

	private final Path path;
	private final WriteBuffer buffer;
	private @Nullable FileChannel channel;
	private boolean pastCache;
	private long at;

	/** Nothing happens on the disk yet. @param buffer of this file alone until it is closed */
	public NewFile(Path path, WriteBuffer buffer) {
		this.path = path;
		this.buffer = buffer;
		buffer.memory.clear();
	}

	/** Takes more content. @throws IOException as the file system says, of this or of earlier content */
	public void write(byte[] content, int offset, int length) throws IOException {
		ByteBuffer memory = buffer.memory;
		int from = offset;
		int left = length;
		while (left > 0) {
			int piece = Math.min(left, memory.remaining());
			memory.put(content, from, piece);
			from += piece;
			left -= piece;
			if (!memory.hasRemaining()) {
				drain(false);
			}
		}
	}

	/**
	 * Writes what is left, and gives the file its length.
	 *
	 * @param durable whether to wait until the disk has all of it
	 * @return bytes in the file
	 */
	public long finish(boolean durable) throws IOException {
		FileChannel out = drain(true);
		if (durable) {
			out.force(true);
		}
		return at;
	}

	/** Writes what the buffer holds; except at the end these are whole blocks. */
	private FileChannel drain(boolean end) throws IOException {
		ByteBuffer memory = buffer.memory;
		int length = memory.position();
		FileChannel out = channel;
		if (out == null) {
			out = begin(!end || length >= buffer.least);
			channel = out;
		}
		memory.flip();
		if (pastCache) {
			out = writeBlocks(out, length);
		}
		while (memory.hasRemaining()) {
			at += out.write(memory, at);
		}
		memory.clear();
		return out;
	}

	private FileChannel begin(boolean large) throws IOException {
		if (large && buffer.block > 0) {
			try {
				FileChannel past = PastCache.open(path, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW);
				pastCache = past != null;
				if (past != null) {
					return past;
				}
			} catch (FileAlreadyExistsException e) {
				throw e;
			} catch (IOException | UnsupportedOperationException e) {
				// Some file systems make the file and only then say that they cannot.
				buffer.block = 0;
				return usualWay(StandardOpenOption.CREATE);
			}
		}
		return usualWay(StandardOpenOption.CREATE_NEW);
	}

	private FileChannel usualWay(OpenOption create) throws IOException {
		return FileChannel.open(path, StandardOpenOption.WRITE, create, LinkOption.NOFOLLOW_LINKS);
	}

	/** Writes the first bytes of the buffer, the last block filled up and cut off again: that needs no other channel. */
	private FileChannel writeBlocks(FileChannel past, int length) throws IOException {
		ByteBuffer memory = buffer.memory;
		int blocks = Math.ceilDiv(length, buffer.block) * buffer.block;
		try {
			memory.limit(blocks).put(length, ZEROS, 0, blocks - length);
			while (memory.hasRemaining()) {
				at += past.write(memory, at);
			}
			if (blocks > length) {
				past.truncate(at - (blocks - length));
				at -= blocks - length;
			}
			return past;
		} catch (ClosedChannelException e) {
			throw e; // interrupted
		} catch (IOException e) {
			// Some open such a channel and refuse to write through it. What is wrong with the disk
			// itself, the usual way meets and tells too.
			pastCache = false;
			buffer.block = 0;
			past.close();
			FileChannel usual = usualWay(StandardOpenOption.CREATE);
			channel = usual;
			at -= Math.max(0, memory.position() - length);
			memory.limit(length).position(Math.min(memory.position(), length));
			usual.truncate(at);
			return usual;
		}
	}

	/** Does not delete the file, finished or not. */
	@Override
	public void close() throws IOException {
		FileChannel out = channel;
		if (out != null) {
			out.close();
		}
	}
}
