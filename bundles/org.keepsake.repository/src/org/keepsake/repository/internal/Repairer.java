// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.repository.internal;

import java.io.EOFException;
import java.io.IOException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.core.JobMonitor;
import org.keepsake.core.ProblemException;
import org.keepsake.repository.BlobId;
import org.keepsake.repository.BlobType;
import org.keepsake.repository.CheckOptions;
import org.keepsake.repository.CheckReport;
import org.keepsake.repository.Compression;
import org.keepsake.repository.Node;
import org.keepsake.repository.RepairOptions;
import org.keepsake.repository.RepairReport;
import org.keepsake.repository.RepositoryLock;
import org.keepsake.repository.RepositoryProblems;
import org.keepsake.repository.SnapshotRecord;

/** Saves what can be saved, in an order that loses nothing wherever it is interrupted. */
public final class Repairer {

	private static final String TAG = "repaired";
	private static final int MAX_DEPTH = 1000;

	private final Vault vault;
	private final RepairOptions options;
	private final RepositoryLock lock;
	private final JobMonitor monitor;
	private final LongAdder saved = new LongAdder();
	private final LongAdder lost = new LongAdder();
	private final List<String> deleted = new ArrayList<>();

	/** A repair that has not begun. */
	public Repairer(Vault vault, RepairOptions options, RepositoryLock lock, JobMonitor monitor) {
		this.vault = vault;
		this.options = options;
		this.lock = lock;
		this.monitor = monitor;
	}

	/** Repairs. */
	public RepairReport run() throws IOException {
		CheckOptions how = options.readData() ? CheckOptions.READ_DATA : CheckOptions.STRUCTURE;
		Checker checker = new Checker(vault, how, monitor);
		CheckReport check = checker.run();
		Map<BlobId, Long> sizes = vault.files().sizes(Vault.DATA);
		List<IndexFiles.Pack> unlisted = unlisted(sizes);
		Set<BlobId> bad = new HashSet<>(checker.badPacks());
		// What is readable of those goes to new packs.
		unlisted.removeIf(pack -> bad.contains(pack.id()));
		if (options.dryRun()) {
			return new RepairReport(check, unlisted.size(), bad.size(), 0, 0, List.of(), List.of(), check.touched());
		}
		List<BlobId> oldIndexes = vault.files().list(Vault.INDEX);
		Set<BlobId> damagedIndexes = vault.listing().damagedFiles();
		Adoption.write(vault, unlisted, List.of());
		salvage(bad, sizes);
		Set<BlobId> readable = new HashSet<>(oldIndexes);
		readable.removeAll(damagedIndexes);
		Pruner.rewriteIndexes(vault, readable, bad, lock);
		for (BlobId index : damagedIndexes) {
			drop(Vault.INDEX, index);
		}
		lock.throwIfLost();
		for (BlobId pack : bad) {
			if (sizes.containsKey(pack)) {
				drop(Vault.DATA, pack);
			}
		}
		vault.listing().forget();
		if (vault.isConfigDamaged()) {
			Opening.repairConfig(vault);
		}
		repairSmall(check);
		List<BlobId> changed = check.touchedCount() > 0 ? rewriteSnapshots() : List.of();
		return new RepairReport(check, unlisted.size(), bad.size(), saved.sum(), lost.sum(), deleted, changed,
				check.touched());
	}

	private List<IndexFiles.Pack> unlisted(Map<BlobId, Long> sizes) throws IOException {
		List<IndexFiles.Pack> found = new ArrayList<>();
		for (BlobId pack : vault.listing().unlistedPacks().keySet()) {
			List<PackedBlob> blobs = vault.blobs().header(pack, sizes.getOrDefault(pack, 0L));
			if (blobs != null) {
				found.add(new IndexFiles.Pack(pack, blobs));
			}
		}
		return found;
	}

	private void drop(String kind, BlobId id) throws IOException {
		lock.throwIfLost();
		vault.files().delete(kind, id);
		deleted.add(Vault.name(kind, id));
	}

	/** Keys and snapshots: what is mended is stored first, then what is damaged is deleted. */
	private void repairSmall(CheckReport check) throws IOException {
		for (BlobId id : damaged(Vault.KEYS, check)) {
			lock.throwIfLost();
			if (!Opening.repairKey(vault, id)) {
				deleted.add(Vault.name(Vault.KEYS, id));
			}
		}
		for (BlobId id : damaged(Vault.SNAPSHOTS, check)) {
			byte[] json = vault.files().loadMended(Vault.SNAPSHOTS, id);
			if (json == null) {
				drop(Vault.SNAPSHOTS, id);
			} else {
				vault.files().save(Vault.SNAPSHOTS, json);
				lock.throwIfLost();
				vault.files().delete(Vault.SNAPSHOTS, id);
			}
		}
	}

	private static List<BlobId> damaged(String kind, CheckReport check) {
		return check.findings().stream().map(CheckReport.Finding::file).filter(file -> file.startsWith(kind + '/'))
				.map(file -> BlobId.parse(file.substring(kind.length() + 1))).toList();
	}

	/** Takes what is readable out of damaged packs. */
	private void salvage(Set<BlobId> bad, Map<BlobId, Long> sizes) throws IOException {
		IndexTable table = vault.index();
		IndexTable.ByPack byPack = table.byPack();
		Packer packer = new Packer(vault, 16 << 20, 2);
		try {
			for (BlobId pack : bad) {
				int number = table.packNumber(pack);
				if (number == IndexTable.NONE) {
					continue;
				}
				for (PackedBlob blob : Checker.listed(table, byPack, number)) {
					monitor.throwIfCancelled();
					if (sizes.containsKey(pack) && save(packer, pack, blob)) {
						saved.increment();
					} else {
						lost.increment();
					}
				}
			}
			packer.flush();
		} finally {
			packer.close();
		}
	}

	private boolean save(Packer packer, BlobId pack, PackedBlob blob) throws IOException {
		Codec codec = vault.codecs().take();
		try {
			byte[] sealed = vault.blobs().readStored(pack, blob.offset(), blob.length());
			byte[] copy = Arrays.copyOf(sealed, sealed.length);
			int length = codec.decode(sealed, 0, sealed.length, blob.uncompressed());
			if (length < 0 || !codec.hash(codec.plain(), 0, length).equals(blob.id())) {
				return false;
			}
			packer.add(blob.id(), blob.type(), copy, copy.length, blob.uncompressed());
			return true;
		} catch (EOFException | ProblemException e) {
			return false;
		} finally {
			vault.codecs().release(codec);
		}
	}

	/** Snapshots that miss content get a tree without the files it belongs to. */
	private List<BlobId> rewriteSnapshots() throws IOException {
		List<BlobId> changed = new ArrayList<>();
		Map<BlobId, BlobId> rewritten = new HashMap<>();
		List<SnapshotRecord> going = new ArrayList<>();
		try (Pipeline pipeline = new Pipeline(vault, Compression.AUTO, 16 << 20, 2)) {
			Map<SnapshotRecord, BlobId> trees = new HashMap<>();
			for (SnapshotRecord snapshot : Snapshots.list(vault, (id, problem) -> {
				throw problem;
			})) {
				BlobId tree = rewrite(pipeline, snapshot.tree(), rewritten, 0);
				if (!tree.equals(snapshot.tree())) {
					trees.put(snapshot, tree);
				}
			}
			pipeline.flush();
			for (Map.Entry<SnapshotRecord, BlobId> entry : trees.entrySet()) {
				List<String> tags = new ArrayList<>(entry.getKey().tags());
				if (!tags.contains(TAG)) {
					tags.add(TAG);
				}
				Snapshots.rewrite(vault, entry.getKey(), entry.getValue(), tags);
				going.add(entry.getKey());
			}
		}
		for (SnapshotRecord snapshot : going) {
			lock.throwIfLost();
			vault.deleteSnapshot(snapshot.id());
			changed.add(snapshot.id());
		}
		return changed;
	}

	private BlobId rewrite(Pipeline pipeline, BlobId tree, Map<BlobId, BlobId> rewritten, int depth)
			throws IOException {
		BlobId known = rewritten.get(tree);
		if (known != null) {
			return known;
		}
		List<Node> nodes = read(tree);
		byte[] json = nodes == null ? new TreeText(ZoneId.systemDefault()).finish()
				: without(pipeline, nodes, rewritten, depth);
		BlobId result = json.length == 0 ? tree : pipeline.store(BlobType.TREE, json, 0, json.length);
		rewritten.put(tree, result);
		return result;
	}

	/** A folder's entries; null if it cannot be read. */
	private @Nullable List<Node> read(BlobId tree) throws IOException {
		try {
			List<Node> nodes = new ArrayList<>();
			TreeText.Entries entries = new TreeText.Entries(vault.loadBlob(vault.index(), tree, BlobType.TREE));
			for (Node node = entries.next(); node != null; node = entries.next()) {
				nodes.add(node);
			}
			return nodes;
		} catch (JsonReader.JsonException e) {
			return null;
		} catch (ProblemException e) {
			if (e.is(RepositoryProblems.DAMAGED) || e.is(RepositoryProblems.MISSING)) {
				return null;
			}
			throw e;
		}
	}

	/** A folder without the files that miss content; no bytes if it misses none. */
	private byte[] without(Pipeline pipeline, List<Node> nodes, Map<BlobId, BlobId> rewritten, int depth)
			throws IOException {
		TreeText text = new TreeText(ZoneId.systemDefault());
		boolean changed = false;
		for (Node node : nodes) {
			BlobId subtree = node.subtree();
			if (subtree != null) {
				BlobId below = depth > MAX_DEPTH ? subtree : rewrite(pipeline, subtree, rewritten, depth + 1);
				changed |= !below.equals(subtree);
				text.add(node.withSubtree(below));
			} else if (isStored(node)) {
				text.add(node);
			} else {
				changed = true;
			}
		}
		return changed ? text.finish() : new byte[0];
	}

	private boolean isStored(Node node) throws IOException {
		@Nullable
		List<BlobId> content = node.content();
		if (content != null) {
			for (BlobId id : content) {
				if (vault.index().find(id, BlobType.DATA) == IndexTable.NONE) {
					return false;
				}
			}
		}
		return true;
	}
}
