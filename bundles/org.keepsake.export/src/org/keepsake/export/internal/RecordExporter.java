// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.export.internal;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;

import org.keepsake.core.JobEvent;
import org.keepsake.core.JobMonitor;
import org.keepsake.core.dataset.DataRecord;
import org.keepsake.core.dataset.DataSet;
import org.keepsake.core.dataset.ExportOutput;
import org.keepsake.core.dataset.ExportReport;
import org.keepsake.core.dataset.ExportRequest;
import org.keepsake.core.dataset.Exporter;

/** A format that takes the records of every data set, one after the other, into one file of UTF-8. Stateless. */
abstract class RecordExporter implements Exporter {

	private static final int TELL_AFTER = 500;

	private final String id;
	private final String title;
	private final String extension;

	RecordExporter(String id, String title, String extension) {
		this.id = id;
		this.title = title;
		this.extension = extension;
	}

	/** Writes one file. */
	interface Sheet {

		/** What stands before the first record. */
		void begin() throws IOException;

		/** One record. */
		void add(DataRecord entry) throws IOException;

		/** What stands after the last one. */
		void end() throws IOException;
	}

	/** A file that is begun. @param out UTF-8; the caller closes it */
	abstract Sheet sheet(ExportRequest request, Writer out);

	@Override
	public final String id() {
		return id;
	}

	@Override
	public final String title() {
		return title;
	}

	@Override
	public final boolean accepts(DataSet dataSet) {
		return true;
	}

	@Override
	public final boolean isSingleFile() {
		return true;
	}

	@Override
	public final ExportReport export(ExportRequest request, JobMonitor monitor) throws IOException {
		long[] count = new long[1];
		try (ExportOutput.File file = request.output().create(request.dataSet().id() + '.' + extension, null)) {
			Writer out = new BufferedWriter(new OutputStreamWriter(file.content(), StandardCharsets.UTF_8));
			Sheet sheet = sheet(request, out);
			sheet.begin();
			request.forEach(entry -> {
				sheet.add(entry);
				if (++count[0] % TELL_AFTER == 0) {
					monitor.report(new JobEvent.Progress(-1, 0, -1, count[0], -1));
				}
				return true;
			}, monitor);
			sheet.end();
			out.flush();
			file.commit();
		}
		return new ExportReport(count[0], count[0], 1, 0, List.of());
	}
}
