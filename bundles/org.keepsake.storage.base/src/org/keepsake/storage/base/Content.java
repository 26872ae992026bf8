// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.storage.base;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

import org.keepsake.core.storage.BlobSource;

/**
 * Reads what is to be put, so that its failures, which are the caller's own, are told apart from those of the server:
 * they are {@link Failure}s. For one thread.
 */
public final class Content implements AutoCloseable {

	private final BlobSource source;
	private final InputStream in;
	private long read;

	/** The content itself failed; trying again does not help. */
	public static final class Failure extends IOException {

		private static final long serialVersionUID = 1L;

		private final IOException own;

		Failure(IOException own) {
			super(own);
			this.own = own;
		}

		/** What the content threw. */
		public IOException own() {
			return own;
		}
	}

	/** Begins at its beginning. */
	public Content(BlobSource source) throws Failure {
		this.source = source;
		try {
			this.in = source.open();
		} catch (IOException e) {
			throw new Failure(e);
		}
	}

	/**
	 * Fills the block, less only at the end.
	 *
	 * @return 0 at the end
	 * @throws Failure also if it ends and has not as many bytes as was said
	 */
	public int read(byte[] block) throws Failure {
		try {
			int n = in.readNBytes(block, 0, block.length);
			read += n;
			if (read > source.sizeBytes() || n == 0 && read < source.sizeBytes()) {
				throw new EOFException("The content has " + read + " bytes, not " + source.sizeBytes());
			}
			return n;
		} catch (IOException e) {
			throw new Failure(e);
		}
	}

	@Override
	public void close() {
		try {
			in.close();
		} catch (IOException e) {
			System.getLogger(Content.class.getName()).log(System.Logger.Level.DEBUG, "It was read already", e);
		}
	}
}
