// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.target.repository.internal;

import java.io.IOException;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.core.BackupSummary;
import org.keepsake.core.target.SnapshotId;
import org.keepsake.repository.BlobId;
import org.keepsake.repository.Node;
import org.keepsake.repository.Repository;
import org.keepsake.repository.RepositoryProblems;
import org.keepsake.repository.SnapshotRecord;

/**
 * A backup in a snapshot.
 *
 * @param id      names it: the snapshot's own id, unless the snapshot holds several backups
 * @param record  the snapshot
 * @param path    of the backup's folder in the snapshot
 * @param found   the folder's tree, if it was looked for
 * @param summary what the backup says of itself
 * @param alone   whether the snapshot holds nothing else
 */
record Version(SnapshotId id, SnapshotRecord record, String path, @Nullable BlobId found, BackupSummary summary,
		boolean alone) {

	/** The name of the backup's folder. */
	String name() {
		return path.substring(path.lastIndexOf('/') + 1);
	}

	/** Whether it is the same backup. */
	boolean isSame(Version other) {
		return id.equals(other.id);
	}

	/** The folder's tree. */
	BlobId folder(Repository repository) throws IOException {
		BlobId known = found;
		if (known == null) {
			known = repository.find(record.tree(), path).map(Node::subtree).orElse(null);
		}
		if (known == null) {
			throw RepositoryProblems.MISSING.exception(repository.location(), path);
		}
		return known;
	}
}
