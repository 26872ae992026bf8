// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.dataset.organizer.internal;

import org.keepsake.core.ProblemException;
import org.keepsake.core.dataset.Survey;
import org.keepsake.dataset.base.DataProblems;

/** What a survey tells of data that are there and cannot be read. */
final class Unreadable {

	private Unreadable() {
	}

	/** The survey; throws on what is no matter of the data. */
	static Survey survey(ProblemException e) throws ProblemException {
		if (!e.is(DataProblems.UNREADABLE)) {
			throw e;
		}
		return Survey.unreadable(e.problem().title() + ". " + e.problem().cause());
	}
}
