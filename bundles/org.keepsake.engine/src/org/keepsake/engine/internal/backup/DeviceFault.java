// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0

package org.keepsake.engine.internal.backup;

import org.keepsake.core.Problem;
import org.keepsake.engine.EngineProblems;
import org.keepsake.ios.protocol.DeviceProblems;

/** What a failure of a backup means for the next attempt. */
enum DeviceFault {
	/** The connection broke: the device goes on where it was. */
	CONNECTION,
	/** What the device found of an earlier run does not agree with itself (its errors 203 and 205). */
	STALE,
	/** A passing fault (its errors 3, 14 and 104): the same attempt may succeed. */
	PASSING,
	/** The device found too little room here (its error 105). */
	ROOM,
	/** Only a person can help, or nobody. */
	FINAL;

	static DeviceFault of(Problem problem) {
		if (DeviceProblems.CONNECTION_LOST.matches(problem) || EngineProblems.NOT_ATTACHED.matches(problem)) {
			return CONNECTION;
		}
		if (EngineProblems.RESULT_INCOMPLETE.matches(problem)) {
			return STALE;
		}
		return FINAL;
	}
}
