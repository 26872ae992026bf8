// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ui.internal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.core.JobMonitor;
import org.keepsake.core.dataset.BackupContent;
import org.keepsake.core.dataset.DataRecord;
import org.keepsake.core.dataset.DataSet;
import org.keepsake.core.dataset.ExportOption;
import org.keepsake.core.dataset.ExportOutput;
import org.keepsake.core.dataset.ExportReport;
import org.keepsake.core.dataset.ExportRequest;
import org.keepsake.core.dataset.Exporter;
import org.keepsake.core.dataset.Selection;
import org.keepsake.core.dataset.Survey;
import org.keepsake.engine.Extensions;

/** Data sets and a format of a third party, for the window to show. */
public final class SampleData {

	/** When the first letter was written. */
	public static final Instant BEGIN = Instant.parse("2026-01-01T12:00:00Z");
	/** A letter a day. */
	public static final int LETTERS = 300;

	private SampleData() {
	}

	/** All of them. */
	public static Extensions extensions() {
		return new Extensions(List.of(new Letters(), new Files(), new Absent(), new Broken()), List.of(new Lines()),
				Extensions.NONE.drills(), Extensions.NONE.storages(), Extensions.NONE.transports());
	}

	/** How a letter was sent. */
	public enum Way {
		/** By post. */
		AIR_MAIL,
		/** By hand. */
		BY_HAND
	}

	/** A conversation. */
	public record Chat(String key, String name) {
	}

	/** A letter. */
	public record Letter(String key, Instant date, Chat chat, String sender, boolean fromMe, String text, Way way,
			long pages, double weight, Duration took, LocalDate due, List<String> stamps, @Nullable String password,
			String constant) implements DataRecord {

		/** The letter of this number. */
		public static Letter of(int number, boolean secrets) {
			return new Letter("letter-" + number, BEGIN.plus(Duration.ofDays(number)),
					new Chat("chat-" + number / 10, "Chat " + number / 10), number % 2 == 0 ? "" : "Zoë",
					number % 2 == 0, "Letter number " + number + "\nwith a second line",
					number % 3 == 0 ? Way.AIR_MAIL : Way.BY_HAND, (number * 7L) % 50, number / 4.0,
					Duration.ofSeconds(number), LocalDate.of(2026, 1, 1).plusDays(number), List.of("red", "blue"),
					secrets ? "secret-" + number : "••••", "always");
		}

		@Override
		public String headline() {
			return "Letter " + key.substring(7);
		}

		@Override
		public String searchText() {
			return text + ' ' + sender;
		}
	}

	private abstract static class Sample implements DataSet {

		private final String id;
		private final String title;

		Sample(String id, String title) {
			this.id = id;
			this.title = title;
		}

		@Override
		public String id() {
			return id;
		}

		@Override
		public String title() {
			return title;
		}

		@Override
		public Class<? extends DataRecord> recordType() {
			return Letter.class;
		}

		@Override
		public List<Source> sources() {
			return List.of();
		}

		@Override
		public Survey survey(BackupContent content, JobMonitor monitor) throws IOException {
			return Survey.absent("Only in encrypted backups.");
		}

		@Override
		public void read(BackupContent content, Selection selection, RecordVisitor visitor, JobMonitor monitor)
				throws IOException {
			// None.
		}
	}

	/** Letters, the same in every backup. */
	public static class Letters extends Sample {

		private final int count;

		/** As many as usual. */
		public Letters() {
			this(LETTERS);
		}

		/** So many. */
		public Letters(int count) {
			super("letters", "Letters");
			this.count = count;
		}

		@Override
		public boolean hasSecrets() {
			return true;
		}

		@Override
		public Survey survey(BackupContent content, JobMonitor monitor) {
			return Survey.present(count, BEGIN, BEGIN.plus(Duration.ofDays(count - 1L)))
					.withParts(Map.of("long", Long.valueOf(count)));
		}

		@Override
		public void read(BackupContent content, Selection selection, RecordVisitor visitor, JobMonitor monitor)
				throws IOException {
			for (int i = 0; i < count && visitor.visit(Letter.of(i, selection.secrets())); i++) {
				monitor.throwIfCancelled();
			}
		}
	}

	/** A file of the backup. */
	public record FileRecord(String key, Instant date, long sizeBytes) implements DataRecord {

		@Override
		public String headline() {
			return key;
		}

		@Override
		public String searchText() {
			return key;
		}
	}

	/** The files of a backup, so that two backups differ. */
	private static final class Files extends Sample {

		Files() {
			super("files", "Files");
		}

		@Override
		public Class<? extends DataRecord> recordType() {
			return FileRecord.class;
		}

		@Override
		public Survey survey(BackupContent content, JobMonitor monitor) throws IOException {
			long[] count = new long[1];
			content.forEach(null, null, file -> ++count[0] > 0);
			return Survey.present(count[0], null, null);
		}

		@Override
		public void read(BackupContent content, Selection selection, RecordVisitor visitor, JobMonitor monitor)
				throws IOException {
			content.forEach(null, null, file -> visitor
					.visit(new FileRecord(file.domain() + '/' + file.path(), file.modified(), file.sizeBytes())));
		}
	}

	private static final class Absent extends Sample {

		Absent() {
			super("health", "Health");
		}
	}

	/** There, but nobody can read it. */
	private static final class Broken extends Sample {

		Broken() {
			super("notes", "Notes");
		}

		@Override
		public Survey survey(BackupContent content, JobMonitor monitor) throws IOException {
			throw new IOException("The database is malformed");
		}

		@Override
		public void read(BackupContent content, Selection selection, RecordVisitor visitor, JobMonitor monitor)
				throws IOException {
			throw new IOException("The database is malformed");
		}
	}

	/** A line a record. */
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
			return List.of(new ExportOption("lines.capitals", "true", "Capitals & nothing else"));
		}

		@Override
		public ExportReport export(ExportRequest request, JobMonitor monitor) throws IOException {
			long[] count = new long[1];
			try (ExportOutput.File file = request.output().create("lines.txt", null)) {
				request.forEach(entry -> {
					count[0]++;
					String secret = entry instanceof Letter letter ? " " + letter.password() : "";
					String headline = request.options().containsKey("lines.capitals")
							? entry.headline().toUpperCase(Locale.ROOT)
							: entry.headline();
					file.content().write((headline + secret + '\n').getBytes(StandardCharsets.UTF_8));
					return true;
				}, monitor);
				file.commit();
			}
			return new ExportReport(count[0], count[0], 1, 2, List.of("A remark."));
		}
	}
}
