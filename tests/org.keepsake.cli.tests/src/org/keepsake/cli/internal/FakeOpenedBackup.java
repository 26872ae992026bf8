// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.cli.internal;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.core.IosVersion;
import org.keepsake.core.JobMonitor;
import org.keepsake.core.Problem;
import org.keepsake.core.ProblemException;
import org.keepsake.core.Retry;
import org.keepsake.core.dataset.BackupContent;
import org.keepsake.core.dataset.DataRecord;
import org.keepsake.core.dataset.DataSet;
import org.keepsake.core.dataset.ExportOption;
import org.keepsake.core.dataset.ExportReport;
import org.keepsake.core.dataset.ExportRequest;
import org.keepsake.core.dataset.Exporter;
import org.keepsake.core.dataset.Selection;
import org.keepsake.core.dataset.Survey;
import org.keepsake.engine.KeptBackup;
import org.keepsake.engine.OpenedBackup;
import org.keepsake.engine.SearchRequest;
import org.keepsake.engine.SearchResult;
import org.keepsake.testing.FolderContent;

/** An opened backup whose data sets are given. */
public record FakeOpenedBackup(KeptBackup backup, List<DataSet> dataSets) implements OpenedBackup {

	/** A record. */
	public record Note(String key, @Nullable Instant date, String text) implements DataRecord {
		@Override
		public String headline() {
			return text;
		}

		@Override
		public String searchText() {
			return text;
		}
	}

	/** A data set of the given records. */
	public record Notes(String id, Survey survey, List<Note> notes) implements DataSet {
		@Override
		public String title() {
			return "Your " + id;
		}

		@Override
		public Class<? extends DataRecord> recordType() {
			return Note.class;
		}

		@Override
		public List<Source> sources() {
			return List.of();
		}

		@Override
		public Survey survey(BackupContent content, JobMonitor monitor) {
			return survey;
		}

		@Override
		public void read(BackupContent content, Selection selection, RecordVisitor visitor, JobMonitor monitor)
				throws IOException {
			for (Note note : notes) {
				if (!visitor.visit(note)) {
					return;
				}
			}
		}
	}

	/** Headlines, one a line. */
	private static final class Lines implements Exporter {
		@Override
		public String id() {
			return "lines";
		}

		@Override
		public String title() {
			return "Lines";
		}

		@Override
		public boolean accepts(DataSet dataSet) {
			return true;
		}

		@Override
		public boolean isSingleFile() {
			return true;
		}

		@Override
		public List<ExportOption> options(DataSet dataSet) {
			return List.of(new ExportOption("lines.end", "crlf", "Lines end as in Windows"));
		}

		@Override
		public ExportReport export(ExportRequest request, JobMonitor monitor) {
			throw new AssertionError();
		}
	}

	@Override
	public BackupContent content() {
		return new FolderContent(Path.of("nowhere"), new IosVersion("18.0"), false);
	}

	@Override
	public DataSet dataSet(String id) throws IOException {
		return dataSets.stream().filter(set -> set.id().equals(id)).findFirst()
				.orElseThrow(
						() -> new ProblemException(new Problem("engine.dataset-unknown", "There is no data set " + id,
								"", "Use another.", Retry.AFTER_REMEDY), null));
	}

	@Override
	public Survey survey(DataSet dataSet, JobMonitor monitor) throws IOException {
		return dataSet.survey(content(), monitor);
	}

	@Override
	public void read(DataSet dataSet, Selection selection, DataSet.RecordVisitor visitor, JobMonitor monitor)
			throws IOException {
		dataSet.read(content(), selection, entry -> !selection.accepts(entry) || visitor.visit(entry), monitor);
	}

	@Override
	public List<Exporter> exporters(DataSet dataSet) {
		return List.of(new Lines());
	}

	@Override
	public Exporter exporter(DataSet dataSet, String id) throws IOException {
		if (!id.equals("lines")) {
			throw new ProblemException(new Problem("engine.format-unknown", "No such format", "", "Use another.",
					Retry.AFTER_REMEDY), null);
		}
		return new Lines();
	}

	@Override
	public ExportReport export(ExportWish wish, Path folder, JobMonitor monitor) throws IOException {
		Files.createDirectories(folder);
		try (OutputStream out = Files.newOutputStream(folder.resolve(wish.dataSet().id() + ".txt"))) {
			return export(wish, out, monitor);
		}
	}

	@Override
	public ExportReport export(ExportWish wish, OutputStream out, JobMonitor monitor) throws IOException {
		long[] count = new long[1];
		read(wish.dataSet(), wish.selection(), entry -> {
			count[0]++;
			out.write((entry.headline() + wish.options() + '\n').getBytes(StandardCharsets.UTF_8));
			return true;
		}, monitor);
		return new ExportReport(count[0], count[0], 1, 2, List.of("One thing to know."));
	}

	@Override
	public SearchResult search(SearchRequest request, JobMonitor monitor) {
		return new SearchResult(List.of(new SearchResult.Group("notes", "Your notes", 3,
				List.of(new SearchResult.Hit("k", Instant.parse("2026-01-02T03:04:05Z"), "a line",
						"say \u001bhello there",
						List.of(new SearchResult.Mark(5, 10)))))),
				List.of("Calls could not be searched."));
	}

	@Override
	public void close() {
		// Nothing is open.
	}
}
