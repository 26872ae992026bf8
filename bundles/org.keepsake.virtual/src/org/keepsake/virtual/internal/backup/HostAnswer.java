// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.virtual.internal.backup;

import java.util.Map;

/**
 * What a host answered to a message.
 *
 * @param code  0 for success, else DeviceLink's code of what went wrong
 * @param text  the host's words
 * @param value a dictionary, a number or a text
 */
record HostAnswer(long code, String text, Object value) {

	static final long NOT_THERE = -6;
	static final long EXISTS = -7;
	static final long NO_SPACE = -15;
	static final long MULTI = -13;

	boolean ok() {
		return code == 0;
	}

	/** Whether nothing worse happened than that files were not there. */
	boolean onlyMissing() {
		if (code == NOT_THERE) {
			return true;
		}
		if (code != MULTI || !(value instanceof Map<?, ?> errors)) {
			return false;
		}
		for (Object error : errors.values()) {
			if (!(error instanceof Map<?, ?> one) || !(one.get("DLFileErrorCode") instanceof Number number)
					|| number.longValue() != NOT_THERE) {
				return false;
			}
		}
		return true;
	}

	/** The failure that the device makes of it. */
	BackupFailure failure(int otherwise, String what) {
		int mapped = code == NO_SPACE ? BackupFailure.HOST_FULL : otherwise;
		return new BackupFailure(mapped, what + " (host answered " + code + ": " + text + ")");
	}
}
