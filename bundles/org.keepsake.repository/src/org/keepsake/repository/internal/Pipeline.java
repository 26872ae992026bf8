// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.repository.internal;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import org.keepsake.repository.BlobId;
import org.keepsake.repository.BlobType;
import org.keepsake.repository.Compression;

/**
 * Digests, deduplicates, compresses and encrypts blobs and gives them to the packer. Work goes to a thread that waits
 * for some; if none does, the caller does it: nothing queues up. Thread-safe.
 */
public final class Pipeline implements AutoCloseable {

	private final Vault vault;
	private final Packer packer;
	private final Compression compression;
	private final Buffers buffers = new Buffers();
	private final ThreadPoolExecutor workers;
	/** Blobs that {@link #storeLater} took and that are not in a pack yet. Guarded by this. */
	private int underWay;

	/**
	 * @param packSize bytes from which on a pack is full
	 * @param uploads  packs under way at once, to a store that is far
	 */
	public Pipeline(Vault vault, Compression compression, int packSize, int uploads) throws IOException {
		this.vault = vault;
		this.compression = compression;
		// A disk is quick: one pack on its way keeps up with the filling of the next.
		this.packer = new Packer(vault, packSize, vault.storage().isNear() ? 1 : uploads);
		vault.listing().beginSaving();
		// Who brings content works as well.
		int threads = Math.max(1, Parallel.threads() - 1);
		workers = new ThreadPoolExecutor(threads, threads, 5, TimeUnit.SECONDS, new SynchronousQueue<>(),
				Thread.ofPlatform().daemon().name("repository blobs ", 0).factory(),
				new ThreadPoolExecutor.CallerRunsPolicy());
		workers.allowCoreThreadTimeOut(true);
	}

	Packer packer() {
		return packer;
	}

	Buffers buffers() {
		return buffers;
	}

	Chunker chunker() {
		return vault.chunker();
	}

	/** What was stored so far: new data blobs, new trees, their bytes, and bytes of packs. */
	public long[] figures() {
		return new long[] { packer.newBlobs.sum(), packer.newTrees.sum(), packer.newBytes.sum(),
				packer.storedBytes.sum() };
	}

	/** Stores a blob, now. */
	public BlobId store(BlobType type, byte[] bytes, int offset, int length) throws IOException {
		packer.throwIfFailed();
		vault.coders().acquireUninterruptibly();
		Codec codec = vault.codecs().take();
		try {
			BlobId id = codec.hash(bytes, offset, length);
			if (packer.claim(id, type)) {
				int level = vault.config().version() > 1 && compression.compresses(type) ? compression.level() : 0;
				int uncompressed = codec.encode(bytes, offset, length, level);
				packer.add(id, type, codec.sealed(), codec.sealedLength(), uncompressed);
			}
			return id;
		} catch (IOException | RuntimeException | Error e) {
			packer.fail(e);
			throw e;
		} finally {
			vault.codecs().release(codec);
			vault.coders().release();
		}
	}

	/** Stores a blob from a buffer, which is given back; perhaps by another thread. */
	CompletableFuture<BlobId> storeLater(byte[] buffer, int length) {
		Seal.warmUp();
		CompletableFuture<BlobId> result = new CompletableFuture<>();
		changeUnderWay(1);
		workers.execute(() -> {
			try {
				result.complete(store(BlobType.DATA, buffer, 0, length));
			} catch (IOException | RuntimeException | Error e) {
				result.completeExceptionally(e);
			} finally {
				buffers.release(buffer);
				changeUnderWay(-1);
			}
		});
		return result;
	}

	private synchronized void changeUnderWay(int by) {
		underWay += by;
		notifyAll();
	}

	/** So that nothing comes into a pack while the last ones are stored. */
	private synchronized void awaitPacked() {
		boolean interrupted = false;
		while (underWay > 0) {
			try {
				wait();
			} catch (InterruptedException e) {
				// A blob takes a moment, or fails.
				interrupted = true;
			}
		}
		if (interrupted) {
			Thread.currentThread().interrupt();
		}
	}

	/** Tells whoever brings more that something could not be stored, perhaps by another thread. */
	void throwIfFailed() throws IOException {
		packer.throwIfFailed();
	}

	/** Whether a blob is stored already. */
	public boolean has(BlobId id, BlobType type) throws IOException {
		return packer.has(id, type);
	}

	/** This computer's name. */
	public static String hostName() {
		return Host.name();
	}

	/** Stores and lists all, durably. */
	public void flush() throws IOException {
		awaitPacked();
		packer.flush();
	}

	@Override
	public void close() throws IOException {
		workers.shutdown();
		awaitPacked();
		try {
			packer.close();
		} finally {
			vault.listing().endSaving();
		}
	}
}
