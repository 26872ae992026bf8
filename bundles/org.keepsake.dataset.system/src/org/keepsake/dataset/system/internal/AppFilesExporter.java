// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.dataset.system.internal;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import org.keepsake.core.JobMonitor;
import org.keepsake.core.dataset.ContentFile;
import org.keepsake.core.dataset.DataRecord;
import org.keepsake.core.dataset.DataSet;
import org.keepsake.core.dataset.ExportReport;
import org.keepsake.core.dataset.ExportRequest;
import org.keepsake.core.dataset.Exporter;
import org.keepsake.dataset.base.ExportedFiles;
import org.keepsake.dataset.base.OneLine;
import org.keepsake.dataset.system.InstalledApp;

/** The documents of apps as files: a folder for each app, with the folders that the app made, and their dates. */
public final class AppFilesExporter implements Exporter {

	private static final int MOST_REMARKS = 20;

	@Override
	public String id() {
		return "files";
	}

	@Override
	public String title() {
		return Texts.text("files.title");
	}

	@Override
	public boolean accepts(DataSet dataSet) {
		return dataSet.recordType() == InstalledApp.class;
	}

	@Override
	public boolean isSingleFile() {
		return false;
	}

	@Override
	public ExportReport export(ExportRequest request, JobMonitor monitor) throws IOException {
		Copies copies = new Copies(request, monitor);
		request.forEach(copies::add, monitor);
		return new ExportReport(copies.apps, copies.apps, copies.written, copies.missing, copies.remarks);
	}

	private static final class Copies {

		private final ExportRequest request;
		private final JobMonitor monitor;
		private final List<String> remarks = new ArrayList<>();
		private long apps;
		private long written;
		private long missing;

		Copies(ExportRequest request, JobMonitor monitor) {
			this.request = request;
			this.monitor = monitor;
		}

		boolean add(DataRecord entry) throws IOException {
			InstalledApp app = (InstalledApp) entry;
			apps++;
			if (app.documents() > 0) {
				String folder = OneLine.of(app.name(), app.key()).replace('/', '-') + '/';
				request.content().forEach("AppDomain-" + globbed(app.key()), AppsDataSet.DOCUMENTS + "**", file -> {
					monitor.throwIfCancelled();
					copy(file, folder + file.path().substring(AppsDataSet.DOCUMENTS.length()));
					return true;
				});
			}
			return true;
		}

		/** An identifier within a glob: what means something there matches any one character. */
		private static String globbed(String id) {
			return id.replaceAll("[*?\\[\\]{}\\\\]", "?");
		}

		private void copy(ContentFile from, String to) throws IOException {
			if (ExportedFiles.copy(request.content(), from, request.output(), to, from.modified()) != null) {
				written++;
				return;
			}
			missing++;
			if (remarks.size() < MOST_REMARKS) {
				remarks.add(Texts.text("files.damaged", from.path()));
			}
		}
	}
}
