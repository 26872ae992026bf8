// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.storage.sftp.internal;

import java.io.IOException;
import java.io.InputStream;

import org.keepsake.core.storage.BlobSource;

/** Reads what is to be put; its failures are the caller's own, and are told apart from the server's. */
final class Source {

	/** The content itself failed. */
	static final class Failure extends IOException {

		private static final long serialVersionUID = 1L;

		private final IOException own;

		Failure(IOException own) {
			super(own);
			this.own = own;
		}

		/** What the content threw. */
		IOException own() {
			return own;
		}
	}

	private Source() {
	}

	static InputStream open(BlobSource content) throws Failure {
		try {
			return content.open();
		} catch (IOException e) {
			throw new Failure(e);
		}
	}

	/** Fills the block, less only at the end. */
	static int read(InputStream in, byte[] block) throws Failure {
		try {
			return in.readNBytes(block, 0, block.length);
		} catch (IOException e) {
			throw new Failure(e);
		}
	}
}
