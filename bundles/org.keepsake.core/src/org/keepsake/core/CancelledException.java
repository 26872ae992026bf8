// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.core;

import java.io.IOException;
import java.io.Serial;

/** The person, or the program on a person's behalf, cancelled the job. Not a {@link Problem}; never logged as one. */
public class CancelledException extends IOException {

	@Serial
	private static final long serialVersionUID = 1L;

	/** Cancelled, wherever the request came from. */
	public CancelledException() {
		super("Cancelled");
	}
}
