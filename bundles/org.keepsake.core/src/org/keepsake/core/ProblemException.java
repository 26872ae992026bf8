// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.core;

import java.io.IOException;
import java.io.Serial;

import org.eclipse.jdt.annotation.Nullable;

/**
 * Carries a {@link Problem} to where a person can be told. It is an {@link IOException} so that streams can throw it.
 */
public class ProblemException extends IOException {

	@Serial
	private static final long serialVersionUID = 1L;

	private final transient Problem problem;

	/** @param cause what led to the problem, for the log only; null where there is nothing */
	public ProblemException(Problem problem, @Nullable Throwable cause) {
		super(problem.toString(), cause);
		this.problem = problem;
	}

	/** What went wrong. */
	public Problem problem() {
		return problem;
	}

	/** Whether the problem is of the given kind. */
	public boolean is(ProblemType type) {
		return type.matches(problem);
	}
}
