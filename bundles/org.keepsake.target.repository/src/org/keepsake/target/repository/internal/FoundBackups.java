// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.target.repository.internal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.core.BackupSummary;
import org.keepsake.core.ProblemException;
import org.keepsake.ios.backup.Backup;
import org.keepsake.repository.BlobId;
import org.keepsake.repository.Node;
import org.keepsake.repository.Repository;
import org.keepsake.repository.TreeReader;

/** Looks for backups in the folders of a snapshot that another program made. */
final class FoundBackups {

	private static final System.Logger LOG = System.getLogger(FoundBackups.class.getName());
	/** A backup lies at most so many folders deep, and is found among so many at most. */
	private static final int MAX_DEPTH = 32;
	private static final int MAX_FOLDERS = 5000;
	private static final Set<String> MARKS = Set.of("Status.plist", "Manifest.plist", "Manifest.db", "Manifest.mbdb");

	private final Repository repository;
	private final TreeLoader loader;
	private final List<Found> found = new ArrayList<>();
	private int folders;

	FoundBackups(Repository repository) {
		this.repository = repository;
		this.loader = new TreeLoader(repository);
	}

	/**
	 * A backup that was found.
	 *
	 * @param path    of its folder, from the root
	 * @param folder  the folder's tree
	 * @param summary what it says of itself, with its size
	 */
	record Found(String path, BlobId folder, BackupSummary summary) {
	}

	/** A name for one of several backups in a snapshot. */
	static String id(BlobId snapshot, String path) {
		try {
			MessageDigest sha = MessageDigest.getInstance("SHA-256");
			sha.update(snapshot.bytes());
			return HexFormat.of().formatHex(sha.digest(path.getBytes(StandardCharsets.UTF_8)));
		} catch (NoSuchAlgorithmException e) {
			throw new IllegalStateException("Every Java has SHA-256", e);
		}
	}

	/** All below a root. */
	List<Found> in(BlobId root) throws IOException {
		look(root, "", 0);
		return List.copyOf(found);
	}

	private void look(BlobId tree, String path, int depth) throws IOException {
		List<Node> below = new ArrayList<>();
		boolean marked = false;
		TreeReader reader = repository.tree(tree);
		for (@Nullable
		Node node = reader.next(); node != null; node = reader.next()) {
			if (node.type() == Node.Type.DIR) {
				below.add(node);
			} else if (MARKS.contains(node.name()) && node.type() == Node.Type.FILE) {
				marked = true;
			}
		}
		if (marked && !path.isEmpty()) {
			backup(tree, path).ifPresent(found::add);
			return;
		}
		for (Node folder : below) {
			BlobId subtree = folder.subtree();
			if (subtree != null && depth < MAX_DEPTH && folders++ < MAX_FOLDERS) {
				look(subtree, path.isEmpty() ? folder.name() : path + '/' + folder.name(), depth + 1);
			}
		}
	}

	private Optional<Found> backup(BlobId tree, String path) throws IOException {
		String name = path.substring(path.lastIndexOf('/') + 1);
		FolderEntry folder = FolderEntry.stored(name, 0, tree);
		try (Backup backup = Backup.open(new SnapshotTree(name, loader, folder, () -> {
		}))) {
			BackupSummary said = backup.summary();
			long[] figures = new long[2];
			measure(tree, figures, 0);
			return Optional.of(new Found(path, tree,
					new BackupSummary(said.udid(), said.deviceName(), said.productType(), said.iosVersion(),
							said.finishedAt(), figures[1], figures[0], said.encrypted(), said.complete())));
		} catch (ProblemException e) {
			LOG.log(System.Logger.Level.DEBUG, "A folder that looks like a backup is none", e);
			return Optional.empty();
		}
	}

	private void measure(BlobId tree, long[] figures, int depth) throws IOException {
		TreeReader reader = repository.tree(tree);
		for (@Nullable
		Node node = reader.next(); node != null; node = reader.next()) {
			BlobId subtree = node.subtree();
			if (node.type() == Node.Type.FILE) {
				figures[0]++;
				figures[1] += node.sizeBytes();
			} else if (node.type() == Node.Type.DIR && subtree != null && depth < MAX_DEPTH) {
				measure(subtree, figures, depth + 1);
			}
		}
	}
}
