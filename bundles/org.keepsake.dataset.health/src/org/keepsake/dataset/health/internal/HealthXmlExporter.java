// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.dataset.health.internal;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.keepsake.core.JobMonitor;
import org.keepsake.core.dataset.DataSet;
import org.keepsake.core.dataset.ExportOutput;
import org.keepsake.core.dataset.ExportReport;
import org.keepsake.core.dataset.ExportRequest;
import org.keepsake.core.dataset.Exporter;
import org.keepsake.dataset.health.HealthSample;
import org.keepsake.dataset.health.HealthSample.Kind;
import org.keepsake.dataset.health.HealthSample.Route;

/**
 * Samples in the form that the app Health exports, which many programs read: {@code export.xml}, routes as GPX in
 * {@code workout-routes}, electrocardiograms as tables in {@code electrocardiograms}.
 */
public final class HealthXmlExporter implements Exporter {

	private static final String ROUTES = "workout-routes/";
	private static final String ECGS = "electrocardiograms/";

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
		return false;
	}

	@Override
	public ExportReport export(ExportRequest request, JobMonitor monitor) throws IOException {
		Instant date = request.content().summary().finishedAt();
		try (HealthSeries series = new HealthSeries(request.content())) {
			Export export = new Export(new RouteFiles(series, request.output(), ROUTES, date),
					new EcgFiles(series, request.output(), ECGS), monitor);
			try (ExportOutput.File file = request.output().create("export.xml", null)) {
				BufferedWriter out = new BufferedWriter(
						new OutputStreamWriter(file.content(), StandardCharsets.UTF_8), 1 << 16);
				out.write("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
				out.write(definition());
				HealthXml xml = new HealthXml(out);
				xml.begin(date == null ? Instant.EPOCH : date);
				request.forEach(entry -> {
					export.add(xml, (HealthSample) entry);
					return true;
				}, monitor);
				xml.end();
				out.flush();
				file.commit();
			}
			return export.report();
		}
	}

	/** What is written, and its count. */
	private static final class Export {

		private final RouteFiles routes;
		private final EcgFiles ecgs;
		private final JobMonitor monitor;
		private long read;
		private long written;
		private long others;

		Export(RouteFiles routes, EcgFiles ecgs, JobMonitor monitor) {
			this.routes = routes;
			this.ecgs = ecgs;
			this.monitor = monitor;
		}

		void add(HealthXml xml, HealthSample sample) throws IOException {
			read++;
			switch (sample.kind()) {
				case ROUTE -> written += files(sample).isEmpty() ? 0 : 1;
				case ELECTROCARDIOGRAM -> written += ecgs.write(sample) ? 1 : 0;
				default -> {
					if (sample.start() == null || sample.end() == null || sample.kind() == Kind.OTHER) {
						others++;
						return;
					}
					written++;
					if (sample.workout() == null) {
						xml.sample(sample);
					} else {
						xml.workout(sample, files(sample));
					}
				}
			}
		}

		private Map<Route, String> files(HealthSample sample) throws IOException {
			Map<Route, String> found = new LinkedHashMap<>();
			for (Route route : HealthRoutesExporter.routes(sample)) {
				String path = routes.write(route, monitor);
				if (path != null) {
					found.put(route, path);
				}
			}
			return found;
		}

		ExportReport report() {
			List<String> remarks = new ArrayList<>();
			remark(remarks, "xml.others", others);
			remark(remarks, "series.routes", routes.missing());
			remark(remarks, "series.ecgs", ecgs.missing());
			return new ExportReport(read, written, 1 + routes.files() + ecgs.files(),
					routes.missing() + ecgs.missing(), remarks);
		}

		private static void remark(List<String> remarks, String key, long number) {
			if (number > 0) {
				remarks.add(Texts.text(key, number));
			}
		}
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
