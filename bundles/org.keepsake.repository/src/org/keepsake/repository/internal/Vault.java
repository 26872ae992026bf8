// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.repository.internal;

import java.io.IOException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Semaphore;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.core.ProblemException;
import org.keepsake.core.storage.BlobSource;
import org.keepsake.core.storage.Storage;
import org.keepsake.core.storage.StorageException;
import org.keepsake.core.storage.StorageProblems;
import org.keepsake.repository.BlobId;
import org.keepsake.repository.BlobType;
import org.keepsake.repository.OpenOptions;
import org.keepsake.repository.ReadAhead;
import org.keepsake.repository.RepositoryProblems;

/**
 * An opened repository: what the public classes share. Thread-safe. Its parts are {@link StoredFiles}, the
 * {@link Listing} of what packs hold, and the {@link Blobs} in them.
 */
public final class Vault implements AutoCloseable {

	static final String KEYS = "keys";
	static final String LOCKS = "locks";
	static final String SNAPSHOTS = "snapshots";
	static final String INDEX = "index";
	static final String DATA = "data";
	static final String CONFIG = "config";

	private final Storage storage;
	private final Config config;
	private final Codecs codecs;
	private final Chunker chunker;
	private final @Nullable CacheFolder cache;
	private final @Nullable PackCache packCache;
	private final int connections;
	private final Semaphore coders = new Semaphore(Parallel.threads());
	private final Listing listing = new Listing(this);
	private final Blobs blobs;
	private final StoredFiles files;
	private volatile Locks.Times lockTimes = Locks.Times.USUAL;
	private volatile boolean configDamaged;

	Vault(Storage storage, Config config, MasterKey keys) {
		this(storage, config, new Codecs(keys), null, 0, 0);
	}

	private Vault(Storage storage, Config config, Codecs codecs, @Nullable CacheFolder cache, long cachedPackBytes,
			int connections) {
		this.storage = storage;
		this.config = config;
		this.codecs = codecs;
		this.chunker = new Chunker(config.polynomial());
		this.cache = cache;
		this.connections = connections;
		packCache = cache == null ? null
				: new PackCache(cache, storage, cachedPackBytes, Math.max(2, connections));
		blobs = new Blobs(this, packCache);
		files = new StoredFiles(this, cache);
	}

	/** The same, read as the options say. */
	Vault with(OpenOptions options) throws IOException {
		Path folder = options.cache();
		Vault other = new Vault(storage, config, codecs,
				folder == null ? null : new CacheFolder(folder, config.id()), options.cachedPackBytes(),
				options.connections());
		other.configDamaged = configDamaged;
		return other;
	}

	Storage storage() {
		return storage;
	}

	/** Where it is, for a person. */
	public String location() {
		return storage.location();
	}

	/** Whether one bit of the config's file was flipped. */
	boolean isConfigDamaged() {
		return configDamaged;
	}

	void setConfigDamaged(boolean damaged) {
		configDamaged = damaged;
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
		files.delete(SNAPSHOTS, id);
	}

	/** How long locks last. */
	public Locks.Times lockTimes() {
		return lockTimes;
	}

	/** Changes how long locks last that are taken from now on; others who use the repository count on the usual. */
	public void setLockTimes(Locks.Times times) {
		lockTimes = times;
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

	/** Its files but packs. */
	StoredFiles files() {
		return files;
	}

	static byte[] digest(byte[] bytes) {
		return sha256().digest(bytes);
	}

	static MessageDigest sha256() {
		try {
			return MessageDigest.getInstance("SHA-256");
		} catch (NoSuchAlgorithmException e) {
			throw new IllegalStateException("Every Java has SHA-256", e);
		}
	}

	/** The index, read on first use. */
	IndexTable index() throws IOException {
		return listing.table();
	}

	/** Forgets the index: the next use reads it again. */
	public void forgetIndex() {
		listing.forget();
	}

	/** The index as it stands. */
	Listing listing() {
		return listing;
	}

	/** Those who seal or open blobs hold one: content takes memory, and more threads than processors gain nothing. */
	Semaphore coders() {
		return coders;
	}

	/** Parts of packs. */
	Blobs blobs() {
		return blobs;
	}

	/** The content of a blob, proven by its digest; from another pack that has it, if one is damaged or was pruned. */
	public byte[] loadBlob(BlobId id, BlobType type) throws IOException {
		IndexTable table = listing.locate(id, type).table();
		try {
			return blobs.load(table, id, type);
		} catch (ProblemException e) {
			if (e.is(RepositoryProblems.MISSING) && listing.refresh()) {
				return blobs.load(index(), id, type);
			}
			throw e;
		}
	}

	/** The content of a blob by a table. */
	byte[] loadBlob(IndexTable table, BlobId id, BlobType type) throws IOException {
		return blobs.load(table, id, type);
	}

	/** Brings the packs of data into the cache, in their order; without effect where there is none. */
	public ReadAhead readAhead(Collection<BlobId> data) throws IOException {
		PackCache packs = packCache;
		if (packs == null) {
			return () -> {
			};
		}
		Set<BlobId> order = new LinkedHashSet<>();
		IndexTable table = index();
		for (BlobId id : data) {
			int entry = table.find(id, BlobType.DATA);
			if (entry != IndexTable.NONE) {
				order.add(table.pack(table.packOf(entry)));
			}
		}
		return packs.readAhead(order);
	}

	/** Keeps a pack with folders that was just stored. */
	void keepTrees(BlobId pack, BlobSource content) {
		PackCache packs = packCache;
		if (packs != null) {
			packs.keepTrees(pack, content);
		}
	}

	/** The repository has no packs but these. */
	void retainPacks(IndexTable table) {
		PackCache packs = packCache;
		if (packs != null) {
			packs.retain(table);
		}
	}

	/** The same as it is stored, whatever the cache has: for those who look for damage. */
	public Vault direct() {
		if (cache == null) {
			return this;
		}
		Vault direct = new Vault(storage, config, codecs, null, 0, connections);
		direct.lockTimes = lockTimes;
		direct.configDamaged = configDamaged;
		return direct;
	}

	/** How many wait for a server at once, where each would wait for a disk if it is none. */
	int readers() {
		return Math.max(Parallel.threads(), connections);
	}

	ProblemException missing(BlobId id, BlobType type) {
		return RepositoryProblems.MISSING.exception(location(), type.word() + ' ' + id);
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
		PackCache packs = packCache;
		if (packs != null) {
			packs.close();
		}
		codecs.close();
	}
}
