// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.virtual;

import org.keepsake.core.ProblemType;
import org.keepsake.core.Retry;

/** What can go wrong with a virtual iPhone itself. */
public final class VirtualProblems {

	/** Another process runs the device of this state folder. */
	public static final ProblemType STATE_IN_USE = ProblemType.of(VirtualProblems.class, "virtual.state-in-use",
			Retry.AFTER_REMEDY);

	/** The folder keeps no virtual iPhone. */
	public static final ProblemType NO_DEVICE = ProblemType.of(VirtualProblems.class, "virtual.no-device",
			Retry.AFTER_REMEDY);

	/** Something else listens on the port. */
	public static final ProblemType PORT_IN_USE = ProblemType.of(VirtualProblems.class, "virtual.port-in-use",
			Retry.AFTER_REMEDY);

	/** Two of the devices have the same identifier. */
	public static final ProblemType SAME_DEVICE = ProblemType.of(VirtualProblems.class, "virtual.same-device",
			Retry.AFTER_REMEDY);

	private VirtualProblems() {
	}
}
