// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.target.repository.internal;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.core.JobMonitor;
import org.keepsake.repository.BlobId;
import org.keepsake.repository.Node;
import org.keepsake.repository.Repository;
import org.keepsake.repository.Saver;
import org.keepsake.repository.TreeBuilder;
import org.keepsake.repository.TreeReader;

/**
 * Writes changed folders into a repository, the innermost first. What is unchanged keeps all that is known of it, such
 * as owners that other programs wrote down, and so a folder that is as it was gets the same tree.
 */
final class TreeSaver {

	private static final int FILE_PERMISSIONS = 0600;
	private static final int FOLDER_PERMISSIONS = 0700;

	private final Repository repository;
	private final TreeLoader loader;
	private final Saver saver;
	private final JobMonitor monitor;

	TreeSaver(Repository repository, Saver saver, JobMonitor monitor) {
		this.repository = repository;
		this.loader = new TreeLoader(repository);
		this.saver = saver;
		this.monitor = monitor;
	}

	/** A tree with this folder as its only entry. */
	BlobId saveAlone(FolderEntry folder) throws IOException {
		BlobId tree = save(folder);
		return saver.tree()
				.add(Node.directory(folder.name(), FOLDER_PERMISSIONS, Entry.time(folder.modified()), tree)).finish();
	}

	/** Stores a folder with all in it. Durable after the saver's next flush. */
	BlobId save(FolderEntry folder) throws IOException {
		BlobId stored = folder.storedTree();
		if (stored != null) {
			return stored;
		}
		monitor.throwIfCancelled();
		TreeBuilder tree = saver.tree();
		BlobId base = folder.baseTree();
		Known known = new Known(base == null ? null : repository.tree(base));
		for (Entry entry : folder.children(loader::read).sorted()) {
			Node node = node(entry, known.find(entry.name()));
			if (node != null) {
				tree.add(node);
			}
		}
		BlobId saved = tree.finish();
		folder.savedAs(saved);
		return saved;
	}

	private @Nullable Node node(Entry entry, @Nullable Node before) throws IOException {
		return switch (entry) {
			case FileEntry file -> file.isFromBase() && before != null ? before
					: Node.file(file.name(), FILE_PERMISSIONS, Entry.time(file.modified()), file.size(), blobs(file));
			case FolderEntry folder -> {
				BlobId tree = save(folder);
				yield before != null && before.type() == Node.Type.DIR ? before.withSubtree(tree)
						: Node.directory(folder.name(), FOLDER_PERMISSIONS, Entry.time(folder.modified()), tree);
			}
			case OtherEntry _ -> before;
		};
	}

	private List<BlobId> blobs(FileEntry file) throws IOException {
		byte[] held = file.heldBytes();
		return held == null ? file.blobs() : saver.save(new ByteArrayInputStream(held), held.length).blobs();
	}

	/** The entries of a tree, asked for in their order. */
	private static final class Known {

		private final @Nullable TreeReader reader;
		private @Nullable Node next;
		private boolean begun;

		Known(@Nullable TreeReader reader) {
			this.reader = reader;
		}

		@Nullable
		Node find(String name) throws IOException {
			TreeReader nodes = reader;
			if (nodes == null) {
				return null;
			}
			if (!begun) {
				next = nodes.next();
				begun = true;
			}
			Node at = next;
			while (at != null && TreeBuilder.compareNames(at.name(), name) < 0) {
				at = nodes.next();
			}
			next = at;
			return at != null && at.name().equals(name) ? at : null;
		}
	}
}
