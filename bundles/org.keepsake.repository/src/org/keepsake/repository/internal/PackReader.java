// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.repository.internal;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.core.storage.StorageException;
import org.keepsake.repository.BlobId;

/** Reads a whole pack once, from its beginning to its end, and proves every byte of it. */
final class PackReader {

	/** Hears of each blob that is as it should be. */
	@FunctionalInterface
	interface Sound {
		/** @param codec holds the content in {@link Codec#plain} */
		void blob(PackedBlob blob, Codec codec, int plainLength) throws IOException;
	}

	/**
	 * What was found.
	 *
	 * @param sound    whether the pack is what its name says, with a header that lists what the index lists
	 * @param damaged  blobs of the index that cannot be read from it
	 * @param bytes    bytes that were read
	 */
	record Result(boolean sound, List<PackedBlob> damaged, long bytes) {
	}

	private PackReader() {
	}

	/** @param listed what the index lists of the pack */
	static Result read(Vault vault, BlobId pack, long size, List<PackedBlob> listed, Sound sound) throws IOException {
		List<PackedBlob> blobs = new ArrayList<>(listed);
		blobs.sort(Comparator.comparingInt(PackedBlob::offset));
		List<PackedBlob> damaged = new ArrayList<>();
		// Its digest is that of the pack; blobs have another codec, which few of many readers have at a time.
		Codec whole = vault.codecs().take();
		try (InputStream in = new BufferedInputStream(vault.storage().get(Vault.name(Vault.DATA, pack), 0, size),
				1 << 17)) {
			MessageDigest digest = whole.sha();
			long at = 0;
			for (PackedBlob blob : blobs) {
				if (blob.offset() < at || (long) blob.offset() + blob.length() > size) {
					damaged.add(blob);
					continue;
				}
				pass(in, digest, blob.offset() - at);
				byte[] buffer = whole.room(blob.length());
				readFully(in, buffer, blob.length());
				update(digest, buffer, blob.length());
				at = (long) blob.offset() + blob.length();
				if (!open(vault, blob, buffer, sound)) {
					damaged.add(blob);
				}
			}
			byte[] rest = in.readNBytes((int) Math.min(size - at, PackHeader.MAX + PackHeader.LENGTH_FIELD));
			update(digest, rest, rest.length);
			pass(in, digest, size - at - rest.length);
			boolean named = BlobId.of(digest.digest(), 0).equals(pack);
			return new Result(named && damaged.isEmpty() && listsAll(rest, whole, at, blobs), damaged, size);
		} catch (StorageException e) {
			throw vault.told(e, Vault.name(Vault.DATA, pack));
		} finally {
			vault.codecs().release(whole);
		}
	}

	private static boolean open(Vault vault, PackedBlob blob, byte[] sealed, Sound sound) throws IOException {
		vault.coders().acquireUninterruptibly();
		Codec codec = vault.codecs().take();
		try {
			int length = codec.decode(sealed, 0, blob.length(), blob.uncompressed());
			if (length < 0 || !codec.hash(codec.plain(), 0, length).equals(blob.id())) {
				return false;
			}
			sound.blob(blob, codec, length);
			return true;
		} finally {
			vault.codecs().release(codec);
			vault.coders().release();
		}
	}

	private static boolean listsAll(byte[] rest, Codec codec, long blobsBytes, List<PackedBlob> listed) {
		int sealedLength = rest.length - PackHeader.LENGTH_FIELD;
		if (sealedLength < Seal.OVERHEAD) {
			return false;
		}
		int said = rest[sealedLength] & 0xff | (rest[sealedLength + 1] & 0xff) << 8
				| (rest[sealedLength + 2] & 0xff) << 16 | (rest[sealedLength + 3] & 0xff) << 24;
		// Between the last listed blob and the header, blobs may lie that the index does not list.
		int before = sealedLength - said;
		if (said < Seal.OVERHEAD || before < 0) {
			return false;
		}
		byte[] sealed = java.util.Arrays.copyOfRange(rest, before, sealedLength);
		@Nullable
		List<PackedBlob> header = PackHeader.read(sealed, codec.seal(), blobsBytes + before);
		if (header == null) {
			return false;
		}
		Set<PackedBlob> all = new HashSet<>(header);
		return all.containsAll(listed);
	}

	private static void pass(InputStream in, MessageDigest digest, long count) throws IOException {
		byte[] buffer = new byte[(int) Math.min(1 << 16, count)];
		long left = count;
		while (left > 0) {
			int n = (int) Math.min(buffer.length, left);
			readFully(in, buffer, n);
			digest.update(buffer, 0, n);
			left -= n;
		}
	}

	private static void readFully(InputStream in, byte[] buffer, int length) throws IOException {
		if (in.readNBytes(buffer, 0, length) < length) {
			throw new java.io.EOFException("A pack is shorter than its listing");
		}
	}

	private static void update(MessageDigest digest, byte[] bytes, int length) {
		for (int at = 0; at < length; at += 1 << 16) {
			digest.update(bytes, at, Math.min(1 << 16, length - at));
		}
	}
}
