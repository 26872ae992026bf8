// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.repository.internal;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.core.storage.Storage;
import org.keepsake.core.storage.StorageException;
import org.keepsake.repository.BlobId;
import org.keepsake.repository.RepositoryProblems;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdInputStreamNoFinalizer;

/**
 * The files of a repository but its packs: sealed, named by their digest, indexes and snapshots from the cache if there
 * is one. Thread-safe. Source of their encoding: restic/restic doc/design.rst, "Unpacked Data Format".
 */
final class StoredFiles {

	/** The largest file that is read into memory. */
	private static final int MAX_FILE = 512 << 20;
	private static final int ENCODING_ZSTD = 2;
	private static final int FILE_LEVEL = 3;

	private final Vault vault;
	private final Storage storage;
	private final @Nullable CacheFolder cache;

	StoredFiles(Vault vault, @Nullable CacheFolder cache) {
		this.vault = vault;
		this.storage = vault.storage();
		this.cache = cache;
	}

	/** All of a small file, as stored. */
	static byte[] fetch(Storage storage, String name) throws IOException {
		try (InputStream in = storage.get(name, 0, -1)) {
			byte[] bytes = in.readNBytes(MAX_FILE + 1);
			if (bytes.length > MAX_FILE) {
				throw RepositoryProblems.DAMAGED.exception(storage.location(), name);
			}
			return bytes;
		}
	}

	/** The JSON of a file, if the file is what its name says. */
	byte[] load(String kind, BlobId id) throws IOException {
		CacheFolder files = isCached(kind) ? cache : null;
		byte @Nullable [] kept = files == null ? null : files.read(kind, id, MAX_FILE);
		byte @Nullable [] json = kept == null ? null : decode(kept, id);
		if (json != null) {
			return json;
		}
		return loadStored(kind, id, files);
	}

	/** The JSON of a small file as it was before one bit of it was flipped; null if more is damaged. */
	byte @Nullable [] loadMended(String kind, BlobId id) throws IOException {
		byte @Nullable [] mended = OneBit.mend(fetch(storage, Vault.name(kind, id)), id);
		return mended == null ? null : decode(mended, id);
	}

	private byte[] loadStored(String kind, BlobId id, @Nullable CacheFolder files) throws IOException {
		String name = Vault.name(kind, id);
		byte[] stored;
		try {
			stored = fetch(storage, name);
		} catch (StorageException e) {
			throw vault.told(e, name);
		}
		byte[] copy = files == null ? stored : stored.clone();
		byte @Nullable [] json = decode(stored, id);
		if (json == null) {
			throw vault.damaged(name);
		}
		if (files != null) {
			files.keep(kind, id, copy);
		}
		return json;
	}

	private static boolean isCached(String kind) {
		return kind.equals(Vault.INDEX) || kind.equals(Vault.SNAPSHOTS);
	}

	private byte @Nullable [] decode(byte[] stored, BlobId id) {
		Codec codec = vault.codecs().take();
		try {
			if (!codec.hash(stored, 0, stored.length).equals(id)
					|| !codec.seal().open(stored, 0, stored.length, stored, 0)) {
				return null;
			}
		} finally {
			vault.codecs().release(codec);
		}
		int length = stored.length - Seal.OVERHEAD;
		if (length == 0 || stored[0] == '{' || stored[0] == '[') {
			return Arrays.copyOf(stored, length);
		}
		return stored[0] == ENCODING_ZSTD ? decompress(stored, 1, length - 1) : null;
	}

	private static byte @Nullable [] decompress(byte[] bytes, int offset, int length) {
		try (InputStream in = new ZstdInputStreamNoFinalizer(new ByteArrayInputStream(bytes, offset, length))) {
			byte[] json = in.readNBytes(MAX_FILE + 1);
			return json.length > MAX_FILE ? null : json;
		} catch (IOException e) {
			return null;
		}
	}

	/** Saves JSON as a file and names it. */
	BlobId save(String kind, byte[] json) throws IOException {
		byte[] text = json;
		if (vault.config().version() > 1) {
			byte[] compressed = Zstd.compress(json, FILE_LEVEL);
			text = new byte[compressed.length + 1];
			text[0] = ENCODING_ZSTD;
			System.arraycopy(compressed, 0, text, 1, compressed.length);
		}
		Codec codec = vault.codecs().take();
		byte[] sealed;
		try {
			sealed = codec.seal().seal(text);
		} finally {
			vault.codecs().release(codec);
		}
		return put(kind, sealed);
	}

	/** Saves bytes as they are under their digest. */
	BlobId put(String kind, byte[] bytes) throws IOException {
		byte[] digest = Vault.digest(bytes);
		BlobId id = BlobId.of(digest, 0);
		try {
			storage.put(Vault.name(kind, id), new Bytes(bytes, digest));
		} catch (StorageException e) {
			if (e.reason() != StorageException.Reason.EXISTS) {
				throw vault.told(e, Vault.name(kind, id));
			}
		} catch (IOException e) {
			if (kind.equals(Vault.LOCKS)) {
				Locks.remove(vault, id);
			}
			throw e;
		}
		CacheFolder files = cache;
		if (files != null && isCached(kind)) {
			files.keep(kind, id, bytes);
		}
		return id;
	}

	/** The ids of a kind of files. */
	List<BlobId> list(String kind) throws IOException {
		return List.copyOf(sizes(kind).keySet());
	}

	/** The ids of a kind of files with their lengths. */
	Map<BlobId, Long> sizes(String kind) throws IOException {
		Map<BlobId, Long> found = new HashMap<>();
		storage.list(kind, (name, size) -> {
			found.put(BlobId.parse(name.substring(name.lastIndexOf('/') + 1)), size);
			return true;
		});
		return found;
	}

	void delete(String kind, BlobId id) throws IOException {
		try {
			storage.delete(Vault.name(kind, id));
		} catch (StorageException e) {
			throw vault.told(e, Vault.name(kind, id));
		}
	}

	/** The repository has no files of a kind but these. */
	void retain(String kind, Collection<BlobId> there) {
		CacheFolder files = cache;
		if (files != null) {
			Set<BlobId> ids = Set.copyOf(there);
			files.retain(kind, ids::contains);
		}
	}
}
