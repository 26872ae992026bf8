// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.repository.internal;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.keepsake.core.JobEvent;
import org.keepsake.core.JobMonitor;
import org.keepsake.repository.BlobId;
import org.keepsake.repository.PruneOptions;
import org.keepsake.repository.PruneReport;
import org.keepsake.repository.RepositoryLock;
import org.keepsake.repository.SnapshotRecord;

/**
 * Deletes what no snapshot needs. Every moment leaves a valid repository: new packs and their index are stored first,
 * then indexes without the old packs, then the old indexes are deleted, then the old packs. Source: restic/restic
 * doc/design.rst, "Read and Write Ordering".
 */
public final class Pruner {

	private static final System.Logger LOG = System.getLogger(Pruner.class.getName());

	private final Vault vault;
	private final PruneOptions options;
	private final RepositoryLock lock;
	private final JobMonitor monitor;

	/** A prune that has not begun. */
	public Pruner(Vault vault, PruneOptions options, RepositoryLock lock, JobMonitor monitor) {
		this.vault = vault;
		this.options = options;
		this.lock = lock;
		this.monitor = monitor;
	}

	/** Prunes. */
	public PruneReport run() throws IOException {
		List<SnapshotRecord> snapshots = Snapshots.list(vault, (id, problem) -> {
			throw problem;
		});
		IndexTable table = vault.listing().fresh();
		Set<BlobId> damaged = vault.listing().damagedFiles();
		if (!damaged.isEmpty()) {
			throw vault.damaged(Vault.name(Vault.INDEX, damaged.iterator().next()));
		}
		BitSet used = new BitSet(table.size());
		new TreeWalk(vault, table, used, monitor, (id, type, problem) -> {
			throw problem;
		}).walk(snapshots.stream().map(SnapshotRecord::tree).toList());
		Map<BlobId, Long> sizes = vault.files().sizes(Vault.DATA);
		PrunePlan plan = PrunePlan.make(vault, table, used, sizes, options);
		long before = sizes.values().stream().mapToLong(Long::longValue).sum();
		long freed = plan.strayBytes + plan.delete.stream().mapToLong(PrunePlan.Pack::size).sum()
				+ plan.repack.stream().mapToLong(PrunePlan.Pack::unused).sum();
		PruneReport report = new PruneReport(sizes.size(), before, plan.delete.size() + plan.strays.size(),
				plan.repack.size(), plan.repack.stream().mapToLong(PrunePlan.Pack::usedBytes).sum(), freed,
				plan.stillUnused);
		if (!options.dryRun()) {
			carryOut(table, plan);
		}
		return report;
	}

	private void carryOut(IndexTable table, PrunePlan plan) throws IOException {
		Set<BlobId> going = plan.goingPacks();
		List<BlobId> oldIndexes = vault.files().list(Vault.INDEX);
		if (!plan.repack.isEmpty()) {
			repack(table, plan);
		}
		monitor.throwIfCancelled();
		if (!going.isEmpty()) {
			rewriteIndexes(vault, oldIndexes, going, lock);
		}
		going.addAll(plan.strays);
		deletePacks(vault, going, lock);
		vault.listing().forget();
		tidy();
	}

	/** What others left half-written takes room and does no harm: no reason to fail. */
	private void tidy() throws IOException {
		lock.throwIfLost();
		try {
			vault.storage().tidy();
		} catch (InterruptedIOException e) {
			throw e;
		} catch (IOException e) {
			LOG.log(Level.DEBUG, "Half-written files may stay", e);
		}
	}

	private void repack(IndexTable table, PrunePlan plan) throws IOException {
		IndexTable.ByPack byPack = table.byPack();
		Packer packer = new Packer(vault, options.packSize(), 2);
		try {
			Parallel.forEach("repack", plan.repack, pack -> {
				monitor.throwIfCancelled();
				List<PackedBlob> wanted = new ArrayList<>();
				for (int i = byPack.starts()[pack.number()]; i < byPack.starts()[pack.number() + 1]; i++) {
					if (plan.keep.get(byPack.entries()[i])) {
						wanted.add(table.blob(byPack.entries()[i]));
					}
				}
				move(vault, packer, pack.id(), wanted);
				monitor.report(new JobEvent.Progress(-1, packer.newBytes.sum(), -1, 0, plan.repack.size()));
			});
			packer.flush();
		} finally {
			packer.close();
		}
	}

	/** Takes blobs over into new packs as they are sealed, after proving them. The pack is asked once. */
	private static void move(Vault vault, Packer packer, BlobId pack, List<PackedBlob> blobs) throws IOException {
		int from = blobs.stream().mapToInt(PackedBlob::offset).min().orElse(0);
		int end = blobs.stream().mapToInt(b -> b.offset() + b.length()).max().orElse(0);
		byte[] sealed = vault.blobs().readStored(pack, from, end - from);
		Codec codec = vault.codecs().take();
		try {
			for (PackedBlob blob : blobs) {
				int at = blob.offset() - from;
				byte[] copy = Arrays.copyOfRange(sealed, at, at + blob.length());
				int length = codec.decode(sealed, at, blob.length(), blob.uncompressed());
				if (length < 0 || !codec.hash(codec.plain(), 0, length).equals(blob.id())) {
					throw vault.damaged(Vault.name(Vault.DATA, pack));
				}
				packer.add(blob.id(), blob.type(), copy, copy.length, blob.uncompressed());
			}
		} finally {
			vault.codecs().release(codec);
		}
	}

	/** Writes the indexes that name packs that go without them, and then deletes the old ones. */
	static void rewriteIndexes(Vault vault, Collection<BlobId> indexes, Set<BlobId> going, RepositoryLock lock)
			throws IOException {
		List<IndexFiles.Pack> staying = new ArrayList<>();
		List<BlobId> replaced = new ArrayList<>();
		for (BlobId index : indexes) {
			List<IndexFiles.Pack> packs = IndexFiles.read(vault, index);
			if (packs.stream().anyMatch(p -> going.contains(p.id()))) {
				packs.stream().filter(p -> !going.contains(p.id())).forEach(staying::add);
				replaced.add(index);
			}
		}
		List<BlobId> written = Adoption.write(vault, staying, replaced);
		replaced.removeAll(written);
		for (BlobId index : replaced) {
			lock.throwIfLost();
			vault.files().delete(Vault.INDEX, index);
		}
	}

	/** Deletes packs that no index names. */
	static void deletePacks(Vault vault, Set<BlobId> packs, RepositoryLock lock) throws IOException {
		Parallel.forEach("delete", packs, pack -> {
			lock.throwIfLost();
			vault.files().delete(Vault.DATA, pack);
		});
	}
}
