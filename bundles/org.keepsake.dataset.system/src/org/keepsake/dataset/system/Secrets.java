// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.dataset.system;

/** How secrets are shown that were not asked for. */
final class Secrets {

	/** Stands for any secret, whatever its length. */
	static final String MASK = "••••••••";

	private Secrets() {
	}
}
