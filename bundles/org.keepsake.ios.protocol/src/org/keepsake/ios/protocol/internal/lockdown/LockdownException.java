// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ios.protocol.internal.lockdown;

import java.io.IOException;
import java.io.Serial;

/** Lockdown answered a request with an error, such as {@code InvalidHostID}. */
public final class LockdownException extends IOException {

	@Serial
	private static final long serialVersionUID = 1L;

	private final String request;
	private final String error;

	LockdownException(String request, String error) {
		super("Lockdown refused " + request + ": " + error);
		this.request = request;
		this.error = error;
	}

	/** What was asked, with the service's name where one was to be started. */
	public String request() {
		return request;
	}

	/** The device's word for why not. */
	public String error() {
		return error;
	}

	/** Whether the device gave one of these words. */
	public boolean is(String... words) {
		return java.util.Arrays.asList(words).contains(error);
	}
}
