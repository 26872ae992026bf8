// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.core;

/** Whether trying again can help after a {@link Problem}. */
public enum Retry {
	/** The same attempt will fail again. */
	NEVER("never"),
	/** A passing fault: the same attempt may succeed at once. */
	NOW("now"),
	/** A passing fault that needs some time, such as a busy device. */
	LATER("later"),
	/** Only after a person has done what the remedy says. */
	AFTER_REMEDY("after-remedy");

	private final String word;

	Retry(String word) {
		this.word = word;
	}

	/** The stable word for machine-readable output. */
	public String word() {
		return word;
	}
}
