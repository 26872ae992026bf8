// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.repository.internal;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

import org.keepsake.repository.BlobId;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdException;

/** Digest, compression and encryption with their buffers; for one thread at a time. */
final class Codec implements AutoCloseable {

	/** Blobs this long are tried in parts before all of them is compressed. */
	private static final int SAMPLED_FROM = 256 << 10;
	private static final int SAMPLE = 16 << 10;
	/** A buffer above this is not kept. */
	private static final int KEPT = 12 << 20;

	private final Seal seal;
	private final MessageDigest sha;
	private final ZstdCompressCtx compressor = new ZstdCompressCtx();
	private final ZstdDecompressCtx decompressor = new ZstdDecompressCtx();
	private int level;
	private byte[] sealed = new byte[0];
	private byte[] plain = new byte[0];
	/** The compressed text. */
	private byte[] compact = new byte[0];
	private int sealedLength;

	Codec(MasterKey keys) {
		seal = new Seal(keys);
		try {
			sha = MessageDigest.getInstance("SHA-256");
		} catch (NoSuchAlgorithmException e) {
			throw new IllegalStateException("Every Java has SHA-256", e);
		}
	}

	Seal seal() {
		return seal;
	}

	BlobId hash(byte[] bytes, int offset, int length) {
		return BlobId.of(Seal.sha256(sha, bytes, offset, length), 0);
	}

	/** The digest, to be fed from a stream; it is reset by {@link MessageDigest#digest()}. */
	MessageDigest sha() {
		sha.reset();
		return sha;
	}

	/**
	 * Compresses if that helps, and seals. The result stands at the beginning of {@link #sealed}.
	 *
	 * @param zstdLevel 0 for no compression
	 * @return the length before compression, or 0 if it was not compressed
	 */
	int encode(byte[] bytes, int offset, int length, int zstdLevel) {
		int compressed = zstdLevel > 0 && length > 0 ? compress(bytes, offset, length, zstdLevel) : -1;
		if (compressed >= 0 && compressed < length) {
			ensureSealed(compressed + Seal.OVERHEAD);
			sealedLength = seal.seal(compact, 0, compressed, sealed);
			return length;
		}
		ensureSealed(length + Seal.OVERHEAD);
		sealedLength = seal.seal(bytes, offset, length, sealed);
		return 0;
	}

	private int compress(byte[] bytes, int offset, int length, int zstdLevel) {
		if (level != zstdLevel) {
			compressor.setLevel(zstdLevel);
			level = zstdLevel;
		}
		if (length >= SAMPLED_FROM && !samplesShrink(bytes, offset, length)) {
			return -1;
		}
		int bound = (int) Zstd.compressBound(length);
		ensureCompact(bound);
		return compressor.compressByteArray(compact, 0, bound, bytes, offset, length);
	}

	/** Photos, videos and what is encrypted shrink nowhere: three looks cost less than one pass. */
	private boolean samplesShrink(byte[] bytes, int offset, int length) {
		int bound = (int) Zstd.compressBound(SAMPLE);
		ensureCompact(bound);
		for (int i = 0; i < 3; i++) {
			int at = offset + (int) ((long) (length - SAMPLE) * i / 2);
			int size = compressor.compressByteArray(compact, 0, bound, bytes, at, SAMPLE);
			if (size < SAMPLE - SAMPLE / 32) {
				return true;
			}
		}
		return false;
	}

	private void ensureSealed(int length) {
		sealed = ensure(sealed, length);
	}

	private void ensureCompact(int length) {
		compact = ensure(compact, length);
	}

	/** Grows by half at least: what is outgrown is memory until it is collected. */
	private static byte[] ensure(byte[] buffer, int length) {
		if (buffer.length < length) {
			return new byte[Math.max(length, Math.min(KEPT, Math.max(1 << 16, buffer.length + buffer.length / 2)))];
		}
		return buffer.length > KEPT && length <= KEPT ? new byte[Math.max(length, 1 << 16)] : buffer;
	}

	byte[] sealed() {
		return sealed;
	}

	/** A buffer to read sealed blobs to; {@link #encode} uses it as well. */
	byte[] room(int length) {
		ensureSealed(length);
		return sealed;
	}

	int sealedLength() {
		return sealedLength;
	}

	/** Where {@link #decode} has put the text. */
	byte[] plain() {
		return plain;
	}

	/**
	 * Opens and decompresses a blob into {@link #plain}, from its beginning on.
	 *
	 * @param bytes        holds the sealed blob
	 * @param uncompressed the length before compression, or 0 if it was not compressed
	 * @return the length, or -1 if it is damaged
	 */
	int decode(byte[] bytes, int offset, int length, int uncompressed) {
		int textLength = length - Seal.OVERHEAD;
		if (uncompressed == 0) {
			ensurePlain(Math.max(textLength, 0));
			return seal.open(bytes, offset, length, plain, 0) ? textLength : -1;
		}
		ensureCompact(Math.max(textLength, 0));
		if (!seal.open(bytes, offset, length, compact, 0)) {
			return -1;
		}
		ensurePlain(uncompressed);
		try {
			int size = decompressor.decompressByteArray(plain, 0, uncompressed, compact, 0, textLength);
			return size == uncompressed ? size : -1;
		} catch (ZstdException e) {
			return -1;
		}
	}

	private void ensurePlain(int length) {
		plain = ensure(plain, length);
	}

	@Override
	public void close() {
		compressor.close();
		decompressor.close();
	}
}
