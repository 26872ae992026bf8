// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.repository;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.CompletableFuture;

import org.keepsake.repository.internal.ContentCutter;

/**
 * Takes a file's content: cuts it and stores what is new. Bytes wait at most for one chunk to be whole; a writer that
 * is faster than the store is made to wait. For one thread at a time; several may be open at once.
 *
 * <p>
 * Closing without {@link #finish} gives the content up; what was stored of it stays until the next prune.
 */
public final class ContentWriter extends OutputStream {

	private final ContentCutter cutter;

	ContentWriter(ContentCutter cutter) {
		this.cutter = cutter;
	}

	@Override
	public void write(int b) throws IOException {
		write(new byte[] { (byte) b }, 0, 1);
	}

	@Override
	public void write(byte[] bytes, int offset, int length) throws IOException {
		cutter.write(bytes, offset, length);
	}

	/**
	 * Takes all that a stream gives, without a copy in between. The caller closes it.
	 *
	 * @return how many bytes
	 */
	public long readFrom(InputStream in) throws IOException {
		return cutter.readFrom(in);
	}

	/** Ends the content. It is durable after the saver's next {@link Saver#flush}. */
	public Content finish() throws IOException {
		return cutter.finish();
	}

	/**
	 * Ends the content without waiting until all of it is in a pack: whoever brings one content after another goes on
	 * meanwhile. Waits if the threads that store are busy, so that nothing piles up; what cannot be stored is told to all
	 * who bring more, and by {@link Saver#flush}.
	 */
	public Later finishLater() throws IOException {
		return new Later(cutter.finishLater());
	}

	/** Content that is being stored. Thread-safe. */
	public static final class Later {

		private final CompletableFuture<Content> content;

		private Later(CompletableFuture<Content> content) {
			this.content = content;
		}

		/** Waits for it. */
		public Content get() throws IOException {
			return ContentCutter.await(content);
		}
	}

	@Override
	public void close() {
		cutter.close();
	}
}
