// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.repository.internal;

import java.io.IOException;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.keepsake.core.JobMonitor;
import org.keepsake.repository.BlobId;
import org.keepsake.repository.RepositoryStats;
import org.keepsake.repository.SnapshotRecord;

/** Counts what snapshots need, each blob once. */
public final class Usage {

	private Usage() {
	}

	/** How much is stored, and what each snapshot needs alone. */
	public static RepositoryStats stats(Vault vault, JobMonitor monitor) throws IOException {
		List<SnapshotRecord> snapshots = readable(vault);
		IndexTable table = vault.listing().fresh();
		// A blob whose first and whose last user are one and the same is needed by nobody else.
		BitSet all = new BitSet(table.size());
		int[] first = users(vault, table, snapshots, all, monitor);
		int[] last = users(vault, table, snapshots.reversed(), new BitSet(table.size()), monitor);
		long[] alone = new long[snapshots.size()];
		for (int entry = 0; entry < first.length; entry++) {
			if (first[entry] >= 0 && first[entry] == snapshots.size() - 1 - last[entry]) {
				alone[first[entry]] += storedLength(table, entry);
			}
		}
		Map<BlobId, Long> freed = new HashMap<>();
		for (int i = 0; i < alone.length; i++) {
			freed.put(snapshots.get(i).id(), alone[i]);
		}
		Map<BlobId, Long> sizes = vault.files().sizes(Vault.DATA);
		long plain = all.stream().mapToLong(table::plainLength).sum();
		return new RepositoryStats(snapshots.size(), sizes.size(),
				sizes.values().stream().mapToLong(Long::longValue).sum(), all.cardinality(), plain, bytes(table, all),
				freed);
	}

	/** For each entry, the number of the first snapshot that needs it; -1 for none. */
	private static int[] users(Vault vault, IndexTable table, List<SnapshotRecord> snapshots, BitSet used,
			JobMonitor monitor) throws IOException {
		int[] first = new int[table.size()];
		Arrays.fill(first, -1);
		for (int i = 0; i < snapshots.size(); i++) {
			BitSet added = (BitSet) used.clone();
			walk(vault, table, used, List.of(snapshots.get(i)), monitor);
			added.xor(used);
			for (int entry = added.nextSetBit(0); entry >= 0; entry = added.nextSetBit(entry + 1)) {
				first[entry] = i;
			}
		}
		return first;
	}

	/** What only some snapshots need. */
	public static long freedBy(Vault vault, Collection<BlobId> going, JobMonitor monitor) throws IOException {
		Set<BlobId> ids = new HashSet<>(going);
		List<SnapshotRecord> snapshots = readable(vault);
		IndexTable table = vault.listing().fresh();
		BitSet staying = new BitSet(table.size());
		walk(vault, table, staying, snapshots.stream().filter(s -> !ids.contains(s.id())).toList(), monitor);
		BitSet all = (BitSet) staying.clone();
		walk(vault, table, all, snapshots.stream().filter(s -> ids.contains(s.id())).toList(), monitor);
		all.andNot(staying);
		return bytes(table, all);
	}

	private static List<SnapshotRecord> readable(Vault vault) throws IOException {
		return Snapshots.list(vault, (id, problem) -> {
			throw problem;
		});
	}

	private static void walk(Vault vault, IndexTable table, BitSet used, List<SnapshotRecord> snapshots,
			JobMonitor monitor) throws IOException {
		new TreeWalk(vault, table, used, monitor, (id, type, problem) -> {
			throw problem;
		}).walk(snapshots.stream().map(SnapshotRecord::tree).toList());
	}

	private static long bytes(IndexTable table, BitSet entries) {
		return entries.stream().mapToLong(entry -> storedLength(table, entry)).sum();
	}

	private static long storedLength(IndexTable table, int entry) {
		return table.length(entry) + (long) PackHeader.entrySize(table.isCompressed(entry));
	}
}
