// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0

package org.keepsake.engine.internal.keep;

import java.io.IOException;

import org.keepsake.core.JobMonitor;
import org.keepsake.core.ProblemException;
import org.keepsake.core.Secret;
import org.keepsake.core.target.BackupTree;
import org.keepsake.ios.backup.Backup;
import org.keepsake.ios.backup.BackupProblems;

/** Asks the backup bundle. */
public final class BackupInspector implements Inspector {

	@Override
	public Inspection inspect(BackupTree tree) throws IOException {
		try (Backup backup = Backup.open(new KeptOpen(tree))) {
			return new Inspection(backup.summary(), backup.snapshotState(), backup.isEncrypted());
		}
	}

	@Override
	public boolean opens(BackupTree tree, Secret password, JobMonitor monitor) throws IOException {
		try (Backup backup = Backup.open(new KeptOpen(tree))) {
			if (backup.isEncrypted()) {
				backup.unlock(password, monitor);
			}
			return true;
		} catch (ProblemException e) {
			if (e.is(BackupProblems.WRONG_PASSWORD)) {
				return false;
			}
			throw e;
		}
	}
}
