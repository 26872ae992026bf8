// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.dataset.health.internal;

import java.io.IOException;
import java.util.List;

import org.keepsake.core.JobMonitor;
import org.keepsake.core.dataset.DataSet;
import org.keepsake.core.dataset.ExportReport;
import org.keepsake.core.dataset.ExportRequest;
import org.keepsake.core.dataset.Exporter;
import org.keepsake.dataset.health.HealthSample;
import org.keepsake.dataset.health.HealthSample.Kind;
import org.keepsake.dataset.health.HealthSample.Route;
import org.keepsake.dataset.health.HealthSample.Workout;

/** The routes of workouts, a file each, for maps; no other sample. */
public final class HealthRoutesExporter implements Exporter {

	@Override
	public String id() {
		return "gpx";
	}

	@Override
	public String title() {
		return Texts.text("gpx.title");
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
		long[] counts = new long[2];
		try (HealthSeries series = new HealthSeries(request.content())) {
			RouteFiles files = new RouteFiles(series, request.output(), "",
					request.content().summary().finishedAt());
			request.forEach(entry -> {
				HealthSample sample = (HealthSample) entry;
				List<Route> routes = routes(sample);
				if (!routes.isEmpty()) {
					counts[0]++;
					int written = 0;
					for (Route route : routes) {
						written += files.write(route, monitor) == null ? 0 : 1;
					}
					counts[1] += written > 0 ? 1 : 0;
				}
				return true;
			}, monitor);
			long missing = files.missing();
			return new ExportReport(counts[0], counts[1], files.files(), missing,
					missing == 0 ? List.of() : List.of(Texts.text("series.routes", missing)));
		}
	}

	/** Those of a workout, or the one that the sample is; none of any other sample. */
	static List<Route> routes(HealthSample sample) {
		Workout workout = sample.workout();
		if (workout != null) {
			return workout.routes();
		}
		return sample.kind() != Kind.ROUTE ? List.of()
				: List.of(new Route(sample.key(), sample.start(), sample.end(), 0, sample.source(),
						sample.sourceVersion(), sample.device(), sample.timeZone(), sample.created()));
	}
}
