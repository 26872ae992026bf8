// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.repository;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.core.JobMonitor;
import org.keepsake.repository.internal.FolderSaver;

/**
 * Makes a snapshot of a folder: its root has one entry, the folder by its name. What the newest snapshot of the same
 * name has with the same size, times and number is not read again. Symbolic links are kept as such, never followed.
 */
public final class FolderImport {

	private FolderImport() {
	}

	/**
	 * What was imported.
	 *
	 * @param snapshot what it became
	 * @param added    what was new in the repository
	 * @param skipped  files that could not be read, which the snapshot does not have; for a person
	 */
	public record Imported(SnapshotRecord snapshot, Saver.Added added, List<String> skipped) {
	}

	/** Imports. An interrupted import leaves finished packs, which the next uses. */
	public static Imported run(Repository repository, Path folder, ImportOptions options, JobMonitor monitor)
			throws IOException {
		Path last = folder.toRealPath().getFileName();
		return run(repository, folder, last == null ? "root" : last.toString(), options, monitor);
	}

	/** Imports under another name than the folder's own. */
	public static Imported run(Repository repository, Path folder, String name, ImportOptions options,
			JobMonitor monitor) throws IOException {
		Instant started = Instant.now();
		Path root = folder.toRealPath();
		String path = '/' + name;
		String host = Objects.requireNonNullElseGet(options.host(), Saver::hostName);
		try (Saver saver = repository.saver(options.save())) {
			Optional<SnapshotRecord> parent = repository.readableSnapshots().stream()
					.filter(s -> s.host().equals(host) && s.paths().equals(List.of(path))).findFirst();
			@Nullable
			BlobId before = parent.isEmpty() ? null
					: repository.find(parent.get().tree(), name).map(Node::subtree).orElse(null);
			try (FolderSaver folderSaver = new FolderSaver(repository, saver, monitor)) {
				Node node = folderSaver.save(root, name, before);
				BlobId tree = saver.tree().add(node).finish();
				saver.flush();
				Saver.Added added = saver.added();
				SnapshotSummary summary = new SnapshotSummary(started, Instant.now(), folderSaver.newFiles(),
						folderSaver.changedFiles(), folderSaver.unmodifiedFiles(), added.dataBlobs(), added.treeBlobs(),
						added.bytes(), added.storedBytes(), folderSaver.files(), folderSaver.bytes());
				Instant time = options.time();
				BlobId parentId = parent.isEmpty() ? null : parent.get().id();
				SnapshotRecord snapshot = saver.commit(new SnapshotDraft(time == null ? started : time, tree,
						List.of(path), host, System.getProperty("user.name", ""), options.tags(), parentId, null,
						summary));
				return new Imported(snapshot, added, folderSaver.skipped());
			}
		}
	}
}
