// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ios.backup;

import java.util.List;

/**
 * What an extraction wrote.
 *
 * @param files   files written
 * @param bytes   their bytes
 * @param damaged files that could not be read whole or not be written; nothing of them is left behind
 * @param remarks what was left out or written under another name, for a person
 */
public record ExtractReport(long files, long bytes, List<VerifyReport.Damage> damaged, List<String> remarks) {

	/** Copies the lists. */
	public ExtractReport {
		damaged = List.copyOf(damaged);
		remarks = List.copyOf(remarks);
	}

	/** Without remarks. */
	public ExtractReport(long files, long bytes, List<VerifyReport.Damage> damaged) {
		this(files, bytes, damaged, List.of());
	}
}
