// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.engine;

import java.time.Duration;
import java.util.List;

import org.keepsake.ios.protocol.TransferResult;

/**
 * A backup that was made.
 *
 * @param backup   the new version
 * @param transfer what went over the wire
 * @param duration from the request to the commit
 * @param full     whether the device made a full backup
 * @param remarks  what the person should know besides
 */
public record BackupResult(KeptBackup backup, TransferResult transfer, Duration duration, boolean full,
		List<String> remarks) {

	/** Copies the list. */
	public BackupResult {
		remarks = List.copyOf(remarks);
	}
}
