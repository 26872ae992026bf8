// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.dataset.health.internal;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.core.JobMonitor;
import org.keepsake.core.dataset.DataRecord;
import org.keepsake.core.dataset.DataSet;
import org.keepsake.core.dataset.ExportOutput;
import org.keepsake.core.dataset.ExportReport;
import org.keepsake.core.dataset.ExportRequest;
import org.keepsake.core.dataset.Exporter;
import org.keepsake.dataset.base.ExportedFiles;
import org.keepsake.dataset.base.OneLine;
import org.keepsake.dataset.health.HealthSample;
import org.keepsake.dataset.health.HealthSample.Workout;

/** Samples as tables (RFC 4180), a file for each type in a folder for each kind, with the columns that the kind has. */
public final class HealthCsvExporter implements Exporter {

	@Override
	public String id() {
		return "csv-by-type";
	}

	@Override
	public String title() {
		return Texts.text("csv.title");
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
		try (Files files = new Files(request.output())) {
			long[] count = new long[1];
			request.forEach(entry -> {
				files.add(entry);
				count[0]++;
				return true;
			}, monitor);
			files.commit();
			return new ExportReport(count[0], count[0], files.open.size(), 0, List.of());
		}
	}

	private static final class Files implements AutoCloseable {

		/** So many files are open at the same time; types after that share the last. */
		private static final int MOST = 300;

		private final ExportOutput output;
		private final Map<String, Table> open = new LinkedHashMap<>();

		private record Table(ExportOutput.File file, Writer out) {
		}

		Files(ExportOutput output) {
			this.output = output;
		}

		void add(DataRecord entry) throws IOException {
			HealthSample sample = (HealthSample) entry;
			Workout workout = sample.workout();
			Writer out = table(sample).out();
			cell(out, sample.start(), true);
			cell(out, sample.end(), false);
			if (workout != null) {
				cell(out, workout.activity(), false);
				cell(out, workout.durationSeconds(), false);
				cell(out, workout.distanceMeters(), false);
				cell(out, workout.activeKcal(), false);
				cell(out, workout.restingKcal(), false);
			} else {
				cell(out, sample.type(), false);
				cell(out, sample.value(), false);
				cell(out, sample.unit(), false);
				cell(out, sample.valueName(), false);
			}
			cell(out, sample.source(), false);
			cell(out, sample.sourceVersion(), false);
			cell(out, sample.device(), false);
			cell(out, sample.timeZone(), false);
			cell(out, sample.created(), false);
			cell(out, sample.metadata().isEmpty() ? "" : new TreeMap<>(sample.metadata()).toString(), false);
			cell(out, sample.key(), false);
			out.write("\r\n");
		}

		private Table table(HealthSample sample) throws IOException {
			boolean workout = sample.workout() != null;
			String key = workout ? "workouts" : sample.kind().name() + sample.type();
			boolean full = open.size() >= MOST && !workout;
			String which = full && !open.containsKey(key) ? "" : key;
			Table table = open.get(which);
			if (table == null) {
				String path = workout ? Texts.text("csv.workouts")
						: which.isEmpty() ? Texts.text("csv.others")
								: Texts.text("csv." + sample.kind().name().toLowerCase(Locale.ROOT)) + '/'
										+ OneLine.of(sample.name(), sample.type(), "–").replace('/', '-');
				ExportOutput.File file = output.create(path + ".csv", null);
				table = new Table(file, new BufferedWriter(
						new OutputStreamWriter(file.content(), StandardCharsets.UTF_8), 4096));
				open.put(which, table);
				table.out().write(workout
						? "start,end,activity,durationSeconds,distanceMeters,activeKcal,restingKcal"
						: "start,end,type,value,unit,valueName");
				table.out().write(",source,sourceVersion,device,timeZone,created,metadata,key\r\n");
			}
			return table;
		}

		private static void cell(Writer out, @Nullable Object value, boolean first) throws IOException {
			if (!first) {
				out.write(',');
			}
			String text = switch (value) {
				case null -> "";
				case Instant moment -> moment.toString();
				case Double number when number == Math.rint(number) && Math.abs(number) < 1e15 -> String
						.valueOf(number.longValue());
				default -> value.toString();
			};
			boolean plain = text.chars()
					.allMatch(character -> character != ',' && character != '"' && character != '\n'
							&& character != '\r');
			out.write(plain ? text : '"' + text.replace("\"", "\"\"") + '"');
		}

		void commit() throws IOException {
			for (Table table : open.values()) {
				table.out().flush();
				table.file().commit();
			}
		}

		@Override
		public void close() throws IOException {
			ExportedFiles.closeAll(open.values().stream().map(Table::file).toList());
		}
	}
}
