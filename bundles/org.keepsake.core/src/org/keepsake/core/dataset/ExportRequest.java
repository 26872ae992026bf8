// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.core.dataset;

import java.io.IOException;
import java.util.Map;

import org.keepsake.core.JobMonitor;

/**
 * What is to be exported, and to where.
 *
 * @param dataSet   whose records
 * @param content   of which backup
 * @param selection which of them
 * @param output    receives the files
 * @param options   further wishes by name, such as {@code photos.convert=jpeg}: of those in
 *                  {@link Exporter#options}; a value that is unknown is as good as none
 */
public record ExportRequest(DataSet dataSet, BackupContent content, Selection selection, ExportOutput output,
		Map<String, String> options) {

	/** Copies the options. */
	public ExportRequest {
		options = Map.copyOf(options);
	}

	/** Streams the records that are wanted; notices cancellation. */
	public void forEach(DataSet.RecordVisitor visitor, JobMonitor monitor) throws IOException {
		dataSet.read(content, selection, entry -> {
			monitor.throwIfCancelled();
			return !selection.accepts(entry) || visitor.visit(entry);
		}, monitor);
	}
}
