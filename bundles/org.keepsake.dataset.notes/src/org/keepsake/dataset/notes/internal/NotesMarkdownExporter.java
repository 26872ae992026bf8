// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.dataset.notes.internal;

import java.io.IOException;

import org.keepsake.core.JobMonitor;
import org.keepsake.core.dataset.DataSet;
import org.keepsake.core.dataset.ExportReport;
import org.keepsake.core.dataset.ExportRequest;
import org.keepsake.core.dataset.Exporter;

/** Notes as Markdown, one each, in the folders of the app, their files beside them. */
public final class NotesMarkdownExporter implements Exporter {

	@Override
	public String id() {
		return "markdown";
	}

	@Override
	public String title() {
		return "Markdown";
	}

	@Override
	public boolean accepts(DataSet dataSet) {
		return dataSet.recordType() == Note.class;
	}

	@Override
	public boolean isSingleFile() {
		return false;
	}

	@Override
	public ExportReport export(ExportRequest request, JobMonitor monitor) throws IOException {
		return new NotePages("md", MarkdownPage::write).export(request, monitor);
	}
}
