// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.disk;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;

/** Memory through which one {@link NewFile} after the other is written. For one thread at a time. */
public final class WriteBuffer implements AutoCloseable {

	private final Arena arena = Arena.ofShared();
	private final MemorySegment segment;
	final ByteBuffer memory;
	/** 0 once a file system refused. */
	int block;
	final int least;

	/**
	 * Takes the memory.
	 *
	 * @param bytes at least one; rounded up to whole blocks
	 * @param block what {@link PastCache} said of the folder; 0 to write all files the usual way
	 * @param least bytes of a file that is worth writing past the cache
	 */
	public WriteBuffer(int bytes, int block, int least) {
		this.block = block;
		this.least = least;
		int unit = Math.max(1, block);
		segment = arena.allocate(Math.ceilDiv((long) bytes, unit) * unit, unit);
		memory = segment.asByteBuffer();
	}

	/** Wipes the memory, which may have held what was encrypted, and frees it. */
	@Override
	public void close() {
		segment.fill((byte) 0);
		arena.close();
	}
}
