// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.engine;

import java.util.List;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.core.DeviceDetails;
import org.keepsake.core.Problem;

/**
 * What a restore would do.
 *
 * @param device   the device as it is now
 * @param verdict  one plain sentence
 * @param warnings what will be erased or changed, for the person to confirm
 * @param findings each thing looked at, the worst first; a {@code BLOCKER} forbids the restore
 * @param blocker  the problem that the restore would end with; null if nothing forbids it
 */
public record RestorePlan(DeviceDetails device, String verdict, List<String> warnings, List<Finding> findings,
		@Nullable Problem blocker) {

	/** Copies the lists. */
	public RestorePlan {
		warnings = List.copyOf(warnings);
		findings = List.copyOf(findings);
	}

	/** Whether nothing forbids the restore. */
	public boolean ready() {
		return findings.stream().noneMatch(finding -> finding.severity() == Finding.Severity.BLOCKER);
	}
}
