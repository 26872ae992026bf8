// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.engine.internal.data;

import java.io.IOException;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.core.JobMonitor;
import org.keepsake.core.Secret;
import org.keepsake.core.target.BackupTree;
import org.keepsake.engine.KeptBackup;
import org.keepsake.engine.OpenedBackup;
import org.keepsake.engine.internal.keep.ConfiguredTargets;
import org.keepsake.engine.internal.keep.OwningTree;
import org.keepsake.engine.internal.search.SearchIndexes;
import org.keepsake.ios.backup.Backup;

/** Opens kept backups: their target, their tree, and what is encrypted in them. */
public final class Opener {

	private final ConfiguredTargets targets;
	private final Unlocking unlocking;
	private final Known known;
	private final SearchIndexes indexes;

	/** Opens nothing yet. */
	public Opener(ConfiguredTargets targets, Unlocking unlocking, Known known, SearchIndexes indexes) {
		this.targets = targets;
		this.unlocking = unlocking;
		this.known = known;
		this.indexes = indexes;
	}

	/** What is done with a backup that is open. */
	@FunctionalInterface
	public interface Use<T> {
		/** @return what comes of it */
		T of(Backup opened) throws IOException;
	}

	/** The files as they lie in the target. The caller closes it. */
	public BackupTree tree(KeptBackup backup) throws IOException {
		return OwningTree.open(targets.open(backup.location()), backup.snapshot());
	}

	/** Not unlocked. The caller closes it. */
	public Backup open(KeptBackup backup) throws IOException {
		return Backup.open(tree(backup));
	}

	/** Unlocked, if it is encrypted. The caller closes it. */
	public Backup open(KeptBackup backup, @Nullable Secret password, JobMonitor monitor) throws IOException {
		return unlocked(backup, password, monitor, opened -> opened);
	}

	/** For what is in it. The caller closes it. */
	public OpenedBackup data(KeptBackup backup, @Nullable Secret password, JobMonitor monitor) throws IOException {
		return unlocked(backup, password, monitor, opened -> content(backup, opened));
	}

	/** What is in a backup that is open and unlocked already. */
	public OpenedContent content(KeptBackup backup, Backup opened) throws IOException {
		return new OpenedContent(backup, opened.content(), known, indexes, opened::deriveKey, opened);
	}

	/** Unlocks what is open. */
	public void unlock(KeptBackup kept, Backup opened, @Nullable Secret password, JobMonitor monitor)
			throws IOException {
		unlocking.unlock(opened, kept.snapshot().summary().udid(), password, monitor);
	}

	/** Closes the backup if it comes to nothing. */
	private <T> T unlocked(KeptBackup kept, @Nullable Secret password, JobMonitor monitor, Use<T> use)
			throws IOException {
		Backup opened = open(kept);
		boolean done = false;
		try {
			unlock(kept, opened, password, monitor);
			T result = use.of(opened);
			done = true;
			return result;
		} finally {
			if (!done) {
				opened.close();
			}
		}
	}
}
