// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.engine.internal.search;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import javax.crypto.Cipher;
import javax.crypto.KDF;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.SecretKeySpec;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.core.JobMonitor;

/**
 * A file that only the holder of a key can read, and nobody alter unseen. Layout: {@code KSSEAL1\n}, 32 random bytes,
 * then chunks of {@value #CHUNK} bytes, of which only the last may be shorter, each sealed by AES-256-GCM with its number
 * as nonce and, as what is authenticated besides, whether it is the last. The key of the file is derived (RFC 5869) from
 * the given key and the random bytes, so that no nonce is used twice with one key.
 */
final class SealedFile {

	private static final byte[] MAGIC = "KSSEAL1\n".getBytes(StandardCharsets.US_ASCII);
	private static final int SALT = 32;
	private static final int TAG = 16;
	/* Small, because the JDK's AES is fast only once its loop was called often. */
	private static final int CHUNK = 16 << 10;
	private static final int BATCH = 64;
	private static final int MOST_WORKERS = 4;

	private final int mode;
	private final FileChannel from;
	private final FileChannel to;
	private final SecretKeySpec key;
	private final JobMonitor monitor;
	private final long chunks;

	private SealedFile(int mode, FileChannel from, FileChannel to, SecretKeySpec key, JobMonitor monitor)
			throws IOException {
		this.mode = mode;
		this.from = from;
		this.to = to;
		this.key = key;
		this.monitor = monitor;
		chunks = Math.max(1, Math.ceilDiv(from.size() - header(!sealing()), inChunk()));
	}

	/** The file is not sealed with this key, cut short or altered. */
	static final class BrokenException extends IOException {

		private static final long serialVersionUID = 1;

		BrokenException(String message, @Nullable Throwable cause) {
			super(message, cause);
		}
	}

	/** Writes the sealed form of a file into another, which is empty. */
	static void seal(Path clear, Path sealed, byte[] key, JobMonitor monitor) throws IOException {
		byte[] salt = new byte[SALT];
		new SecureRandom().nextBytes(salt);
		try (FileChannel from = FileChannel.open(clear);
				FileChannel to = FileChannel.open(sealed, StandardOpenOption.WRITE)) {
			write(to, ByteBuffer.allocate(MAGIC.length + SALT).put(MAGIC).put(salt).flip(), 0);
			new SealedFile(Cipher.ENCRYPT_MODE, from, to, fileKey(key, salt), monitor).run();
		}
	}

	/** Writes the file in clear into another, which is empty. @throws BrokenException if it is not what was sealed */
	static void unseal(Path sealed, Path clear, byte[] key, JobMonitor monitor) throws IOException {
		try (FileChannel from = FileChannel.open(sealed);
				FileChannel to = FileChannel.open(clear, StandardOpenOption.WRITE)) {
			ByteBuffer head = ByteBuffer.allocate(MAGIC.length + SALT);
			read(from, head, 0);
			byte[] bytes = head.array();
			if (head.hasRemaining() || !Arrays.equals(MAGIC, Arrays.copyOf(bytes, MAGIC.length))) {
				throw new BrokenException("Not a sealed file", null);
			}
			byte[] salt = Arrays.copyOfRange(bytes, MAGIC.length, bytes.length);
			new SealedFile(Cipher.DECRYPT_MODE, from, to, fileKey(key, salt), monitor).run();
		}
	}

	private boolean sealing() {
		return mode == Cipher.ENCRYPT_MODE;
	}

	private int inChunk() {
		return sealing() ? CHUNK : CHUNK + TAG;
	}

	private int outChunk() {
		return sealing() ? CHUNK + TAG : CHUNK;
	}

	private static long header(boolean sealed) {
		return sealed ? MAGIC.length + SALT : 0;
	}

	/** Each worker has a part of the chunks. */
	private void run() throws IOException {
		int workers = Math.clamp(Runtime.getRuntime().availableProcessors(), 1, MOST_WORKERS);
		long share = Math.ceilDiv(chunks, workers);
		List<Future<Boolean>> parts = new ArrayList<>();
		try (ExecutorService pool = Executors.newThreadPerTaskExecutor(Thread.ofPlatform().name("seal").factory())) {
			for (long first = 0; first < chunks; first += share) {
				long begin = first;
				parts.add(pool.submit(() -> part(begin, Math.min(begin + share, chunks))));
			}
			for (Future<Boolean> part : parts) {
				part.get();
			}
		} catch (ExecutionException e) {
			throw e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
		} catch (InterruptedException e) {
			Thread.currentThread().interrupt();
			throw new InterruptedIOException();
		}
	}

	private Boolean part(long begin, long end) throws IOException {
		ByteBuffer in = ByteBuffer.allocate(BATCH * inChunk());
		ByteBuffer out = ByteBuffer.allocate(BATCH * outChunk());
		try {
			Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
			for (long first = begin; first < end; first += BATCH) {
				monitor.throwIfCancelled();
				long last = Math.min(first + BATCH, end);
				in.clear().limit((int) (last - first) * inChunk());
				read(from, in, header(!sealing()) + first * inChunk());
				in.flip();
				for (long number = first; number < last; number++) {
					chunk(cipher, in, out, number);
				}
				write(to, out.flip(), header(sealing()) + first * outChunk());
				out.clear();
			}
			return Boolean.TRUE;
		} catch (GeneralSecurityException e) {
			throw new BrokenException("The sealed file was altered or cut short", e);
		} finally {
			Arrays.fill(in.array(), (byte) 0);
			Arrays.fill(out.array(), (byte) 0);
		}
	}

	private void chunk(Cipher cipher, ByteBuffer in, ByteBuffer out, long number) throws GeneralSecurityException {
		int length = Math.min(in.remaining(), inChunk());
		cipher.init(mode, key, new GCMParameterSpec(8 * TAG, ByteBuffer.allocate(12).putLong(4, number).array()));
		cipher.updateAAD(new byte[] { (byte) (number == chunks - 1 ? 1 : 0) });
		int written = cipher.doFinal(in.array(), in.position(), length, out.array(), out.position());
		in.position(in.position() + length);
		out.position(out.position() + written);
	}

	private static void read(FileChannel from, ByteBuffer into, long position) throws IOException {
		long at = position;
		while (into.hasRemaining()) {
			int read = from.read(into, at);
			if (read < 0) {
				return;
			}
			at += read;
		}
	}

	private static void write(FileChannel to, ByteBuffer bytes, long position) throws IOException {
		long at = position;
		while (bytes.hasRemaining()) {
			at += to.write(bytes, at);
		}
	}

	private static SecretKeySpec fileKey(byte[] key, byte[] salt) {
		byte[] derived = new byte[0];
		try {
			derived = KDF.getInstance("HKDF-SHA256").deriveData(
					HKDFParameterSpec.ofExtract().addSalt(salt).addIKM(key).thenExpand(MAGIC, 32));
			return new SecretKeySpec(derived, "AES");
		} catch (GeneralSecurityException e) {
			throw new IllegalStateException("This JDK lacks HKDF", e);
		} finally {
			Arrays.fill(derived, (byte) 0);
		}
	}
}
