// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ios.backup.plist;

import java.io.IOException;
import java.io.Serial;

/** The bytes are no property list, or one beyond our limits. The message names the flaw, never the content. */
public final class PlistException extends IOException {

	@Serial
	private static final long serialVersionUID = 1L;

	/** @param message the flaw, such as {@code offset table outside the file} */
	public PlistException(String message) {
		super(message);
	}
}
