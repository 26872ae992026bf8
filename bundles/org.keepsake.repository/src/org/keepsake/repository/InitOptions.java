// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.repository;

import org.eclipse.jdt.annotation.Nullable;

/**
 * How a repository is made.
 *
 * @param version    of the format: 2, or 1 for programs from before 2022, without compression
 * @param keyCost    what trying a password costs
 * @param polynomial where content is cut, as another repository does, so that copies between them share blobs; null for
 *                   a random one
 */
public record InitOptions(int version, KeyCost keyCost, @Nullable Long polynomial) {

	/** Version 2, with a polynomial of its own. */
	public static final InitOptions DEFAULT = new InitOptions(2, KeyCost.NORMAL, null);

	/** @throws IllegalArgumentException if the version is another */
	public InitOptions {
		if (version < 1 || version > 2) {
			throw new IllegalArgumentException("The format has versions 1 and 2");
		}
	}
}
