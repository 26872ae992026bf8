// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.dataset.health.internal;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.core.JobMonitor;
import org.keepsake.core.dataset.ExportOutput;
import org.keepsake.dataset.base.Row;
import org.keepsake.dataset.health.HealthSample.Route;

/**
 * The routes of an export in the GPS Exchange Format 1.1, a file each, once, point by point. Names, extensions and digits
 * are those of the app Health's own export, which programs know; it puts speed, course and accuracy into the elements'
 * own namespace, although the schema of the format asks for another.
 */
final class RouteFiles {

	private static final DateTimeFormatter NAME = DateTimeFormatter.ofPattern("uuuu-MM-dd_h.mma", Locale.ROOT);
	private static final DateTimeFormatter TITLE = DateTimeFormatter.ofPattern("uuuu-MM-dd h:mma", Locale.ROOT);
	private static final int DIGITS = 6;
	private static final int MOST_LATITUDE = 90;
	private static final int MOST_LONGITUDE = 180;

	private final HealthSeries series;
	private final ExportOutput output;
	private final String folder;
	private final @Nullable Instant exported;
	private final Zones zones = new Zones();
	/* Where each is; empty if it has no points. */
	private final Map<String, String> paths = new HashMap<>();
	private long files;

	/**
	 * Routes for an output.
	 *
	 * @param folder   where they are put, ending in {@code /}; empty for no folder of their own
	 * @param exported the moment that the files tell as theirs
	 */
	RouteFiles(HealthSeries series, ExportOutput output, String folder, @Nullable Instant exported) {
		this.series = series;
		this.output = output;
		this.folder = folder;
		this.exported = exported;
	}

	/** How many files were written. */
	long files() {
		return files;
	}

	/** How many of the routes that were asked for have no points. */
	long missing() {
		return paths.size() - files;
	}

	/** Writes the route unless it was before. @return where it is; null if it has no points */
	@Nullable
	String write(Route route, JobMonitor monitor) throws IOException {
		String known = paths.get(route.key());
		if (known == null) {
			known = file(route, monitor);
			paths.put(route.key(), known);
		}
		return known.isEmpty() ? null : known;
	}

	private String file(Route route, JobMonitor monitor) throws IOException {
		Instant end = route.end() == null ? route.start() : route.end();
		ZonedDateTime when = end == null ? null : end.atZone(zones.of(route.timeZone()));
		String name = when == null ? "" : '_' + NAME.format(when).toLowerCase(Locale.ROOT);
		try (ExportOutput.File file = output.create(folder + "route" + name + ".gpx", end)) {
			Writer out = new BufferedWriter(new OutputStreamWriter(file.content(), StandardCharsets.UTF_8));
			begin(out, when == null ? "" : ' ' + TITLE.format(when).toLowerCase(Locale.ROOT));
			long[] points = new long[1];
			series.points(route.key(), row -> {
				monitor.throwIfCancelled();
				points[0] += point(out, row) ? 1 : 0;
				return true;
			});
			if (points[0] == 0) {
				return "";
			}
			out.write("    </trkseg>\n  </trk>\n</gpx>\n");
			out.flush();
			file.commit();
			files++;
			return file.path();
		}
	}

	private void begin(Writer out, String when) throws IOException {
		out.write("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
				+ "<gpx version=\"1.1\" creator=\"Keepsake\" xmlns=\"http://www.topografix.com/GPX/1/1\""
				+ " xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:schemaLocation=\""
				+ "http://www.topografix.com/GPX/1/1 http://www.topografix.com/GPX/1/1/gpx.xsd\">\n");
		Instant moment = exported;
		if (moment != null) {
			out.write("  <metadata>\n    <time>" + time(moment) + "</time>\n  </metadata>\n");
		}
		out.write("  <trk>\n    <name>Route" + when + "</name>\n    <trkseg>\n");
	}

	/** @return false if it is no place on Earth */
	private static boolean point(Writer out, Row row) throws IOException, SQLException {
		Number latitude = row.number("latitude");
		Number longitude = row.number("longitude");
		if (latitude == null || longitude == null || !(Math.abs(latitude.doubleValue()) <= MOST_LATITUDE)
				|| !(Math.abs(longitude.doubleValue()) <= MOST_LONGITUDE)) {
			return false;
		}
		out.write("      <trkpt lon=\"" + digits(longitude) + "\" lat=\"" + digits(latitude) + "\">");
		element(out, "ele", row.number("altitude"));
		Instant moment = row.cocoa("timestamp");
		if (moment != null) {
			out.write("<time>" + time(moment) + "</time>");
		}
		out.write("<extensions>");
		element(out, "speed", row.number("speed"));
		element(out, "course", row.number("course"));
		element(out, "hAcc", row.number("horizontal_accuracy"));
		element(out, "vAcc", row.number("vertical_accuracy"));
		out.write("</extensions></trkpt>\n");
		return true;
	}

	private static void element(Writer out, String name, @Nullable Number value) throws IOException {
		if (value != null && Double.isFinite(value.doubleValue())) {
			out.write('<' + name + '>' + digits(value) + "</" + name + '>');
		}
	}

	private static String digits(Number value) {
		return BigDecimal.valueOf(value.doubleValue()).setScale(DIGITS, RoundingMode.HALF_EVEN).toPlainString();
	}

	private static String time(Instant moment) {
		return moment.truncatedTo(ChronoUnit.SECONDS).toString();
	}
}
