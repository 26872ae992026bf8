// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ios.backup.internal;

import java.io.IOException;
import java.io.Serial;

import org.eclipse.jdt.annotation.Nullable;

/** The index of a backup is damaged. */
final class IndexException extends IOException {

	@Serial
	private static final long serialVersionUID = 1L;

	/** @param message what is wrong, for a person */
	IndexException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}
}
