// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ios.protocol.internal.wire;

import java.io.IOException;
import java.io.Serial;

import org.eclipse.jdt.annotation.Nullable;

/** The device refused our identity, or closed the connection instead of agreeing on TLS: it has forgotten us. */
public final class TlsFailedException extends IOException {

	@Serial
	private static final long serialVersionUID = 1L;

	TlsFailedException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}
}
