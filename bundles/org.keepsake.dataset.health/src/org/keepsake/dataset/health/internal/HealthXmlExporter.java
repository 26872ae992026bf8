// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.dataset.health.internal;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

import org.keepsake.core.JobMonitor;
import org.keepsake.core.dataset.DataRecord;
import org.keepsake.core.dataset.DataSet;
import org.keepsake.core.dataset.ExportOutput;
import org.keepsake.core.dataset.ExportReport;
import org.keepsake.core.dataset.ExportRequest;
import org.keepsake.core.dataset.Exporter;
import org.keepsake.dataset.health.HealthSample;
import org.keepsake.dataset.health.HealthSample.Kind;

/** Samples in the form that the app Health exports: {@code export.xml}, which many programs read. */
public final class HealthXmlExporter implements Exporter {

	@Override
	public String id() {
		return "xml";
	}

	@Override
	public String title() {
		return Texts.text("xml.title");
	}

	@Override
	public boolean accepts(DataSet dataSet) {
		return dataSet.recordType() == HealthSample.class;
	}

	@Override
	public boolean isSingleFile() {
		return true;
	}

	@Override
	public ExportReport export(ExportRequest request, JobMonitor monitor) throws IOException {
		long[] read = new long[1];
		long[] written = new long[1];
		try (ExportOutput.File file = request.output().create("export.xml", null)) {
			BufferedWriter out = new BufferedWriter(
					new OutputStreamWriter(file.content(), StandardCharsets.UTF_8), 1 << 16);
			out.write("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
			out.write(definition());
			HealthXml xml = new HealthXml(out);
			Instant date = request.content().summary().finishedAt();
			xml.begin(date == null ? Instant.EPOCH : date);
			request.forEach(entry -> {
				read[0]++;
				written[0] += write(xml, entry) ? 1 : 0;
				return true;
			}, monitor);
			xml.end();
			out.flush();
			file.commit();
		}
		List<String> remarks = read[0] == written[0] ? List.of()
				: List.of(Texts.text("xml.others", read[0] - written[0]));
		return new ExportReport(read[0], written[0], 1, 0, remarks);
	}

	private static boolean write(HealthXml xml, DataRecord entry) throws IOException {
		HealthSample sample = (HealthSample) entry;
		if (sample.start() == null || sample.end() == null || sample.kind() == Kind.OTHER) {
			return false;
		}
		if (sample.workout() == null) {
			xml.sample(sample);
		} else {
			xml.workout(sample);
		}
		return true;
	}

	private static String definition() throws IOException {
		try (InputStream in = HealthXmlExporter.class.getResourceAsStream("export-dtd.txt")) {
			if (in == null) {
				throw new IllegalStateException("export-dtd.txt is not beside " + HealthXmlExporter.class);
			}
			return new String(in.readAllBytes(), StandardCharsets.UTF_8);
		}
	}
}
