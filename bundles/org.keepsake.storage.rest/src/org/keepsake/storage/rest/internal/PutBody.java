// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.storage.rest.internal;

import java.io.IOException;
import java.io.InputStream;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;

import org.keepsake.core.storage.BlobSource;
import org.keepsake.storage.base.HttpAccess;

/** A blob's content on its way to the server. */
final class PutBody implements HttpAccess.Body {

	/** Up to here what came is read back to be compared; more costs more than the name's promise is worth. */
	private static final long READ_BACK = 1 << 20;

	private final BlobSource content;

	PutBody(BlobSource content) {
		this.content = content;
	}

	/** Opens what is on the server. */
	interface There {
		InputStream open() throws IOException;
	}

	@Override
	public long sizeBytes() {
		return content.sizeBytes();
	}

	@Override
	public InputStream open() throws IOException {
		return content.open();
	}

	/** Whether a blob of the same size, which an attempt of ours may have put, is this. */
	static boolean isSame(BlobSource content, String name, There there) throws IOException {
		if (content.sizeBytes() > READ_BACK) {
			return true;
		}
		try (InputStream in = there.open()) {
			MessageDigest digest = MessageDigest.getInstance("SHA-256");
			digest.update(in.readNBytes((int) READ_BACK + 1));
			return MessageDigest.isEqual(digest.digest(), content.sha256());
		} catch (GeneralSecurityException e) {
			throw new IOException("No SHA-256 to compare " + name, e);
		}
	}
}
