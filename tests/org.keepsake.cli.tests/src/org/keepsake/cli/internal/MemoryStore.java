// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.cli.internal;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

import org.keepsake.core.storage.BlobSource;
import org.keepsake.core.storage.Storage;
import org.keepsake.core.storage.StorageException;
import org.keepsake.core.storage.StorageException.Reason;
import org.keepsake.core.target.Capacity;

/** A store in memory, which a test can damage. */
public final class MemoryStore implements Storage {

	/** What is stored. */
	public final Map<String, byte[]> blobs = new ConcurrentSkipListMap<>();
	private final String location;

	/** An empty store. */
	public MemoryStore(String location) {
		this.location = location;
	}

	/** Turns one bit of a blob around. */
	public void flip(String name) {
		byte[] bytes = blobs.getOrDefault(name, new byte[1]).clone();
		bytes[bytes.length / 2] ^= 1;
		blobs.put(name, bytes);
	}

	/** The first blob of a kind. */
	public String first(String kind) {
		return blobs.keySet().stream().filter(name -> name.startsWith(kind + '/')).findFirst().orElseThrow();
	}

	@Override
	public String location() {
		return location;
	}

	@Override
	public void create() {
		// Nothing to prepare.
	}

	@Override
	public void put(String name, BlobSource content) throws IOException {
		try (InputStream in = content.open()) {
			if (blobs.putIfAbsent(name, in.readAllBytes()) != null) {
				throw new StorageException(Reason.EXISTS, name);
			}
		}
	}

	@Override
	public InputStream get(String name, long offset, long length) throws IOException {
		byte[] bytes = blobs.get(name);
		if (bytes == null) {
			throw new StorageException(Reason.NOT_FOUND, name);
		}
		int end = length < 0 ? bytes.length : (int) (offset + length);
		return new ByteArrayInputStream(Arrays.copyOfRange(bytes, (int) offset, end));
	}

	@Override
	public Optional<Long> size(String name) {
		return Optional.ofNullable(blobs.get(name)).map(bytes -> Long.valueOf(bytes.length));
	}

	@Override
	public void list(String kind, Visitor visitor) throws IOException {
		for (Map.Entry<String, byte[]> blob : blobs.entrySet()) {
			if (blob.getKey().startsWith(kind + '/') && !visitor.visit(blob.getKey(), blob.getValue().length)) {
				return;
			}
		}
	}

	@Override
	public void delete(String name) {
		blobs.remove(name);
	}

	@Override
	public Optional<Capacity> capacity() {
		return Optional.of(new Capacity(12_000_000_000L, null));
	}

	@Override
	public void close() {
		// Nothing is open.
	}
}
