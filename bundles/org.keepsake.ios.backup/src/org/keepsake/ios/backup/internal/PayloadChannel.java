// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ios.backup.internal;

import java.io.IOException;
import java.nio.ByteBuffer;

import org.keepsake.core.ProblemException;
import org.keepsake.core.target.ReadingChannel;
import org.keepsake.ios.backup.BackupFile;

/** A {@link PayloadStream} as a channel: a read elsewhere costs one seek and the decryption of a chunk. Thread-safe. */
final class PayloadChannel extends ReadingChannel {

	private final PayloadStream content;

	/** @throws ProblemException {@code FILE_DAMAGED} if its length is not known for sure */
	PayloadChannel(BackupFile file, PayloadStream content) throws IOException {
		this.content = content;
		String flaw = content.lengthFlaw();
		if (flaw != null) {
			content.close();
			throw PayloadStream.damaged(file, flaw, null);
		}
	}

	@Override
	protected long length() {
		return content.size();
	}

	@Override
	protected void read(long at, ByteBuffer to) throws IOException {
		content.seek(at);
		content.read(to);
	}

	@Override
	protected void release() throws IOException {
		content.close();
	}
}
