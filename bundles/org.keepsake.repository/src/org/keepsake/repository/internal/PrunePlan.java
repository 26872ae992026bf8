// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.repository.internal;

import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.keepsake.repository.BlobId;
import org.keepsake.repository.BlobType;
import org.keepsake.repository.PruneOptions;

/** Decides which packs a prune deletes, and which it writes anew. */
final class PrunePlan {

	/**
	 * A pack of the index.
	 *
	 * @param usedBytes bytes of the blobs that are needed from this pack
	 * @param size      bytes of the pack
	 */
	record Pack(int number, BlobId id, BlobType type, long usedBytes, long size) {
		long unused() {
			return size - usedBytes;
		}
	}

	/** Entries that are to be kept: one for each blob that is used. */
	final BitSet keep;
	final List<Pack> delete = new ArrayList<>();
	final List<Pack> repack = new ArrayList<>();
	/** Packs that no index lists. */
	final Set<BlobId> strays = new HashSet<>();
	long strayBytes;
	long stillUnused;

	private PrunePlan(BitSet keep) {
		this.keep = keep;
	}

	/** @throws IOException a problem if a pack that is needed is not stored */
	static PrunePlan make(Vault vault, IndexTable table, BitSet used, Map<BlobId, Long> sizes, PruneOptions options)
			throws IOException {
		PrunePlan plan = new PrunePlan(onePerBlob(table, used, sizes));
		IndexTable.ByPack byPack = table.byPack();
		List<Pack> kept = new ArrayList<>();
		long usedBytes = 0;
		for (int number = 0; number < table.packCount(); number++) {
			Pack pack = measure(table, byPack, number, plan.keep, sizes);
			if (pack.usedBytes() > 0 && pack.size() == 0) {
				throw vault.told(new org.keepsake.core.storage.StorageException(
						org.keepsake.core.storage.StorageException.Reason.NOT_FOUND, "A pack"),
						Vault.name(Vault.DATA, pack.id()));
			}
			usedBytes += pack.usedBytes();
			(pack.usedBytes() == 0 ? plan.delete : kept).add(pack);
		}
		for (Map.Entry<BlobId, Long> stored : sizes.entrySet()) {
			if (table.packNumber(stored.getKey()) == IndexTable.NONE) {
				plan.strays.add(stored.getKey());
				plan.strayBytes += stored.getValue();
			}
		}
		plan.chooseUnused(kept, usedBytes * options.maxUnusedPercent() / 100);
		if (options.repackSmall()) {
			plan.chooseSmall(kept, options.packSize());
		}
		return plan;
	}

	/** Of a blob that several packs hold, the one in a pack that is there is kept. */
	private static BitSet onePerBlob(IndexTable table, BitSet used, Map<BlobId, Long> sizes) {
		BitSet keep = new BitSet(table.size());
		for (int entry = used.nextSetBit(0); entry >= 0; entry = used.nextSetBit(entry + 1)) {
			int chosen = entry;
			if (!sizes.containsKey(table.pack(table.packOf(entry)))) {
				PackedBlob blob = table.blob(entry);
				for (int other : table.findAll(blob.id(), blob.type())) {
					if (sizes.containsKey(table.pack(table.packOf(other)))) {
						chosen = other;
					}
				}
			}
			keep.set(chosen);
		}
		return keep;
	}

	private static Pack measure(IndexTable table, IndexTable.ByPack byPack, int number, BitSet keep,
			Map<BlobId, Long> sizes) {
		long used = 0;
		long header = Seal.OVERHEAD + PackHeader.LENGTH_FIELD;
		boolean all = true;
		BlobType type = BlobType.DATA;
		for (int i = byPack.starts()[number]; i < byPack.starts()[number + 1]; i++) {
			int entry = byPack.entries()[i];
			type = table.type(entry);
			if (keep.get(entry)) {
				used += table.length(entry) + PackHeader.entrySize(table.isCompressed(entry));
			} else {
				all = false;
			}
		}
		BlobId id = table.pack(number);
		long size = sizes.getOrDefault(id, 0L);
		return new Pack(number, id, type, used == 0 ? 0 : all ? size : used + header, size);
	}

	private void chooseUnused(List<Pack> kept, long mayStay) {
		List<Pack> wasteful = new ArrayList<>(kept.stream().filter(p -> p.unused() > 0).toList());
		long unused = wasteful.stream().mapToLong(Pack::unused).sum();
		wasteful.sort(Comparator.comparingDouble(p -> (double) p.usedBytes() / p.size()));
		for (Pack pack : wasteful) {
			if (unused <= mayStay) {
				break;
			}
			repack.add(pack);
			unused -= pack.unused();
		}
		stillUnused = unused;
	}

	/** Packs of less than half the size, if together they make more than one. */
	private void chooseSmall(List<Pack> kept, int packSize) {
		Set<Pack> chosen = new HashSet<>(repack);
		for (BlobType type : BlobType.values()) {
			List<Pack> small = kept.stream()
					.filter(p -> p.type() == type && p.size() < packSize / 2 && !chosen.contains(p)).toList();
			if (small.size() > 1 && small.stream().mapToLong(Pack::usedBytes).sum() >= packSize) {
				repack.addAll(small);
				stillUnused -= small.stream().mapToLong(Pack::unused).sum();
			}
		}
	}

	Set<BlobId> goingPacks() {
		Set<BlobId> going = new HashSet<>();
		delete.forEach(p -> going.add(p.id()));
		repack.forEach(p -> going.add(p.id()));
		return going;
	}
}
