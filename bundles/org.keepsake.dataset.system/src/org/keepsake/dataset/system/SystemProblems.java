// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.dataset.system;

import org.keepsake.core.ProblemType;
import org.keepsake.core.Retry;

/** The problems a person meets with what the system keeps. Texts: {@code problems.properties} beside this class. */
public final class SystemProblems {

	/** The keychain of a backup that is not encrypted opens on its phone alone. */
	public static final ProblemType KEYCHAIN_SEALED = ProblemType.of(SystemProblems.class, "keychain.sealed",
			Retry.NEVER);

	private SystemProblems() {
	}
}
