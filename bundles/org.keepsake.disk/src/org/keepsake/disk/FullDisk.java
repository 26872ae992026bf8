// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.disk;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.util.List;
import java.util.Locale;

/** Tells a full disk from other failures; the JDK has no exception of its own for it. */
public final class FullDisk {

	/* POSIX ENOSPC and EDQUOT, Windows ERROR_DISK_FULL and ERROR_DISK_QUOTA_EXCEEDED, as the systems word them. */
	private static final List<String> WORDINGS = List.of("no space left", "not enough space", "quota exceeded",
			"disk is full", "disk full", "exceeded the user's quota");

	private FullDisk() {
	}

	/** Whether the disk or a quota is full, as far as the system's own words tell; the names of files are none of them. */
	public static boolean isToldBy(IOException failure) {
		String reason = failure instanceof FileSystemException named ? named.getReason() : failure.getMessage();
		return reason != null && isToldBy(reason);
	}

	/** As above. @param reason in English: a system that speaks another language is not understood */
	public static boolean isToldBy(String reason) {
		String lower = reason.toLowerCase(Locale.ROOT);
		return WORDINGS.stream().anyMatch(lower::contains);
	}
}
