// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ios.backup;

import java.util.List;

/**
 * What an extraction wrote.
 *
 * @param files   files written
 * @param bytes   their bytes
 * @param damaged files that could not be read whole; nothing of them is left behind
 */
public record ExtractReport(long files, long bytes, List<VerifyReport.Damage> damaged) {

	/** Copies the list. */
	public ExtractReport {
		damaged = List.copyOf(damaged);
	}
}
