// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.virtual.internal.backup;

import java.io.IOException;

/** Bytes that are not the property list they should be. */
final class PlistException extends IOException {

	private static final long serialVersionUID = 1L;

	PlistException(String message) {
		super("property list: " + message);
	}
}
