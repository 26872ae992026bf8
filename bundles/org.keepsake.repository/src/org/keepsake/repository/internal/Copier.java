// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.repository.internal;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.core.JobMonitor;
import org.keepsake.repository.BlobId;
import org.keepsake.repository.BlobType;
import org.keepsake.repository.Node;
import org.keepsake.repository.Saver;
import org.keepsake.repository.SnapshotDraft;
import org.keepsake.repository.SnapshotRecord;

/** Copies snapshots from one repository to another: blobs that are not there yet, then the snapshots. */
public final class Copier {

	private Copier() {
	}

	/** Copies. */
	public static List<SnapshotRecord> copy(Vault from, List<SnapshotRecord> there, List<SnapshotRecord> snapshots,
			Saver to, JobMonitor monitor) throws IOException {
		List<SnapshotRecord> made = new ArrayList<>();
		Set<BlobId> copied = new HashSet<>();
		for (SnapshotRecord snapshot : snapshots) {
			monitor.throwIfCancelled();
			BlobId original = Objects.requireNonNullElse(snapshot.original(), snapshot.id());
			if (there.stream().anyMatch(s -> s.tree().equals(snapshot.tree()) && s.time().equals(snapshot.time())
					&& Objects.requireNonNullElse(s.original(), s.id()).equals(original))) {
				continue;
			}
			copyTrees(from, snapshot.tree(), to, copied, monitor);
			made.add(to.commit(new SnapshotDraft(snapshot.time(), snapshot.tree(), snapshot.paths(), snapshot.host(),
					snapshot.user(), snapshot.tags(), null, original, snapshot.summary())));
		}
		return made;
	}

	private static void copyTrees(Vault from, BlobId root, Saver to, Set<BlobId> copied, JobMonitor monitor)
			throws IOException {
		Set<BlobId> level = Set.of(root);
		while (!level.isEmpty()) {
			Set<BlobId> next = new HashSet<>();
			Parallel.forEach("copy folders", from.readers(), level, tree -> {
				monitor.throwIfCancelled();
				if (!add(copied, tree)) {
					return;
				}
				byte[] json = from.loadBlob(tree, BlobType.TREE);
				if (!to.has(tree, BlobType.TREE)) {
					to.saveBlob(BlobType.TREE, json, 0, json.length);
				}
				copyContent(from, tree, json, to, next);
			});
			level = next;
		}
	}

	private static boolean add(Set<BlobId> ids, BlobId id) {
		synchronized (ids) {
			return ids.add(id);
		}
	}

	private static void copyContent(Vault from, BlobId tree, byte[] json, Saver to, Set<BlobId> next)
			throws IOException {
		try {
			TreeText.Entries entries = new TreeText.Entries(json);
			for (@Nullable
			Node node = entries.next(); node != null; node = entries.next()) {
				BlobId subtree = node.subtree();
				if (subtree != null) {
					add(next, subtree);
				}
				@Nullable
				List<BlobId> content = node.content();
				if (content != null) {
					for (BlobId id : content) {
						if (!to.has(id, BlobType.DATA)) {
							byte[] bytes = from.loadBlob(id, BlobType.DATA);
							to.saveBlob(BlobType.DATA, bytes, 0, bytes.length);
						}
					}
				}
			}
		} catch (JsonReader.JsonException e) {
			throw from.damaged("tree " + tree);
		}
	}
}
