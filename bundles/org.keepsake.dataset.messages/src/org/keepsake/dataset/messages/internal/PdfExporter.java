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
import org.keepsake.pdf.PdfFonts;

/**
 * Messages as PDF, a file for each conversation; all in one with the option {@code messages.single=true}. The fonts of
 * this computer are embedded as far as they are used.
 */
public final class PdfExporter implements Exporter {

	/** Whether all conversations go into one file: {@code true}. */
	static final String SINGLE = HtmlExporter.SINGLE;

	@Override
	public String id() {
		return "pdf";
	}

	@Override
	public String title() {
		return Texts.text("exporter.pdf");
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
		boolean single = Boolean.parseBoolean(request.options().get(SINGLE));
		PdfFonts fonts = PdfFonts.ofThisComputer();
		PdfPictures pictures = new PdfPictures(request.content());
		long[] count = new long[1];
		try (PdfPages pages = new PdfPages(request.output(), single, ZoneId.systemDefault(), fonts, pictures)) {
			request.forEach(entry -> {
				if (entry instanceof Message message) {
					pages.add(message);
					count[0]++;
				}
				return true;
			}, monitor);
			pages.finish();
			List<String> remarks = new ArrayList<>();
			if (fonts.replaced() > 0) {
				remarks.add(Texts.text("export.characters", fonts.replaced()));
			}
			return new ExportReport(count[0], count[0], pages.files(), pictures.missing(), remarks);
		}
	}
}
