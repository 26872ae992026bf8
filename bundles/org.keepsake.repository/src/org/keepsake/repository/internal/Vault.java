// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.repository.internal;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger.Level;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.core.ProblemException;
import org.keepsake.core.storage.Storage;
import org.keepsake.core.storage.StorageException;
import org.keepsake.core.storage.StorageProblems;
import org.keepsake.repository.BlobId;
import org.keepsake.repository.BlobType;
import org.keepsake.repository.RepositoryProblems;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdInputStreamNoFinalizer;

/**
 * An opened repository as files and blobs: what the public classes share. Thread-safe. Source of the encoding of files:
 * restic/restic doc/design.rst, "Unpacked Data Format".
 */
public final class Vault implements AutoCloseable {

	static final String KEYS = "keys";
	static final String LOCKS = "locks";
	static final String SNAPSHOTS = "snapshots";
	static final String INDEX = "index";
	static final String DATA = "data";
	static final String CONFIG = "config";

	/** The largest file but a pack that is read into memory. */
	private static final int MAX_FILE = 512 << 20;
	private static final int ENCODING_ZSTD = 2;
	private static final int FILE_LEVEL = 3;

	private final Storage storage;
	private final Config config;
	private final Codecs codecs;
	private final Chunker chunker;
	private final Object indexLock = new Object();
	private final Set<BlobId> indexFiles = new HashSet<>();
	private final Set<BlobId> damagedIndexFiles = new HashSet<>();
	private final Set<BlobId> unlistedPacks = new HashSet<>();
	private volatile @Nullable IndexTable index;
	private int savers;

	Vault(Storage storage, Config config, MasterKey keys) {
		this.storage = storage;
		this.config = config;
		this.codecs = new Codecs(keys);
		this.chunker = new Chunker(config.polynomial());
	}

	Storage storage() {
		return storage;
	}

	/** Where it is, for a person. */
	public String location() {
		return storage.location();
	}

	Config config() {
		return config;
	}

	/** Its random identity. */
	public BlobId repositoryId() {
		return config.id();
	}

	/** Version of the format. */
	public int version() {
		return config.version();
	}

	/** Where content is cut. */
	public long polynomial() {
		return config.polynomial();
	}

	/** Deletes a snapshot's file. */
	public void deleteSnapshot(BlobId id) throws IOException {
		delete(SNAPSHOTS, id);
	}

	Codecs codecs() {
		return codecs;
	}

	Chunker chunker() {
		return chunker;
	}

	/** The name of a file in the storage. */
	static String name(String kind, BlobId id) {
		return kind + '/' + id;
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
		String name = name(kind, id);
		byte[] stored;
		try {
			stored = fetch(storage, name);
		} catch (StorageException e) {
			throw told(e, name);
		}
		byte[] json = decode(stored, id);
		if (json == null) {
			throw damaged(name);
		}
		return json;
	}

	private byte @Nullable [] decode(byte[] stored, BlobId id) {
		Codec codec = codecs.take();
		try {
			if (!codec.hash(stored, 0, stored.length).equals(id)
					|| !codec.seal().open(stored, 0, stored.length, stored, 0)) {
				return null;
			}
		} finally {
			codecs.release(codec);
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
		if (config.version() > 1) {
			byte[] compressed = Zstd.compress(json, FILE_LEVEL);
			text = new byte[compressed.length + 1];
			text[0] = ENCODING_ZSTD;
			System.arraycopy(compressed, 0, text, 1, compressed.length);
		}
		Codec codec = codecs.take();
		byte[] sealed;
		try {
			sealed = codec.seal().seal(text);
		} finally {
			codecs.release(codec);
		}
		return put(kind, sealed);
	}

	/** Saves bytes as they are under their digest. */
	BlobId put(String kind, byte[] bytes) throws IOException {
		byte[] digest = digest(bytes);
		BlobId id = BlobId.of(digest, 0);
		try {
			storage.put(name(kind, id), new Bytes(bytes, digest));
		} catch (StorageException e) {
			if (e.reason() != StorageException.Reason.EXISTS) {
				throw told(e, name(kind, id));
			}
		}
		return id;
	}

	static byte[] digest(byte[] bytes) {
		try {
			return MessageDigest.getInstance("SHA-256").digest(bytes);
		} catch (NoSuchAlgorithmException e) {
			throw new IllegalStateException("Every Java has SHA-256", e);
		}
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
			storage.delete(name(kind, id));
		} catch (StorageException e) {
			throw told(e, name(kind, id));
		}
	}

	/** The index, read on first use. */
	IndexTable index() throws IOException {
		IndexTable table = index;
		if (table != null) {
			return table;
		}
		synchronized (indexLock) {
			table = index;
			if (table == null) {
				table = new IndexTable();
				indexFiles.clear();
				damagedIndexFiles.clear();
				unlistedPacks.clear();
				readIndex(table);
				index = table;
			}
			return table;
		}
	}

	/**
	 * Adds what others have listed since. Where an index file is damaged, the packs that none lists are asked themselves:
	 * what is undamaged can be read on.
	 */
	private void readIndex(IndexTable table) throws IOException {
		List<BlobId> files = new ArrayList<>(list(INDEX));
		files.removeAll(indexFiles);
		Set<BlobId> damaged = new HashSet<>();
		IndexFiles.load(this, files, table, (id, e) -> {
			System.getLogger(Vault.class.getName()).log(Level.WARNING, e.problem().toString());
			damaged.add(id);
		});
		indexFiles.addAll(files);
		damagedIndexFiles.addAll(damaged);
		if (!damaged.isEmpty()) {
			for (Map.Entry<BlobId, Long> pack : sizes(DATA).entrySet()) {
				if (table.packNumber(pack.getKey()) == IndexTable.NONE) {
					List<PackedBlob> blobs = header(pack.getKey(), pack.getValue());
					if (blobs != null) {
						table.add(pack.getKey(), blobs);
						unlistedPacks.add(pack.getKey());
					}
				}
			}
		}
	}

	/** The index files that were found damaged when the index was read. */
	Set<BlobId> damagedIndexFiles() {
		synchronized (indexLock) {
			return Set.copyOf(damagedIndexFiles);
		}
	}

	/** The packs that are in the index only because index files are damaged. */
	Set<BlobId> packsOfDamagedIndexFiles() {
		synchronized (indexLock) {
			return Set.copyOf(unlistedPacks);
		}
	}

	/** The index, read again unless somebody saves. */
	IndexTable freshIndex() throws IOException {
		synchronized (indexLock) {
			if (savers == 0) {
				index = null;
			}
			return index();
		}
	}

	/** Forgets the index: the next use reads it again. Not while somebody saves: what is not listed yet is in it only. */
	void forgetIndex() {
		synchronized (indexLock) {
			index = null;
		}
	}

	/** Somebody begins to save: what others deleted before counts as there no longer. */
	void beginSaving() throws IOException {
		synchronized (indexLock) {
			IndexTable table = index;
			if (savers == 0) {
				index = null;
			} else if (table != null) {
				readIndex(table);
			}
			index();
			savers++;
		}
	}

	void endSaving() {
		synchronized (indexLock) {
			savers--;
		}
	}

	/** Where a blob lies; reads the index again if it is not there, since others may have added to it. */
	int locate(BlobId id, BlobType type) throws IOException {
		int entry = index().find(id, type);
		if (entry == IndexTable.NONE) {
			synchronized (indexLock) {
				readIndex(index());
			}
			entry = index().find(id, type);
		}
		if (entry == IndexTable.NONE) {
			throw RepositoryProblems.MISSING.exception(location(), type.word() + ' ' + id);
		}
		return entry;
	}

	/** The content of a blob, proven by its digest; from another pack that has it, if one is damaged. */
	public byte[] loadBlob(BlobId id, BlobType type) throws IOException {
		locate(id, type);
		return loadBlob(index(), id, type);
	}

	/** The content of a blob by a table. */
	byte[] loadBlob(IndexTable table, BlobId id, BlobType type) throws IOException {
		@Nullable
		IOException failure = null;
		for (int entry : table.findAll(id, type)) {
			try {
				return loadEntry(table, entry);
			} catch (ProblemException e) {
				failure = e;
			}
		}
		throw failure == null ? missing(id, type) : failure;
	}

	ProblemException missing(BlobId id, BlobType type) {
		return RepositoryProblems.MISSING.exception(location(), type.word() + ' ' + id);
	}

	private byte[] loadEntry(IndexTable table, int entry) throws IOException {
		PackedBlob blob = table.blob(entry);
		byte[] sealed = read(table.pack(table.packOf(entry)), blob.offset(), blob.length());
		Codec codec = codecs.take();
		try {
			int length = codec.decode(sealed, 0, sealed.length, blob.uncompressed());
			if (length < 0 || !codec.hash(codec.plain(), 0, length).equals(blob.id())) {
				throw damaged(name(DATA, table.pack(table.packOf(entry))));
			}
			return Arrays.copyOf(codec.plain(), length);
		} finally {
			codecs.release(codec);
		}
	}

	/** A part of a pack. */
	byte[] read(BlobId pack, long offset, int length) throws IOException {
		byte[] bytes = new byte[length];
		read(pack, offset, length, bytes);
		return bytes;
	}

	/** A part of a pack, to the beginning of a buffer. */
	void read(BlobId pack, long offset, int length, byte[] buffer) throws IOException {
		String name = name(DATA, pack);
		try (InputStream in = storage.get(name, offset, length)) {
			if (in.readNBytes(buffer, 0, length) < length) {
				throw damaged(name);
			}
		} catch (EOFException e) {
			throw RepositoryProblems.DAMAGED.exceptionBecause(e, location(), name);
		} catch (StorageException e) {
			throw told(e, name);
		}
	}

	/** The blobs of a pack by its own header; null if it is damaged. */
	@Nullable
	List<PackedBlob> header(BlobId pack, long packSize) throws IOException {
		int tail = (int) Math.min(packSize, 16 << 10);
		if (tail < PackHeader.LENGTH_FIELD + Seal.OVERHEAD || packSize > Integer.MAX_VALUE) {
			return null;
		}
		byte[] end = read(pack, packSize - tail, tail);
		int at = tail - PackHeader.LENGTH_FIELD;
		long length = end[at] & 0xff | (end[at + 1] & 0xff) << 8 | (end[at + 2] & 0xff) << 16
				| (end[at + 3] & 0xffL) << 24;
		if (length < Seal.OVERHEAD || length > PackHeader.MAX || length + PackHeader.LENGTH_FIELD > packSize) {
			return null;
		}
		long blobsBytes = packSize - PackHeader.LENGTH_FIELD - length;
		byte[] sealed = length <= at ? Arrays.copyOfRange(end, at - (int) length, at)
				: read(pack, blobsBytes, (int) length);
		Codec codec = codecs.take();
		try {
			return PackHeader.read(sealed, codec.seal(), blobsBytes);
		} finally {
			codecs.release(codec);
		}
	}

	/** Finds the packs that no index lists, such as those of an interrupted run. */
	Map<BlobId, Long> unlistedPacks() throws IOException {
		Map<BlobId, Long> packs = new HashMap<>(sizes(DATA));
		IndexTable table = index();
		Set<BlobId> named = packsOfDamagedIndexFiles();
		packs.keySet().removeIf(pack -> table.packNumber(pack) != IndexTable.NONE && !named.contains(pack));
		return packs;
	}

	ProblemException damaged(String name) {
		return RepositoryProblems.DAMAGED.exception(location(), name);
	}

	/** What a store's refusal means to a person. */
	IOException told(StorageException e, String name) {
		return switch (e.reason()) {
			case NO_SPACE -> StorageProblems.FULL.exceptionBecause(e, location());
			case FORBIDDEN -> StorageProblems.FORBIDDEN.exceptionBecause(e, location(), name);
			case NOT_FOUND -> RepositoryProblems.MISSING.exceptionBecause(e, location(), name);
			case EXISTS -> e;
		};
	}

	/** Snapshots' and locks' ids, oldest digits first, for reports that do not change from run to run. */
	static List<BlobId> sorted(Iterable<BlobId> ids) {
		List<BlobId> sorted = new ArrayList<>();
		ids.forEach(sorted::add);
		sorted.sort(null);
		return sorted;
	}

	@Override
	public void close() {
		codecs.close();
	}
}
