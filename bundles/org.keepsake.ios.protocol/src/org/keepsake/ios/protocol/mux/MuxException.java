// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ios.protocol.mux;

import java.io.IOException;
import java.io.Serial;

/** usbmuxd refused a request. */
public final class MuxException extends IOException {

	/** The daemon does not know the request. */
	public static final long BAD_COMMAND = 1;
	/** There is no such device; for pair records, no such record. */
	public static final long BAD_DEVICE = 2;
	/** The device refused the port. */
	public static final long CONNECTION_REFUSED = 3;

	@Serial
	private static final long serialVersionUID = 1L;

	private final long number;

	MuxException(String request, long number) {
		super("usbmuxd refused " + request + " with " + number);
		this.number = number;
	}

	/** The daemon's number. */
	public long number() {
		return number;
	}
}
