// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.testing;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Random;

import org.keepsake.core.storage.BlobSource;

/** What is put into storages. */
public final class Blobs {

	private Blobs() {
	}

	/** Bytes that do not compress, the same ones for the same size. */
	public static byte[] random(int size) {
		byte[] bytes = new byte[size];
		new Random(size).nextBytes(bytes);
		return bytes;
	}

	/** The digest of a content, that is a blob's name but for {@code config}. */
	public static byte[] sha256(byte[] content) {
		try {
			return MessageDigest.getInstance("SHA-256").digest(content);
		} catch (NoSuchAlgorithmException e) {
			throw new IllegalStateException(e);
		}
	}

	/** Content in memory, to be put. */
	public static BlobSource source(byte[] content) {
		return new BlobSource() {
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
				return Blobs.sha256(content);
			}
		};
	}
}
