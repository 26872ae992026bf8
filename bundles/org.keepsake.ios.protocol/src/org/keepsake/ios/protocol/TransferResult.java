// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ios.protocol;

import java.util.List;

import org.eclipse.jdt.annotation.Nullable;

/**
 * What went over the wire in a successful backup or restore.
 *
 * @param filesReceived files from the device
 * @param bytesReceived their bytes
 * @param filesSent     files to the device
 * @param bytesSent     their bytes
 * @param full          whether the device made a full backup; null for a restore
 * @param fileErrors    files that the device could not read, though the run succeeded
 */
public record TransferResult(long filesReceived, long bytesReceived, long filesSent, long bytesSent,
		@Nullable Boolean full, List<FileError> fileErrors) {

	/** Copies the list. */
	public TransferResult {
		fileErrors = List.copyOf(fileErrors);
	}

	/**
	 * A file that could not be transferred.
	 *
	 * @param path  which, in the backup
	 * @param error what the device or the host said
	 */
	public record FileError(String path, String error) {
	}
}
