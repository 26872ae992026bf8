// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.dataset.messages.internal;

import java.io.IOException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

import org.keepsake.core.JobMonitor;
import org.keepsake.core.dataset.DataSet;
import org.keepsake.core.dataset.ExportOption;
import org.keepsake.core.dataset.ExportReport;
import org.keepsake.core.dataset.ExportRequest;
import org.keepsake.core.dataset.Exporter;
import org.keepsake.dataset.messages.Message;

/**
 * Messages as web pages to read and to print, their attachments beside them. The option {@code messages.single=true} puts
 * all conversations into one page.
 */
public final class HtmlExporter implements Exporter {

	/** Whether all conversations go into one file: {@code true}. */
	static final String SINGLE = "messages.single";

	@Override
	public String id() {
		return "html";
	}

	@Override
	public String title() {
		return Texts.text("exporter.html");
	}

	@Override
	public boolean accepts(DataSet dataSet) {
		return dataSet.recordType() == Message.class;
	}

	@Override
	public boolean isSingleFile() {
		return false;
	}

	@Override
	public List<ExportOption> options(DataSet dataSet) {
		return List.of(new ExportOption(SINGLE, "true", Texts.text("option.single")));
	}

	@Override
	public ExportReport export(ExportRequest request, JobMonitor monitor) throws IOException {
		Copies copies = new Copies(request.content(), request.output());
		boolean single = Boolean.parseBoolean(request.options().get(SINGLE));
		long[] count = new long[1];
		try (HtmlPages pages = new HtmlPages(request.output(), copies, single, ZoneId.systemDefault())) {
			request.forEach(entry -> {
				if (entry instanceof Message message) {
					pages.add(message);
					count[0]++;
				}
				return true;
			}, monitor);
			pages.finish();
			List<String> remarks = new ArrayList<>();
			if (copies.renamed() > 0) {
				remarks.add(Texts.text("export.renamed", copies.renamed()));
			}
			return new ExportReport(count[0], count[0], pages.files() + copies.copied(), copies.missing(), remarks);
		}
	}
}
