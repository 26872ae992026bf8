// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.target.repository.internal;

import java.io.IOException;
import java.util.Optional;

import org.keepsake.core.BackupSummary;
import org.keepsake.core.ProblemException;
import org.keepsake.core.Udid;
import org.keepsake.core.target.TreePath;
import org.keepsake.ios.backup.Backup;
import org.keepsake.repository.Repository;

/** Whether the device has finished a backup, and what it says of itself. */
final class Finished {

	private static final String FINISHED = "finished";

	private Finished() {
	}

	/**
	 * The device's folder in a working tree.
	 *
	 * @throws ProblemException {@link RepositoryTargetProblems#NOT_FINISHED} unless it can be restored
	 */
	static FolderEntry require(WorkTree tree, Repository repository, Udid udid, String location) throws IOException {
		TreeLoader loader = new TreeLoader(repository);
		if (!tree.isChanged()
				|| !(loader.find(tree.root(), new TreePath(udid.value())) instanceof FolderEntry folder)) {
			throw RepositoryTargetProblems.NOT_FINISHED.exception(location, Texts.NOTHING_CAME.text());
		}
		Optional<String> missing = missing(folder, loader);
		if (missing.isPresent()) {
			throw RepositoryTargetProblems.NOT_FINISHED.exception(location, missing.get());
		}
		return folder;
	}

	private static Optional<String> missing(FolderEntry folder, TreeLoader loader) throws IOException {
		try (Backup backup = open(folder, loader)) {
			if (!backup.snapshotState().equals(FINISHED)) {
				return Optional.of(Texts.STATE.text(backup.snapshotState()));
			}
			return backup.summary().complete() ? Optional.empty() : Optional.of(Texts.NO_MANIFEST.text());
		} catch (ProblemException e) {
			return Optional.of(e.problem().cause().isEmpty() ? e.problem().title() : e.problem().cause());
		}
	}

	/** What it says of itself, with its size. */
	static BackupSummary summary(FolderEntry folder, WorkTree tree, Repository repository) throws IOException {
		try (Backup backup = open(folder, new TreeLoader(repository))) {
			BackupSummary said = backup.summary();
			return new BackupSummary(said.udid(), said.deviceName(), said.productType(), said.iosVersion(),
					said.finishedAt(), tree.bytes(), tree.files(), said.encrypted(), said.complete());
		}
	}

	private static Backup open(FolderEntry folder, TreeLoader loader) throws IOException {
		return Backup.open(new SnapshotTree(folder.name(), loader, folder, () -> {
		}));
	}
}
