// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.repository.internal;

import java.io.IOException;
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
		IndexTable table = vault.freshIndex();
		int count = snapshots.size();
		// What the snapshots before this one need, and what those behind it need: only this one needs the rest.
		BitSet[] before = new BitSet[count + 1];
		before[0] = new BitSet(table.size());
		for (int i = 0; i < count; i++) {
			before[i + 1] = (BitSet) before[i].clone();
			walk(vault, table, before[i + 1], List.of(snapshots.get(i)), monitor);
		}
		Map<BlobId, Long> freed = new HashMap<>();
		BitSet behind = new BitSet(table.size());
		for (int i = count - 1; i >= 0; i--) {
			BitSet only = (BitSet) before[i + 1].clone();
			only.andNot(before[i]);
			only.andNot(behind);
			freed.put(snapshots.get(i).id(), bytes(table, only));
			walk(vault, table, behind, List.of(snapshots.get(i)), monitor);
		}
		Map<BlobId, Long> sizes = vault.sizes(Vault.DATA);
		BitSet all = before[count];
		long plain = all.stream().mapToLong(table::plainLength).sum();
		return new RepositoryStats(count, sizes.size(), sizes.values().stream().mapToLong(Long::longValue).sum(),
				all.cardinality(), plain, bytes(table, all), freed);
	}

	/** What only some snapshots need. */
	public static long freedBy(Vault vault, Collection<BlobId> going, JobMonitor monitor) throws IOException {
		Set<BlobId> ids = new HashSet<>(going);
		List<SnapshotRecord> snapshots = readable(vault);
		IndexTable table = vault.freshIndex();
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
		return entries.stream()
				.mapToLong(e -> table.length(e) + (long) PackHeader.entrySize(table.isCompressed(e))).sum();
	}
}
