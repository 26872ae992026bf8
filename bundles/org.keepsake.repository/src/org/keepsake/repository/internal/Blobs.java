// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.repository.internal;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.core.ProblemException;
import org.keepsake.core.storage.StorageException;
import org.keepsake.repository.BlobId;
import org.keepsake.repository.BlobType;
import org.keepsake.repository.RepositoryProblems;

/** Reads blobs, parts of packs and their headers: from the store, or from the cache if there is one. Thread-safe. */
final class Blobs {

	private static final int TAIL = 16 << 10;

	private final Vault vault;
	private final @Nullable PackCache cache;

	Blobs(Vault vault, @Nullable PackCache cache) {
		this.vault = vault;
		this.cache = cache;
	}

	/** The content of a blob by a table; from another pack that has it, if one is damaged. */
	byte[] load(IndexTable table, BlobId id, BlobType type) throws IOException {
		@Nullable
		IOException failure = null;
		for (int entry : table.findAll(id, type)) {
			try {
				return load(table.pack(table.packOf(entry)), table.blob(entry));
			} catch (ProblemException e) {
				failure = e;
			}
		}
		throw failure == null ? vault.missing(id, type) : failure;
	}

	private byte[] load(BlobId pack, PackedBlob blob) throws IOException {
		byte[] sealed = new byte[blob.length()];
		PackCache packs = cache;
		if (packs != null && packs.read(pack, blob.type(), blob.offset(), blob.length(), sealed)) {
			byte @Nullable [] content = open(blob, sealed);
			if (content != null) {
				return content;
			}
			packs.distrust(pack);
		}
		readStored(pack, blob.offset(), blob.length(), sealed);
		byte @Nullable [] content = open(blob, sealed);
		if (content == null) {
			throw vault.damaged(Vault.name(Vault.DATA, pack));
		}
		return content;
	}

	private byte @Nullable [] open(PackedBlob blob, byte[] sealed) {
		Codec codec = vault.codecs().take();
		try {
			int length = codec.decode(sealed, 0, blob.length(), blob.uncompressed());
			return length >= 0 && codec.hash(codec.plain(), 0, length).equals(blob.id())
					? Arrays.copyOf(codec.plain(), length)
					: null;
		} finally {
			vault.codecs().release(codec);
		}
	}

	/** A part of a pack with data, perhaps from the cache: its reader proves it, and asks for the blob if it cannot. */
	byte[] readData(BlobId pack, long offset, int length) throws IOException {
		byte[] bytes = new byte[length];
		PackCache packs = cache;
		if (packs == null || !packs.read(pack, BlobType.DATA, offset, length, bytes)) {
			readStored(pack, offset, length, bytes);
		}
		return bytes;
	}

	/** A part of a pack. */
	byte[] readStored(BlobId pack, long offset, int length) throws IOException {
		byte[] bytes = new byte[length];
		readStored(pack, offset, length, bytes);
		return bytes;
	}

	/** A part of a pack, to the beginning of a buffer. */
	void readStored(BlobId pack, long offset, int length, byte[] buffer) throws IOException {
		String name = Vault.name(Vault.DATA, pack);
		try (InputStream in = vault.storage().get(name, offset, length)) {
			if (in.readNBytes(buffer, 0, length) < length) {
				throw vault.damaged(name);
			}
		} catch (EOFException e) {
			throw RepositoryProblems.DAMAGED.exceptionBecause(e, vault.location(), name);
		} catch (StorageException e) {
			throw vault.told(e, name);
		}
	}

	/** The blobs of a pack by its own header; null if it is damaged. */
	@Nullable
	List<PackedBlob> header(BlobId pack, long packSize) throws IOException {
		int tail = (int) Math.min(packSize, TAIL);
		if (tail < PackHeader.LENGTH_FIELD + Seal.OVERHEAD || packSize > Integer.MAX_VALUE) {
			return null;
		}
		byte[] end = readStored(pack, packSize - tail, tail);
		int at = tail - PackHeader.LENGTH_FIELD;
		long length = end[at] & 0xff | (end[at + 1] & 0xff) << 8 | (end[at + 2] & 0xff) << 16
				| (end[at + 3] & 0xffL) << 24;
		if (length < Seal.OVERHEAD || length > PackHeader.MAX || length + PackHeader.LENGTH_FIELD > packSize) {
			return null;
		}
		long blobsBytes = packSize - PackHeader.LENGTH_FIELD - length;
		byte[] sealed = length <= at ? Arrays.copyOfRange(end, at - (int) length, at)
				: readStored(pack, blobsBytes, (int) length);
		Codec codec = vault.codecs().take();
		try {
			return PackHeader.read(sealed, codec.seal(), blobsBytes);
		} finally {
			vault.codecs().release(codec);
		}
	}
}
