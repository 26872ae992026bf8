// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.target.repository.internal;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

import org.keepsake.repository.BlobId;

/**
 * A copy of a device's newest index on this computer: a device wants it back at the beginning of each run, and it may be
 * hundreds of megabytes on a server. Pieces of 64 KiB, each sealed with AES-256-GCM under a random key; the key is
 * sealed under the digest of the names of the content's blobs. Those are digests of the plain content, which only who can
 * open the repository knows: whoever has this computer's disk cannot read it, nor put another in its place. Whatever
 * goes wrong with it, the repository has the content.
 *
 * @param folder where it lies; made when it is needed
 */
record ManifestCopy(Path folder) {

	/** The file in a backup's folder. */
	static final String NAME = "Manifest.db";

	private static final System.Logger LOG = System.getLogger(ManifestCopy.class.getName());
	private static final int PIECE = 1 << 16;
	private static final int TAG = 16;
	private static final int NONCE = 12;
	private static final int KEY = 32;
	private static final int HEADER = NONCE + KEY + TAG;
	private static final SecureRandom RANDOM = new SecureRandom();

	private Path file() {
		return folder.resolve("manifest");
	}

	/** Begins a copy of what is being received. */
	Writer begin() throws IOException {
		Files.createDirectories(folder);
		return new Writer(folder.resolve("manifest.part"));
	}

	/** Opens the content itself. */
	@FunctionalInterface
	interface Original {
		SeekableByteChannel open() throws IOException;
	}

	/**
	 * The copy of this content, if that is what is here.
	 *
	 * @param original is asked where the copy turns out to be damaged
	 */
	Optional<SeekableByteChannel> open(List<BlobId> content, long size, Original original) {
		try {
			FileChannel channel = FileChannel.open(file(), StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
			boolean opened = false;
			try {
				long pieces = (size + PIECE - 1) / PIECE;
				byte[] header = bytes(channel, 0, HEADER);
				if (channel.size() != HEADER + size + pieces * TAG) {
					return Optional.empty();
				}
				byte[] key = crypt(Cipher.DECRYPT_MODE, wrapping(content, size), Arrays.copyOf(header, NONCE), header,
						NONCE,
						KEY + TAG);
				opened = true;
				return Optional.of(new PieceChannel(channel, size, new Pieces(channel, key, size, original)));
			} finally {
				if (!opened) {
					channel.close();
				}
			}
		} catch (IOException e) {
			LOG.log(System.Logger.Level.DEBUG, "There is no copy of this index", e);
			return Optional.empty();
		}
	}

	private static byte[] wrapping(List<BlobId> content, long size) throws IOException {
		try {
			MessageDigest sha = MessageDigest.getInstance("SHA-256");
			sha.update("keepsake copy of an index".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
			for (BlobId id : content) {
				sha.update(id.bytes());
			}
			return sha.digest(ByteBuffer.allocate(Long.BYTES).putLong(size).array());
		} catch (GeneralSecurityException e) {
			throw new IOException(e);
		}
	}

	private static byte[] crypt(int mode, byte[] key, byte[] nonce, byte[] bytes, int offset, int length)
			throws IOException {
		try {
			Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
			cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(TAG * 8, nonce));
			return cipher.doFinal(bytes, offset, length);
		} catch (GeneralSecurityException e) {
			throw new IOException("Not this content", e);
		}
	}

	private static byte[] nonce(long piece) {
		return ByteBuffer.allocate(NONCE).putLong(Integer.BYTES, piece).array();
	}

	private static byte[] bytes(FileChannel channel, long position, int length) throws IOException {
		ByteBuffer buffer = ByteBuffer.allocate(length);
		while (buffer.hasRemaining()) {
			if (channel.read(buffer, position + buffer.position()) < 0) {
				throw new java.io.EOFException();
			}
		}
		return buffer.array();
	}

	private static byte[] bytes(SeekableByteChannel channel, int length) throws IOException {
		ByteBuffer buffer = ByteBuffer.allocate(length);
		while (buffer.hasRemaining()) {
			if (channel.read(buffer) < 0) {
				throw new java.io.EOFException();
			}
		}
		return buffer.array();
	}

	/** Reads pieces. */
	private record Pieces(FileChannel channel, byte[] key, long size, Original original)
			implements
				PieceChannel.Source {

		@Override
		public byte[] piece(long number) throws IOException {
			int length = (int) Math.min(PIECE, size - number * PIECE);
			try {
				byte[] sealed = bytes(channel, HEADER + number * (PIECE + TAG), length + TAG);
				return crypt(Cipher.DECRYPT_MODE, key, nonce(number), sealed, 0, sealed.length);
			} catch (IOException e) {
				LOG.log(System.Logger.Level.WARNING, "The copy of an index is damaged", e);
				try (SeekableByteChannel whole = original.open()) {
					return bytes(whole.position(number * PIECE), length);
				}
			}
		}

		@Override
		public int pieceSize() {
			return PIECE;
		}
	}

	/** A copy that grows. Failures end it, and nothing else. */
	final class Writer extends OutputStream {

		private final Path part;
		private final FileChannel channel;
		private final byte[] key = new byte[KEY];
		private final byte[] piece = new byte[PIECE];
		private int filled;
		private long pieces;
		private boolean broken;

		private Writer(Path part) throws IOException {
			this.part = part;
			Files.deleteIfExists(part);
			channel = FileChannel.open(part, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
			RANDOM.nextBytes(key);
			channel.position(HEADER);
		}

		@Override
		public void write(int b) {
			write(new byte[] { (byte) b }, 0, 1);
		}

		@Override
		public void write(byte[] bytes, int offset, int length) {
			for (int done = 0; done < length && !broken;) {
				int n = Math.min(length - done, PIECE - filled);
				System.arraycopy(bytes, offset + done, piece, filled, n);
				filled += n;
				done += n;
				if (filled == PIECE) {
					seal();
				}
			}
		}

		private void seal() {
			try {
				put(crypt(Cipher.ENCRYPT_MODE, key, nonce(pieces), piece, 0, filled));
				pieces++;
				filled = 0;
			} catch (IOException e) {
				LOG.log(System.Logger.Level.DEBUG, "The index is not copied", e);
				broken = true;
			}
		}

		private void put(byte[] bytes) throws IOException {
			ByteBuffer buffer = ByteBuffer.wrap(bytes);
			while (buffer.hasRemaining()) {
				channel.write(buffer);
			}
		}

		/** It was received wholly, and is this content. */
		void keep(List<BlobId> content, long size) {
			if (filled > 0) {
				seal();
			}
			try {
				if (!broken) {
					byte[] nonce = new byte[NONCE];
					RANDOM.nextBytes(nonce);
					channel.position(0);
					put(nonce);
					put(crypt(Cipher.ENCRYPT_MODE, wrapping(content, size), nonce, key, 0, KEY));
					channel.close();
					Files.move(part, file(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
				}
			} catch (IOException e) {
				LOG.log(System.Logger.Level.DEBUG, "The index is not copied", e);
			}
		}

		@Override
		public void close() {
			Arrays.fill(key, (byte) 0);
			try {
				channel.close();
				Files.deleteIfExists(part);
			} catch (IOException e) {
				LOG.log(System.Logger.Level.DEBUG, "A part of an index stays", e);
			}
		}
	}
}
