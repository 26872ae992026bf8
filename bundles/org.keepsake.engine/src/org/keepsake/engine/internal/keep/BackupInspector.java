// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0

package org.keepsake.engine.internal.keep;

import java.io.IOException;

import org.keepsake.core.JobEvent;
import org.keepsake.core.JobMonitor;
import org.keepsake.core.Secret;
import org.keepsake.core.target.BackupTree;
import org.keepsake.ios.backup.Backup;

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
			return backup.isPassword(password, new Silent(monitor));
		}
	}

	/** Cancels and says nothing: whoever asks has said already what takes so long. */
	private record Silent(JobMonitor asking) implements JobMonitor {

		@Override
		public void report(JobEvent event) {
			// said already
		}

		@Override
		public boolean isCancelled() {
			return asking.isCancelled();
		}

		@Override
		public Registration onCancel(Runnable action) {
			return asking.onCancel(action);
		}
	}
}
