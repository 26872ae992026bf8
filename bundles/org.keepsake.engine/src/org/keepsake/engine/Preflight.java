// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.engine;

import java.util.List;

import org.keepsake.core.DeviceDetails;

/**
 * Whether a backup would succeed.
 *
 * @param device      what the device says
 * @param verdict     one plain sentence
 * @param findings    each thing looked at, the worst first
 * @param neededBytes what the backup may take at most, negative if unknown
 * @param freeBytes   what the target has left
 */
public record Preflight(DeviceDetails device, String verdict, List<Finding> findings, long neededBytes,
		long freeBytes) {

	/** Copies the list. */
	public Preflight {
		findings = List.copyOf(findings);
	}

	/** Whether nothing forbids the backup. */
	public boolean ready() {
		return findings.stream().noneMatch(finding -> finding.severity() == Finding.Severity.BLOCKER);
	}
}
