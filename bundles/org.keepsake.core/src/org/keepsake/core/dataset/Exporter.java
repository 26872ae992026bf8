// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.core.dataset;

import java.io.IOException;
import java.util.List;

import org.keepsake.core.JobMonitor;

/**
 * An output format. Contributed to the extension point {@code org.keepsake.core.exporters}. Has no state and is used by
 * many threads at once. Streams: its memory does not grow with the number of records.
 */
public interface Exporter {

	/** Stable and short, lower case: {@code html}, {@code vcard}. Unique for a data set. */
	String id();

	/** Its name for a person. */
	String title();

	/** Whether it writes the data set's records. */
	boolean accepts(DataSet dataSet);

	/** Whether it always writes exactly one file, which can go to standard output as well. */
	boolean isSingleFile();

	/**
	 * What a person can wish of it for the data set, in the order to offer it; a wish of another name is refused. Quick,
	 * as it is asked for a menu.
	 *
	 * @param dataSet one that it accepts
	 */
	default List<ExportOption> options(DataSet dataSet) {
		return List.of();
	}

	/** Writes the records. What cannot be written is counted in the report and does not stop the rest. */
	ExportReport export(ExportRequest request, JobMonitor monitor) throws IOException;
}
