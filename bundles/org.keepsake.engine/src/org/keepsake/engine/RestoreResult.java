// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.engine;

import java.time.Duration;
import java.util.List;

import org.keepsake.ios.protocol.TransferResult;

/**
 * A restore that was made.
 *
 * @param transfer  what went over the wire
 * @param duration  from the request to the device's answer
 * @param confirmed what the device itself confirmed afterwards
 * @param remaining what the person still has to do on the device
 * @param checklist what should be on the device now or later
 */
public record RestoreResult(TransferResult transfer, Duration duration, List<String> confirmed,
		List<String> remaining, Checklist checklist) {

	/** Without a checklist. */
	public RestoreResult(TransferResult transfer, Duration duration, List<String> confirmed,
			List<String> remaining) {
		this(transfer, duration, confirmed, remaining, Checklist.NONE);
	}

	/** The same with the checklist. */
	public RestoreResult with(Checklist expected) {
		return new RestoreResult(transfer, duration, confirmed, remaining, expected);
	}

	/** Copies the lists. */
	public RestoreResult {
		confirmed = List.copyOf(confirmed);
		remaining = List.copyOf(remaining);
	}
}
