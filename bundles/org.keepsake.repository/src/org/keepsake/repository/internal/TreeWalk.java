// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.repository.internal;

import java.io.IOException;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.core.JobMonitor;
import org.keepsake.core.ProblemException;
import org.keepsake.repository.BlobId;
import org.keepsake.repository.BlobType;
import org.keepsake.repository.Node;

/** Visits each folder below some roots once, by several threads, and marks the blobs that they name. */
final class TreeWalk {

	/** Hears of what cannot be read; from several threads. */
	@FunctionalInterface
	interface Broken {
		void found(BlobId id, BlobType type, ProblemException problem) throws IOException;
	}

	private final Vault vault;
	private final IndexTable table;
	private final JobMonitor monitor;
	private final Broken broken;
	private final BitSet used;

	/** @param used marks, by entries of the table: folders that are marked already are not visited */
	TreeWalk(Vault vault, IndexTable table, BitSet used, JobMonitor monitor, Broken broken) {
		this.vault = vault;
		this.table = table;
		this.used = used;
		this.monitor = monitor;
		this.broken = broken;
	}

	void walk(Collection<BlobId> roots) throws IOException {
		Set<BlobId> level = new HashSet<>(roots);
		while (!level.isEmpty()) {
			Set<BlobId> next = new HashSet<>();
			Parallel.forEach("folders", vault.readers(), level, tree -> {
				monitor.throwIfCancelled();
				visit(tree, next);
			});
			level = next;
		}
	}

	private void visit(BlobId tree, Set<BlobId> next) throws IOException {
		if (!mark(tree, BlobType.TREE)) {
			return;
		}
		try {
			TreeText.Entries entries = new TreeText.Entries(vault.loadBlob(table, tree, BlobType.TREE));
			for (@Nullable
			Node node = entries.next(); node != null; node = entries.next()) {
				@Nullable
				BlobId subtree = node.subtree();
				if (subtree != null) {
					synchronized (next) {
						next.add(subtree);
					}
				}
				@Nullable
				List<BlobId> content = node.content();
				if (content != null) {
					for (BlobId id : content) {
						mark(id, BlobType.DATA);
					}
				}
			}
		} catch (JsonReader.JsonException e) {
			broken.found(tree, BlobType.TREE, vault.damaged("tree " + tree));
		} catch (ProblemException e) {
			broken.found(tree, BlobType.TREE, e);
		}
	}

	/** Whether the blob is there and was not marked. */
	private boolean mark(BlobId id, BlobType type) throws IOException {
		int entry = table.find(id, type);
		if (entry == IndexTable.NONE) {
			broken.found(id, type, vault.missing(id, type));
			return false;
		}
		synchronized (used) {
			boolean before = used.get(entry);
			used.set(entry);
			return !before;
		}
	}
}
