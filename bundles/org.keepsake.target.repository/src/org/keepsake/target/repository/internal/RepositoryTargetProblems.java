// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.target.repository.internal;

import org.keepsake.core.ProblemType;
import org.keepsake.core.Retry;

/** The problems a person meets with backups in a repository. The first argument is its location, but for {@link #SETTING}. */
final class RepositoryTargetProblems {

	/** Another job on this computer works on the device's backup here. */
	static final ProblemType BUSY = type("versions.busy", Retry.LATER);
	/** A setting has a value that means nothing. Arguments: its name, its value, values that would do. */
	static final ProblemType SETTING = type("versions.setting", Retry.AFTER_REMEDY);
	/** The snapshot is no longer there. */
	static final ProblemType SNAPSHOT_GONE = type("versions.snapshot-gone", Retry.NEVER);
	/** The device did not finish the backup that is to be committed. Second argument: what is missing. */
	static final ProblemType NOT_FINISHED = type("versions.not-finished", Retry.NOW);
	/** One snapshot of another program holds several backups. Second argument: its digits. */
	static final ProblemType SHARED_SNAPSHOT = type("versions.shared-snapshot", Retry.AFTER_REMEDY);

	private RepositoryTargetProblems() {
	}

	private static ProblemType type(String code, Retry retry) {
		return ProblemType.of(RepositoryTargetProblems.class, code, retry);
	}
}
