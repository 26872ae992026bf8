// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ios.protocol.internal.plist;

import java.io.IOException;
import java.io.Serial;

/** Bytes that are no property list, or one beyond the limits. */
public final class PlistException extends IOException {

	@Serial
	private static final long serialVersionUID = 1L;

	/** @param message what is wrong, without any content */
	public PlistException(String message) {
		super(message);
	}
}
