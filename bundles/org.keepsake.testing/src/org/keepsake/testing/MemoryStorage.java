// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.testing;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;

import org.keepsake.core.storage.BlobSource;
import org.keepsake.core.storage.Storage;
import org.keepsake.core.storage.StorageException;
import org.keepsake.core.storage.StorageException.Reason;
import org.keepsake.core.storage.StorageFactory;
import org.keepsake.core.target.Capacity;

/** Stores in memory, {@code memory:NAME}, that a test can break in several ways. Thread-safe. */
public final class MemoryStorage implements StorageFactory {

	private final Map<String, Map<String, byte[]>> stores = new ConcurrentHashMap<>();
	private volatile boolean appendOnly;
	private volatile int putsLeft = Integer.MAX_VALUE;

	/** From now on nothing but locks can be deleted. */
	public void allowOnlyAdding() {
		appendOnly = true;
	}

	/** After so many more packs nobody answers, until {@link #heal}. */
	public void breakAfter(int packs) {
		putsLeft = packs;
	}

	/** It works again. */
	public void heal() {
		putsLeft = Integer.MAX_VALUE;
	}

	/** What is in a store, by name. */
	public Map<String, byte[]> content(String location) {
		return stores.computeIfAbsent(location, name -> new ConcurrentSkipListMap<>());
	}

	@Override
	public boolean accepts(String location) {
		return location.startsWith("memory:");
	}

	@Override
	public Storage open(String location, Context context) {
		return new Store(location, content(location));
	}

	private synchronized void countPut(String name) throws IOException {
		if (name.startsWith("data/") && putsLeft != Integer.MAX_VALUE && putsLeft-- <= 0) {
			putsLeft = 0;
			throw new IOException("Nobody answers");
		}
	}

	private final class Store implements Storage {

		private final String location;
		private final Map<String, byte[]> blobs;

		Store(String location, Map<String, byte[]> blobs) {
			this.location = location;
			this.blobs = blobs;
		}

		@Override
		public String location() {
			return location;
		}

		@Override
		public void create() {
			// It is there.
		}

		@Override
		public void put(String name, BlobSource content) throws IOException {
			countPut(name);
			byte[] bytes;
			try (InputStream in = content.open()) {
				bytes = in.readAllBytes();
			}
			if (blobs.putIfAbsent(name, bytes) != null) {
				throw new StorageException(Reason.EXISTS, name);
			}
		}

		private byte[] blob(String name) throws StorageException {
			byte[] bytes = blobs.get(name);
			if (bytes == null) {
				throw new StorageException(Reason.NOT_FOUND, name);
			}
			return bytes;
		}

		@Override
		public InputStream get(String name, long offset, long length) throws IOException {
			byte[] bytes = blob(name);
			long end = length < 0 ? bytes.length : offset + length;
			if (offset > bytes.length || end > bytes.length) {
				throw new EOFException(name);
			}
			return new ByteArrayInputStream(bytes, (int) offset, (int) (end - offset));
		}

		@Override
		public Optional<Long> size(String name) {
			byte[] bytes = blobs.get(name);
			return bytes == null ? Optional.empty() : Optional.of((long) bytes.length);
		}

		@Override
		public void list(String kind, Visitor visitor) throws IOException {
			for (Map.Entry<String, byte[]> blob : List.copyOf(blobs.entrySet())) {
				if (blob.getKey().startsWith(kind + '/') && !visitor.visit(blob.getKey(), blob.getValue().length)) {
					return;
				}
			}
		}

		@Override
		public void delete(String name) throws IOException {
			if (appendOnly && !name.startsWith("locks/")) {
				throw new StorageException(Reason.FORBIDDEN, name);
			}
			blobs.remove(name);
		}

		@Override
		public Optional<Capacity> capacity() {
			return Optional.empty();
		}

		@Override
		public void close() {
			// Nothing is held.
		}
	}
}
