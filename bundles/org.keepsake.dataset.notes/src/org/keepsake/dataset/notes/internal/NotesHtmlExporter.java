// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.dataset.notes.internal;

import java.io.IOException;

import org.keepsake.core.JobMonitor;
import org.keepsake.core.dataset.DataSet;
import org.keepsake.core.dataset.ExportReport;
import org.keepsake.core.dataset.ExportRequest;
import org.keepsake.core.dataset.Exporter;

/** Notes as web pages that work without a network, one each, in the folders of the app, their files beside them. */
public final class NotesHtmlExporter implements Exporter {

	@Override
	public String id() {
		return "html";
	}

	@Override
	public String title() {
		return "Web pages";
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
		return new NotePages("html", HtmlPage::write).export(request, monitor);
	}
}
