// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.core.dataset;

import java.util.List;

/**
 * What an export did.
 *
 * @param recordsRead    records that were wanted
 * @param recordsWritten those that were written
 * @param filesWritten   files made, those copied from the backup included
 * @param filesMissing   files of the records that the backup lacks or that are damaged
 * @param remarks        what a person should know
 */
public record ExportReport(long recordsRead, long recordsWritten, long filesWritten, long filesMissing,
		List<String> remarks) {

	/** Copies the list. */
	public ExportReport {
		remarks = List.copyOf(remarks);
	}
}
