// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.target.repository.internal;

import java.io.IOException;
import java.io.InputStream;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

import org.keepsake.core.storage.BlobSource;
import org.keepsake.core.storage.Storage;
import org.keepsake.core.storage.StorageException;
import org.keepsake.core.storage.StorageException.Reason;
import org.keepsake.core.target.Capacity;

/**
 * A store that counts what is in it, and takes no more content than its quota allows. What keeps a repository valid, such
 * as indexes and locks, is always taken.
 */
final class MeteredStorage implements Storage {

	/** What is told where neither the store nor the person knows a limit. */
	static final long UNKNOWN_FREE = 1L << 40;

	private static final String PACKS = "data";

	private final Storage storage;
	private final long quota;
	private long stored = -1;

	MeteredStorage(Storage storage, long quota) {
		this.storage = storage;
		this.quota = quota;
	}

	/** Bytes of all packs; lists them the first time. */
	synchronized long storedBytes() throws IOException {
		if (stored < 0) {
			long[] sum = new long[1];
			storage.list(PACKS, (_, size) -> {
				sum[0] += size;
				return true;
			});
			stored = sum[0];
		}
		return stored;
	}

	/** Forgets the count: others may have added or deleted. */
	synchronized void recount() {
		stored = -1;
	}

	/** Whether there is a limit of the person's. */
	boolean hasQuota() {
		return quota != Settings.UNLIMITED;
	}

	/** Room by quota and by store, whichever is less; much where neither is known. */
	Capacity room() throws IOException {
		Optional<Capacity> told = storage.capacity();
		long free = told.map(Capacity::freeBytes).orElse(UNKNOWN_FREE);
		if (!hasQuota()) {
			return told.orElse(new Capacity(free, null));
		}
		return new Capacity(Math.min(free, Math.max(0, quota - storedBytes())), quota);
	}

	/** The names of the files of a kind. */
	Set<String> names(String kind) throws IOException {
		Set<String> names = new HashSet<>();
		storage.list(kind, (name, _) -> names.add(name) || true);
		return names;
	}

	@Override
	public void put(String name, BlobSource content) throws IOException {
		boolean pack = name.startsWith(PACKS);
		if (pack && hasQuota()) {
			synchronized (this) {
				if (storedBytes() + content.sizeBytes() > quota) {
					throw new StorageException(Reason.NO_SPACE, name + ": the quota is reached");
				}
				stored += content.sizeBytes();
			}
		}
		boolean done = false;
		try {
			storage.put(name, content);
			done = true;
		} finally {
			if (pack && !done) {
				recount();
			}
		}
	}

	@Override
	public void delete(String name) throws IOException {
		storage.delete(name);
		if (name.startsWith(PACKS)) {
			recount();
		}
	}

	@Override
	public boolean isNear() {
		return storage.isNear();
	}

	@Override
	public boolean overwrite(String name, BlobSource content) throws IOException {
		return storage.overwrite(name, content);
	}

	@Override
	public String location() {
		return storage.location();
	}

	@Override
	public boolean isThere() throws IOException {
		return storage.isThere();
	}

	@Override
	public void removeEmptyFolders(String name) throws IOException {
		storage.removeEmptyFolders(name);
	}

	@Override
	public void create() throws IOException {
		storage.create();
	}

	@Override
	public InputStream get(String name, long offset, long length) throws IOException {
		return storage.get(name, offset, length);
	}

	@Override
	public Optional<Long> size(String name) throws IOException {
		return storage.size(name);
	}

	@Override
	public void list(String kind, Visitor visitor) throws IOException {
		storage.list(kind, visitor);
	}

	@Override
	public void tidy() throws IOException {
		storage.tidy();
	}

	@Override
	public Optional<Capacity> capacity() throws IOException {
		return storage.capacity();
	}

	@Override
	public void close() throws IOException {
		storage.close();
	}
}
