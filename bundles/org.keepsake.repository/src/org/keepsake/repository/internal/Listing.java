// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.repository.internal;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.repository.BlobId;
import org.keepsake.repository.BlobType;

/** The index of an open repository as it stands: when it is read, read again, and forgotten. Thread-safe. */
final class Listing {

	private final Vault vault;
	private final Object lock = new Object();
	private final Set<BlobId> files = new HashSet<>();
	private final Set<BlobId> damaged = new HashSet<>();
	private final Set<BlobId> unlisted = new HashSet<>();
	private volatile @Nullable IndexTable table;
	private int savers;

	Listing(Vault vault) {
		this.vault = vault;
	}

	/** The index, read on first use. */
	IndexTable table() throws IOException {
		IndexTable known = table;
		if (known != null) {
			return known;
		}
		synchronized (lock) {
			known = table;
			if (known == null) {
				known = new IndexTable();
				files.clear();
				damaged.clear();
				unlisted.clear();
				readNew(known);
				table = known;
				vault.retainPacks(known);
			}
			return known;
		}
	}

	/**
	 * Adds what others have listed since. Where an index file is damaged, the packs that none lists are asked themselves:
	 * what is undamaged can be read on.
	 */
	private void readNew(IndexTable to) throws IOException {
		List<BlobId> added = new ArrayList<>(vault.files().list(Vault.INDEX));
		vault.files().retain(Vault.INDEX, added);
		added.removeAll(files);
		Set<BlobId> broken = new HashSet<>();
		IndexFiles.load(vault, added, to, (id, e) -> {
			System.getLogger(Listing.class.getName()).log(Level.WARNING, e.problem().toString());
			broken.add(id);
		});
		files.addAll(added);
		damaged.addAll(broken);
		if (!broken.isEmpty()) {
			for (Map.Entry<BlobId, Long> pack : vault.files().sizes(Vault.DATA).entrySet()) {
				if (to.packNumber(pack.getKey()) == IndexTable.NONE) {
					List<PackedBlob> blobs = vault.blobs().header(pack.getKey(), pack.getValue());
					if (blobs != null) {
						to.add(pack.getKey(), blobs);
						unlisted.add(pack.getKey());
					}
				}
			}
		}
	}

	/** The index files that were found damaged when the index was read. */
	Set<BlobId> damagedFiles() {
		synchronized (lock) {
			return Set.copyOf(damaged);
		}
	}

	/** The packs that are in the index only because index files are damaged. */
	Set<BlobId> packsOfDamagedFiles() {
		synchronized (lock) {
			return Set.copyOf(unlisted);
		}
	}

	/** The index, read again unless somebody saves. */
	IndexTable fresh() throws IOException {
		synchronized (lock) {
			if (savers == 0) {
				table = null;
			}
			return table();
		}
	}

	/** Reads the index again if others have changed it and nobody saves here; whether it was. */
	boolean refresh() throws IOException {
		synchronized (lock) {
			if (savers > 0 || Set.copyOf(vault.files().list(Vault.INDEX)).equals(files)) {
				return false;
			}
			fresh();
			return true;
		}
	}

	/** Forgets the index: the next use reads it again. Not while somebody saves: what is not listed yet is in it only. */
	void forget() {
		synchronized (lock) {
			table = null;
		}
	}

	/** Somebody begins to save: what others deleted before counts as there no longer. */
	void beginSaving() throws IOException {
		synchronized (lock) {
			IndexTable known = table;
			if (savers == 0) {
				table = null;
			} else if (known != null) {
				readNew(known);
			}
			table();
			savers++;
		}
	}

	void endSaving() {
		synchronized (lock) {
			savers--;
		}
	}

	/** Where a blob lies; reads the index again if it is not there, since others may have added to it. */
	Place locate(BlobId id, BlobType type) throws IOException {
		IndexTable known = table();
		int entry = known.find(id, type);
		if (entry == IndexTable.NONE) {
			synchronized (lock) {
				known = table();
				readNew(known);
			}
			entry = known.find(id, type);
		}
		if (entry == IndexTable.NONE) {
			throw vault.missing(id, type);
		}
		return new Place(known, entry);
	}

	/** An entry of the index as it was when it was found: the index may be read again at any time. */
	record Place(IndexTable table, int entry) {

		BlobId pack() {
			return table.pack(table.packOf(entry));
		}

		PackedBlob blob() {
			return table.blob(entry);
		}

		int plainLength() {
			return table.plainLength(entry);
		}
	}

	/** Finds the packs that no index lists, such as those of an interrupted run. */
	Map<BlobId, Long> unlistedPacks() throws IOException {
		Map<BlobId, Long> packs = new HashMap<>(vault.files().sizes(Vault.DATA));
		IndexTable known = table();
		Set<BlobId> named = packsOfDamagedFiles();
		packs.keySet().removeIf(pack -> known.packNumber(pack) != IndexTable.NONE && !named.contains(pack));
		return packs;
	}
}
