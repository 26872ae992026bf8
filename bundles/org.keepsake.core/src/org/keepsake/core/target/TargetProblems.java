// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.core.target;

import org.keepsake.core.ProblemType;
import org.keepsake.core.Retry;

/** The problems that every kind of target can have. The first argument is its location. */
public final class TargetProblems {

	/** It is a folder that is not there yet, which the first backup makes. */
	public static final ProblemType NOT_THERE_YET = ProblemType.of(TargetProblems.class, "target.not-there-yet",
			Retry.AFTER_REMEDY);

	private TargetProblems() {
	}
}
