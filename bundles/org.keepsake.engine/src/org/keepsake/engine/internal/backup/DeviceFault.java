// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0

package org.keepsake.engine.internal.backup;

import org.keepsake.core.Problem;

/** What a failure of a backup means for the next attempt; by the problem's stable code. */
enum DeviceFault {
	/** The connection broke: the device goes on where it was. */
	CONNECTION,
	/** What the device found of an earlier run does not agree with itself (its errors 11, 203, 204, 205). */
	STALE,
	/** A passing fault (its errors 2, 3 and 104): the same attempt may succeed. */
	PASSING,
	/** The device found too little room here (its error 105). */
	ROOM,
	/** Only a person can help, or nobody (among others 22, 25, 202, 207, 208, 211, 212). */
	FINAL;

	static DeviceFault of(Problem problem) {
		return switch (problem.code()) {
			case "device.connection-lost", "engine.not-attached" -> CONNECTION;
			case "device.backup-corrupt", "device.version-unsupported", "device.backup-missing", "device.unfinished",
					"engine.result-incomplete" ->
				STALE;
			case "device.files-unreadable", "device.host-write-failed", "device.host-read-failed",
					"device.needs-restart" ->
				PASSING;
			case "device.host-disk-full" -> ROOM;
			default -> FINAL;
		};
	}
}
