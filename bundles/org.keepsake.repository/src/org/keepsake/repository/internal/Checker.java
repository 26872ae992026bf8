// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.repository.internal;

import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import org.keepsake.core.JobEvent;
import org.keepsake.core.JobMonitor;
import org.keepsake.core.Problem;
import org.keepsake.core.ProblemException;
import org.keepsake.repository.BlobId;
import org.keepsake.repository.BlobType;
import org.keepsake.repository.CheckOptions;
import org.keepsake.repository.CheckReport;
import org.keepsake.repository.RepositoryProblems;
import org.keepsake.repository.SnapshotRecord;

/** Looks for damage: keys, indexes, sizes of packs, snapshots, folders, and if asked every byte of packs. */
public final class Checker {

	private final Vault vault;
	private final CheckOptions options;
	private final JobMonitor monitor;
	private final List<CheckReport.Finding> findings = new ArrayList<>();
	private final List<String> hints = new ArrayList<>();
	private final Set<BlobId> badData = new HashSet<>();
	private final Set<BlobId> badTrees = new HashSet<>();
	private final Set<BlobId> badPacks = new HashSet<>();
	private final AtomicInteger packsRead = new AtomicInteger();
	private final AtomicLong bytesRead = new AtomicLong();

	/** A check that has not begun. */
	public Checker(Vault vault, CheckOptions options, JobMonitor monitor) {
		this.vault = vault;
		this.options = options;
		this.monitor = monitor;
	}

	/** Checks. */
	public CheckReport run() throws IOException {
		if (vault.isConfigDamaged()) {
			find(Vault.CONFIG, damaged(Vault.CONFIG));
		}
		checkKeys();
		// Snapshots before the index: what a snapshot names was listed before it.
		List<SnapshotRecord> snapshots = Snapshots.list(vault,
				(id, problem) -> find(Vault.name(Vault.SNAPSHOTS, id), problem.problem()));
		IndexTable table = vault.listing().fresh();
		for (BlobId id : vault.listing().damagedFiles()) {
			find(Vault.name(Vault.INDEX, id), damaged(Vault.name(Vault.INDEX, id)));
		}
		Map<BlobId, Long> sizes = vault.files().sizes(Vault.DATA);
		IndexTable.ByPack byPack = table.byPack();
		checkSizes(table, byPack, sizes);
		BitSet used = new BitSet(table.size());
		new TreeWalk(vault, table, used, monitor, this::broken)
				.walk(snapshots.stream().map(SnapshotRecord::tree).toList());
		if (options.part() > 0) {
			Seal.warmUp();
			readPacks(table, byPack, sizes);
		}
		Set<BlobId> unlisted = vault.listing().packsOfDamagedFiles();
		for (BlobId pack : unlisted) {
			addBlobs(table, byPack, pack);
		}
		Touching touching = new Touching(vault, table, badData, badTrees);
		if (!badData.isEmpty() || !badTrees.isEmpty()) {
			for (SnapshotRecord snapshot : snapshots) {
				monitor.throwIfCancelled();
				touching.look(snapshot);
			}
		}
		return new CheckReport(snapshots.size(), sizes.size(), table.size(), packsRead.get(), bytesRead.get(), findings,
				hints, touching.listed(), touching.count());
	}

	/** The packs that were found damaged or missing. */
	Set<BlobId> badPacks() {
		return badPacks;
	}

	private synchronized void find(String file, Problem problem) {
		if (findings.stream().noneMatch(f -> f.file().equals(file))) {
			findings.add(new CheckReport.Finding(file, problem));
		}
	}

	private Problem damaged(String file) {
		return RepositoryProblems.DAMAGED.problem(vault.location(), file);
	}

	private void checkKeys() throws IOException {
		for (BlobId id : vault.files().list(Vault.KEYS)) {
			if (Opening.readKey(vault.storage(), id) == null) {
				find(Vault.name(Vault.KEYS, id), damaged(Vault.name(Vault.KEYS, id)));
			}
		}
	}

	private void checkSizes(IndexTable table, IndexTable.ByPack byPack, Map<BlobId, Long> sizes) {
		int unlisted = 0;
		for (BlobId pack : sizes.keySet()) {
			unlisted += table.packNumber(pack) == IndexTable.NONE ? 1 : 0;
		}
		if (unlisted > 0) {
			hints.add((unlisted == 1 ? "One pack is" : unlisted + " packs are")
					+ " listed in no index: of an interrupted run, or of one that goes on");
		}
		for (int number = 0; number < table.packCount(); number++) {
			BlobId pack = table.pack(number);
			String name = Vault.name(Vault.DATA, pack);
			Long size = sizes.get(pack);
			if (size == null) {
				find(name, RepositoryProblems.MISSING.problem(vault.location(), name));
				badPacks.add(pack);
				addBlobs(table, byPack, pack);
			} else if (size < packSize(table, byPack, number)) {
				find(name, damaged(name));
				badPacks.add(pack);
				if (options.part() == 0) {
					addBlobsBehind(table, byPack, number, size);
				}
			}
		}
	}

	/** How large a pack is at least by what the index lists of it. */
	static long packSize(IndexTable table, IndexTable.ByPack byPack, int number) {
		long blobs = 0;
		long header = 0;
		for (int i = byPack.starts()[number]; i < byPack.starts()[number + 1]; i++) {
			int entry = byPack.entries()[i];
			blobs += table.length(entry);
			header += PackHeader.entrySize(table.isCompressed(entry));
		}
		return blobs + PackHeader.sealedSize(header);
	}

	private void addBlobs(IndexTable table, IndexTable.ByPack byPack, BlobId pack) {
		addBlobsBehind(table, byPack, table.packNumber(pack), 0);
	}

	private void addBlobsBehind(IndexTable table, IndexTable.ByPack byPack, int number, long size) {
		for (int i = byPack.starts()[number]; i < byPack.starts()[number + 1]; i++) {
			PackedBlob blob = table.blob(byPack.entries()[i]);
			if (size == 0 || (long) blob.offset() + blob.length() > size) {
				bad(table, blob);
			}
		}
	}

	/** A blob that another pack has as well is not lost. */
	private synchronized void bad(IndexTable table, PackedBlob blob) {
		if (table.findAll(blob.id(), blob.type()).length < 2) {
			(blob.type() == BlobType.DATA ? badData : badTrees).add(blob.id());
		}
	}

	private synchronized void broken(BlobId id, BlobType type, ProblemException problem) {
		Set<BlobId> bad = type == BlobType.DATA ? badData : badTrees;
		if (bad.add(id)) {
			int entry = vaultEntry(id, type);
			find(entry == IndexTable.NONE ? type.word() + ' ' + id : packName(entry), problem.problem());
		}
	}

	private int vaultEntry(BlobId id, BlobType type) {
		try {
			return vault.index().find(id, type);
		} catch (IOException e) {
			return IndexTable.NONE;
		}
	}

	private String packName(int entry) {
		try {
			IndexTable table = vault.index();
			BlobId pack = table.pack(table.packOf(entry));
			badPacks.add(pack);
			return Vault.name(Vault.DATA, pack);
		} catch (IOException e) {
			return "data";
		}
	}

	private void readPacks(IndexTable table, IndexTable.ByPack byPack, Map<BlobId, Long> sizes) throws IOException {
		List<BlobId> packs = sizes.keySet().stream().filter(options::reads).sorted().toList();
		Parallel.forEach("check", vault.readers(), packs, pack -> {
			monitor.throwIfCancelled();
			int number = table.packNumber(pack);
			if (number != IndexTable.NONE) {
				readPack(table, byPack, number, sizes.getOrDefault(pack, 0L));
			}
			int done = packsRead.incrementAndGet();
			monitor.report(
					new JobEvent.Progress((double) done / packs.size(), bytesRead.get(), -1, done, packs.size()));
		});
	}

	private void readPack(IndexTable table, IndexTable.ByPack byPack, int number, long size) throws IOException {
		BlobId pack = table.pack(number);
		List<PackedBlob> listed = listed(table, byPack, number);
		String name = Vault.name(Vault.DATA, pack);
		try {
			PackReader.Result result = PackReader.read(vault, pack, size, listed, (blob, codec, length) -> {
			});
			bytesRead.addAndGet(result.bytes());
			if (result.sound()) {
				return;
			}
			result.damaged().forEach(blob -> bad(table, blob));
		} catch (EOFException | ProblemException e) {
			listed.forEach(blob -> bad(table, blob));
		}
		find(name, damaged(name));
		synchronized (this) {
			badPacks.add(pack);
		}
	}

	static List<PackedBlob> listed(IndexTable table, IndexTable.ByPack byPack, int number) {
		List<PackedBlob> listed = new ArrayList<>();
		for (int i = byPack.starts()[number]; i < byPack.starts()[number + 1]; i++) {
			listed.add(table.blob(byPack.entries()[i]));
		}
		return listed;
	}
}
