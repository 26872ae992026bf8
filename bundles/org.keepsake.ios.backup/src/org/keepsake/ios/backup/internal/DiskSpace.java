// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ios.backup.internal;

import java.io.IOException;
import java.util.List;
import java.util.Locale;

/** Tells a full disk from other failures; the JDK has no exception of its own for it. */
final class DiskSpace {

	/* POSIX ENOSPC and EDQUOT, Windows ERROR_DISK_FULL and ERROR_DISK_QUOTA_EXCEEDED, as the systems word them. */
	private static final List<String> WORDINGS = List.of("no space left", "not enough space", "quota exceeded",
			"disk is full", "exceeded the user's quota");

	private DiskSpace() {
	}

	/** Whether the disk or a quota is full. */
	static boolean isFull(IOException failure) {
		String message = String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT);
		return WORDINGS.stream().anyMatch(message::contains);
	}
}
