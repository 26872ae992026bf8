// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.repository.internal;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.core.ProblemException;
import org.keepsake.repository.BlobId;
import org.keepsake.repository.BlobType;
import org.keepsake.repository.CheckReport.Touched;
import org.keepsake.repository.Node;
import org.keepsake.repository.SnapshotRecord;

/** Finds the files of snapshots that bad blobs touch. Walks again only folders that have some below them. */
final class Touching {

	private static final int LISTED = 1000;
	private static final int MAX_DEPTH = 1000;

	private final Vault vault;
	private final IndexTable table;
	private final Set<BlobId> badData;
	private final Set<BlobId> badTrees;
	private final Set<BlobId> clean = new HashSet<>();
	private final List<Touched> listed = new ArrayList<>();
	private long count;

	Touching(Vault vault, IndexTable table, Set<BlobId> badData, Set<BlobId> badTrees) {
		this.vault = vault;
		this.table = table;
		this.badData = badData;
		this.badTrees = badTrees;
	}

	List<Touched> listed() {
		return listed;
	}

	long count() {
		return count;
	}

	void look(SnapshotRecord snapshot) throws IOException {
		look(snapshot, snapshot.tree(), "", 0);
	}

	private boolean look(SnapshotRecord snapshot, BlobId tree, String path, int depth) throws IOException {
		if (clean.contains(tree)) {
			return false;
		}
		if (badTrees.contains(tree) || depth > MAX_DEPTH) {
			add(snapshot, path);
			return true;
		}
		boolean found = false;
		try {
			TreeText.Entries entries = new TreeText.Entries(vault.loadBlob(table, tree, BlobType.TREE));
			for (@Nullable
			Node node = entries.next(); node != null; node = entries.next()) {
				String below = path.isEmpty() ? node.name() : path + '/' + node.name();
				@Nullable
				BlobId subtree = node.subtree();
				@Nullable
				List<BlobId> content = node.content();
				if (subtree != null) {
					found |= look(snapshot, subtree, below, depth + 1);
				} else if (content != null && content.stream().anyMatch(badData::contains)) {
					add(snapshot, below);
					found = true;
				}
			}
		} catch (JsonReader.JsonException | ProblemException e) {
			add(snapshot, path);
			return true;
		}
		if (!found) {
			clean.add(tree);
		}
		return found;
	}

	private void add(SnapshotRecord snapshot, String path) {
		count++;
		if (listed.size() < LISTED) {
			listed.add(new Touched(snapshot, path));
		}
	}
}
