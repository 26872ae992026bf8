// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.engine;

import org.eclipse.jdt.annotation.Nullable;

/**
 * One thing that was looked at.
 *
 * @param id       stable, such as {@code passcode}
 * @param severity how bad it is
 * @param what     what was found, one sentence
 * @param remedy   what to do; null if there is nothing to do
 */
public record Finding(String id, Severity severity, String what, @Nullable String remedy) {

	/** How bad a finding is. */
	public enum Severity {
		/** As it should be. */
		GOOD,
		/** Worth knowing. */
		ADVICE,
		/** It may go wrong. */
		WARNING,
		/** It will go wrong. */
		BLOCKER
	}
}
