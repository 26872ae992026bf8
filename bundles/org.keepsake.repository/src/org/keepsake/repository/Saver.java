// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.repository;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.Collection;

import org.keepsake.repository.internal.ContentCutter;
import org.keepsake.repository.internal.Pipeline;
import org.keepsake.repository.internal.Snapshots;
import org.keepsake.repository.internal.Vault;

/**
 * Adds content to a repository. Holds a shared lock until it is closed. Thread-safe: many files may be written at once.
 * Memory stays below about five packs and four of the largest chunks, whatever is stored.
 *
 * <p>
 * Whatever ends it, the snapshots that were there stay as they were; packs that were finished stay, and the next saver
 * uses them: see {@link Repository#saver}.
 */
public final class Saver implements Closeable {

	private final Vault vault;
	private final RepositoryLock lock;
	private final Pipeline pipeline;

	Saver(Vault vault, RepositoryLock lock, Pipeline pipeline) {
		this.vault = vault;
		this.lock = lock;
		this.pipeline = pipeline;
	}

	/**
	 * What was added so far.
	 *
	 * @param dataBlobs   new blobs of data
	 * @param treeBlobs   new blobs of folders
	 * @param bytes       their bytes before compression
	 * @param storedBytes bytes of packs that were uploaded
	 */
	public record Added(long dataBlobs, long treeBlobs, long bytes, long storedBytes) {
	}

	/**
	 * Begins a file's content, which is pushed.
	 *
	 * @param expectedBytes about how long it will be, so that memory fits; -1 if unknown
	 */
	public ContentWriter content(long expectedBytes) {
		return new ContentWriter(new ContentCutter(pipeline, expectedBytes));
	}

	/**
	 * Stores a file's content, which is pulled. The caller closes the stream.
	 *
	 * @param expectedBytes about how long it is; -1 if unknown
	 */
	public Content save(InputStream in, long expectedBytes) throws IOException {
		try (ContentWriter writer = content(expectedBytes)) {
			writer.readFrom(in);
			return writer.finish();
		}
	}

	/** Stores a blob as it is, uncut. */
	public BlobId saveBlob(BlobType type, byte[] bytes, int offset, int length) throws IOException {
		return pipeline.store(type, bytes, offset, length);
	}

	/** Whether a blob is stored, or will be by the next {@link #flush}. */
	public boolean has(BlobId id, BlobType type) throws IOException {
		return pipeline.has(id, type);
	}

	/** Whether all of some content is stored, or will be by the next {@link #flush}. */
	public boolean hasAll(Collection<BlobId> content) throws IOException {
		for (BlobId id : content) {
			if (!has(id, BlobType.DATA)) {
				return false;
			}
		}
		return true;
	}

	/**
	 * Stores a folder, unless one with the same entries is stored.
	 *
	 * @param entries in any order
	 * @throws IllegalArgumentException if a name is there twice
	 */
	public BlobId saveTree(Collection<Node> entries) throws IOException {
		TreeBuilder builder = tree();
		entries.stream().sorted((a, b) -> TreeBuilder.compareNames(a.name(), b.name())).forEach(builder::add);
		return builder.finish();
	}

	/** Begins a folder. */
	public TreeBuilder tree() {
		return new TreeBuilder(this);
	}

	/** What was added so far. */
	public Added added() {
		long[] figures = pipeline.figures();
		return new Added(figures[0], figures[1], figures[2], figures[3]);
	}

	/** Waits until all that was added is stored durably and listed. Nobody may add meanwhile. */
	public void flush() throws IOException {
		lock.throwIfLost();
		pipeline.flush();
	}

	/** This computer's name, as snapshots have it. */
	public static String hostName() {
		return Pipeline.hostName();
	}

	/** Makes all that was added durable, and then the snapshot, at once or not at all. */
	public SnapshotRecord commit(SnapshotDraft draft) throws IOException {
		flush();
		lock.throwIfLost();
		return Snapshots.save(vault, draft);
	}

	@Override
	public void close() throws IOException {
		try (lock) {
			pipeline.close();
		}
	}
}
