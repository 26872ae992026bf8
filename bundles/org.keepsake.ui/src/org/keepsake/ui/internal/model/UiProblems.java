// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ui.internal.model;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;

import org.keepsake.core.Problem;
import org.keepsake.core.ProblemException;
import org.keepsake.core.ProblemType;
import org.keepsake.core.Retry;

/** Problems of the window itself, and how it turns any failure into a problem. */
public final class UiProblems {

	/** Something failed that nobody foresaw. */
	public static final ProblemType UNEXPECTED = ProblemType.of(UiProblems.class, "ui.unexpected", Retry.NOW);
	/** What is read of a backup cannot be laid aside. Argument: what the system said. */
	public static final ProblemType NO_ROOM = ProblemType.of(UiProblems.class, "ui.no-room", Retry.AFTER_REMEDY);
	/** Files could not be extracted. Arguments: how many, the first of them, how many were, to where. */
	public static final ProblemType EXTRACT_INCOMPLETE = ProblemType.of(UiProblems.class, "ui.extract-incomplete",
			Retry.NEVER);
	/** A proof found damage. Arguments: how much, the first of it, which version is sound or nothing. */
	public static final ProblemType CONTENT_DAMAGED = ProblemType.of(UiProblems.class, "ui.content-damaged",
			Retry.NEVER);

	private static final Logger LOG = System.getLogger("org.keepsake.ui");

	private UiProblems() {
	}

	/** The problem a failure carries; one that carries none goes to the log whole. */
	public static Problem of(Throwable failure) {
		if (failure instanceof ProblemException known) {
			return known.problem();
		}
		LOG.log(Level.ERROR, "Unexpected failure", failure);
		String what = failure instanceof IOException && failure.getMessage() != null ? failure.getMessage()
				: failure.getClass().getSimpleName();
		return UNEXPECTED.problem(what);
	}

	/** What is read cannot be laid aside on this computer's disk. */
	public static ProblemException noRoom(IOException cause) {
		String said = cause.getMessage();
		return NO_ROOM.exceptionBecause(cause, said == null ? "" : said);
	}
}
