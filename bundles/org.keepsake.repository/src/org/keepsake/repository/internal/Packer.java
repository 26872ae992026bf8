// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.repository.internal;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.core.storage.StorageException;
import org.keepsake.repository.BlobId;
import org.keepsake.repository.BlobType;

/**
 * Fills packs, one for data and one for trees at a time, uploads them and lists them in index files. A thread that
 * fills a pack while all uploads are busy waits: nothing grows without bounds. Thread-safe.
 *
 * <p>
 * The order that keeps every moment valid: a pack is stored before an index names it, and its blobs count as stored for
 * other threads as soon as they are in a pack that will be.
 */
final class Packer {

	/** An index file is written this often at least, so that an interrupted run finds its packs quickly. */
	private static final Duration INDEX_EVERY = Duration.ofMinutes(5);

	private final Vault vault;
	private final int packSize;
	private final int packs;
	/** One for each pack in memory: those being filled and those being uploaded. */
	private final Semaphore slots;
	private final PackBuffer.Pieces pieces = new PackBuffer.Pieces();
	private final @Nullable PackBuffer[] current = new @Nullable PackBuffer[BlobType.values().length];
	private final Object[] filling = { new Object(), new Object() };
	private final List<Set<BlobId>> pending = List.of(ConcurrentHashMap.newKeySet(), ConcurrentHashMap.newKeySet());
	private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
	private final List<IndexFiles.Pack> unlisted = new ArrayList<>();
	private int unlistedBlobs;
	private long listedAt = System.nanoTime();
	private volatile boolean closed;
	final LongAdder newBlobs = new LongAdder();
	final LongAdder newTrees = new LongAdder();
	final LongAdder newBytes = new LongAdder();
	final LongAdder storedBytes = new LongAdder();

	/** @param uploads how many packs are uploaded at once */
	Packer(Vault vault, int packSize, int uploads) {
		this.vault = vault;
		this.packSize = packSize;
		this.packs = uploads + BlobType.values().length;
		this.slots = new Semaphore(packs);
	}

	/** Whether a blob is stored, or will be. */
	boolean has(BlobId id, BlobType type) throws IOException {
		return vault.index().find(id, type) != IndexTable.NONE || pending.get(type.ordinal()).contains(id);
	}

	/** Whether the caller is to store the blob: it is not there, and nobody else is at it. */
	boolean claim(BlobId id, BlobType type) throws IOException {
		throwIfFailed();
		if (vault.index().find(id, type) != IndexTable.NONE || !pending.get(type.ordinal()).add(id)) {
			return false;
		}
		if (vault.index().find(id, type) != IndexTable.NONE) {
			pending.get(type.ordinal()).remove(id);
			return false;
		}
		return true;
	}

	/** Adds a blob that was claimed. */
	void add(BlobId id, BlobType type, byte[] sealed, int length, int uncompressed) throws IOException {
		newBytes.add(uncompressed > 0 ? uncompressed : length - Seal.OVERHEAD);
		(type == BlobType.DATA ? newBlobs : newTrees).increment();
		@Nullable
		PackBuffer full = null;
		synchronized (filling[type.ordinal()]) {
			@Nullable
			PackBuffer pack = current[type.ordinal()];
			if (pack == null) {
				acquire(1);
				pack = new PackBuffer(pieces);
				current[type.ordinal()] = pack;
			}
			pack.add(id, type, sealed, length, uncompressed);
			if (pack.isFull(packSize)) {
				full = pack;
				current[type.ordinal()] = null;
			}
		}
		if (full != null) {
			upload(full);
		}
	}

	private void upload(PackBuffer pack) throws IOException {
		if (closed) {
			pack.release();
			slots.release();
			throw new IOException("The saver was closed");
		}
		Thread.ofVirtual().name("repository upload").start(() -> {
			try {
				if (failure.get() == null) {
					store(pack);
				}
			} catch (IOException | RuntimeException | Error e) {
				failure.compareAndSet(null, e);
			} finally {
				pack.release();
				slots.release();
			}
		});
	}

	private void acquire(int count) throws IOException {
		try {
			slots.acquire(count);
		} catch (InterruptedException e) {
			Thread.currentThread().interrupt();
			InterruptedIOException end = new InterruptedIOException("Interrupted");
			end.initCause(e);
			throw end;
		}
	}

	private void store(PackBuffer pack) throws IOException {
		Codec codec = vault.codecs().take();
		BlobId id;
		try {
			MessageDigest sha = codec.sha();
			id = pack.finish(codec.seal(), sha);
		} finally {
			vault.codecs().release(codec);
		}
		try {
			vault.storage().put(Vault.name(Vault.DATA, id), pack);
		} catch (StorageException e) {
			// There already: it is ours, and its answer was lost. Its name is its digest, and its nonces are random.
			if (e.reason() != StorageException.Reason.EXISTS || !isThere(id, pack.sizeBytes())) {
				throw vault.told(e, Vault.name(Vault.DATA, id));
			}
		}
		storedBytes.add(pack.sizeBytes());
		List<PackedBlob> blobs = List.copyOf(pack.blobs());
		if (blobs.getFirst().type() == BlobType.TREE) {
			vault.keepTrees(id, pack);
		}
		vault.index().add(id, blobs);
		for (PackedBlob blob : blobs) {
			pending.get(blob.type().ordinal()).remove(blob.id());
		}
		list(new IndexFiles.Pack(id, blobs));
	}

	private boolean isThere(BlobId id, long size) throws IOException {
		return vault.storage().size(Vault.name(Vault.DATA, id)).filter(there -> there == size).isPresent();
	}

	private void list(IndexFiles.Pack pack) throws IOException {
		List<IndexFiles.Pack> now = List.of();
		synchronized (unlisted) {
			unlisted.add(pack);
			unlistedBlobs += pack.blobs().size();
			if (unlistedBlobs >= IndexFiles.BLOBS_PER_FILE || System.nanoTime() - listedAt > INDEX_EVERY.toNanos()) {
				now = takeUnlisted();
			}
		}
		if (!now.isEmpty()) {
			IndexFiles.write(vault, now, List.of());
		}
	}

	private List<IndexFiles.Pack> takeUnlisted() {
		List<IndexFiles.Pack> now = List.copyOf(unlisted);
		unlisted.clear();
		unlistedBlobs = 0;
		listedAt = System.nanoTime();
		return now;
	}

	/** Stores and lists all that was added before; nobody adds meanwhile. */
	void flush() throws IOException {
		throwIfFailed();
		for (BlobType type : BlobType.values()) {
			@Nullable
			PackBuffer pack;
			synchronized (filling[type.ordinal()]) {
				pack = current[type.ordinal()];
				current[type.ordinal()] = null;
			}
			if (pack != null) {
				upload(pack);
			}
		}
		awaitUploads();
		throwIfFailed();
		List<IndexFiles.Pack> now;
		synchronized (unlisted) {
			now = takeUnlisted();
		}
		if (!now.isEmpty()) {
			IndexFiles.write(vault, now, List.of());
		}
	}

	private void awaitUploads() throws IOException {
		acquire(packs);
		slots.release(packs);
	}

	/** Gives up what is not stored yet; what is being uploaded is finished. */
	void close() throws IOException {
		closed = true;
		for (BlobType type : BlobType.values()) {
			synchronized (filling[type.ordinal()]) {
				if (current[type.ordinal()] != null) {
					current[type.ordinal()] = null;
					slots.release();
				}
			}
		}
		awaitUploads();
	}

	void fail(Throwable e) {
		failure.compareAndSet(null, e);
	}

	void throwIfFailed() throws IOException {
		Parallel.rethrow(failure.get());
	}
}
