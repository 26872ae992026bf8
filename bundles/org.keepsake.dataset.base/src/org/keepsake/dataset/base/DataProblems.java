// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.dataset.base;

import org.keepsake.core.ProblemType;
import org.keepsake.core.Retry;

/** The problems a person meets with the data in a backup. Texts: {@code problems.properties} beside this class. */
public final class DataProblems {

	/** A database or file of a data set cannot be read. Arguments: its name, what is wrong with it. */
	public static final ProblemType UNREADABLE = ProblemType.of(DataProblems.class, "data.unreadable", Retry.NEVER);

	private DataProblems() {
	}
}
