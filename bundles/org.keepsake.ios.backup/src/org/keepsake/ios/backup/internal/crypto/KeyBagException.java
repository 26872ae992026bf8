// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ios.backup.internal.crypto;

import java.io.IOException;
import java.io.Serial;

/** The bytes are no key bag that can be used. The message names the flaw. */
public final class KeyBagException extends IOException {

	@Serial
	private static final long serialVersionUID = 1L;

	private final int unknownVersion;

	/** @param message the flaw, such as {@code no salt} */
	public KeyBagException(String message) {
		this(message, 0);
	}

	/** @param unknownVersion the bag's version, if it is one that is not known here; else 0 */
	KeyBagException(String message, int unknownVersion) {
		super(message);
		this.unknownVersion = unknownVersion;
	}

	/** The bag's version, if it is one that is not known here; else 0. */
	public int unknownVersion() {
		return unknownVersion;
	}
}
