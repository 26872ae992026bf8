// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.virtual.internal.lockdown;

import java.io.Serial;

/**
 * An answer that is an error: the word that lockdownd puts under {@code Error}, as listed in
 * {@code libimobiledevice/libimobiledevice: src/lockdown.c}.
 */
final class LockdownError extends Exception {

	@Serial
	private static final long serialVersionUID = 1L;

	private final String word;

	LockdownError(String word) {
		super(word, null, false, false);
		this.word = word;
	}

	String word() {
		return word;
	}
}
