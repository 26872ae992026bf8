// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ios.protocol.internal.service;

import java.io.IOException;
import java.io.Serial;

/** AFC answered an operation with an error code. */
public final class AfcException extends IOException {

	/** No such file or folder. */
	public static final long NOT_FOUND = 8;
	/** It exists already. */
	public static final long EXISTS = 16;
	/** Another host holds the lock. */
	public static final long WOULD_BLOCK = 19;

	@Serial
	private static final long serialVersionUID = 1L;

	private final long code;

	AfcException(long operation, long code) {
		super("AFC operation " + operation + " failed with " + code);
		this.code = code;
	}

	/** The device's code. */
	public long code() {
		return code;
	}
}
