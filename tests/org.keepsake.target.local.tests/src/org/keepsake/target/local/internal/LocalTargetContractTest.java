// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.target.local.internal;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.io.TempDir;
import org.keepsake.core.target.BackupTarget;
import org.keepsake.testing.TargetContract;

/** A folder of backups does what every target must do. */
class LocalTargetContractTest extends TargetContract {

	@TempDir
	Path temporary = Path.of("");

	@Override
	protected BackupTarget open() {
		return LocalTarget.at(temporary.resolve("backups"), medium(), ZoneOffset.UTC);
	}

	/** The disk that the backups are kept on. */
	Medium medium() {
		return Medium.DISK;
	}

	@Override
	protected BackupTarget openWithRoomFor(long bytes) {
		return LocalTarget.at(temporary.resolve("backups"), new FullMedium(bytes), ZoneOffset.UTC);
	}

	/** A disk with little room left, which says so as Linux does. */
	static final class FullMedium implements Medium {

		private final AtomicLong left;

		FullMedium(long bytes) {
			left = new AtomicLong(bytes);
		}

		@Override
		public long usableBytes(FileStore store) {
			return Math.max(0, left.get());
		}

		@Override
		public void claim(long bytes) throws IOException {
			if (left.addAndGet(-bytes) < 0) {
				throw new IOException("No space left on device");
			}
		}
	}
}
