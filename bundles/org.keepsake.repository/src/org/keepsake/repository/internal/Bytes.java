// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.repository.internal;

import java.io.ByteArrayInputStream;
import java.io.InputStream;

import org.keepsake.core.storage.BlobSource;

/** A small file in memory, to be put. */
final class Bytes implements BlobSource {

	private final byte[] content;
	private final byte[] digest;

	/** @param digest SHA-256 of the content */
	Bytes(byte[] content, byte[] digest) {
		this.content = content;
		this.digest = digest;
	}

	@Override
	public long sizeBytes() {
		return content.length;
	}

	@Override
	public InputStream open() {
		return new ByteArrayInputStream(content);
	}

	@Override
	public byte[] sha256() {
		return digest.clone();
	}
}
