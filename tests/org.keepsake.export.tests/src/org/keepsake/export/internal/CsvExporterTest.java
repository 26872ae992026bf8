// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.export.internal;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.core.JobMonitor;
import org.keepsake.core.dataset.BackupContent;
import org.keepsake.core.dataset.ContentFile;
import org.keepsake.core.dataset.DataRecord;
import org.keepsake.core.dataset.DataSet;
import org.keepsake.core.dataset.Exporter;
import org.keepsake.core.dataset.Selection;
import org.keepsake.core.dataset.Survey;
import org.keepsake.testing.ExporterContract;
import org.keepsake.testing.FolderContent;

/** The table keeps what all exporters promise; what is in it is told in {@link ExportersTest}. */
class CsvExporterTest extends ExporterContract {

	private static final String DOMAIN = "HomeDomain";
	private static final String FILE = "lines.txt";

	/** A line of a file. */
	public record Line(String key, @Nullable Instant date, String headline) implements DataRecord {
		@Override
		public String searchText() {
			return headline;
		}
	}

	private static final class Lines implements DataSet {
		@Override
		public String id() {
			return "lines";
		}

		@Override
		public String title() {
			return "Lines";
		}

		@Override
		public Class<? extends DataRecord> recordType() {
			return Line.class;
		}

		@Override
		public List<Source> sources() {
			return List.of(Source.files(DOMAIN, FILE));
		}

		@Override
		public Survey survey(BackupContent content, JobMonitor monitor) {
			throw new AssertionError("An exporter reads");
		}

		@Override
		public void read(BackupContent content, Selection selection, RecordVisitor visitor, JobMonitor monitor)
				throws IOException {
			Optional<ContentFile> file = content.find(DOMAIN, FILE);
			if (file.isPresent()) {
				try (InputStream in = content.open(file.get())) {
					for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n")) {
						visitor.visit(new Line(line, null, line));
					}
				}
			}
		}
	}

	@Override
	protected Exporter exporter() {
		return new CsvExporter();
	}

	@Override
	protected DataSet dataSet() {
		return new Lines();
	}

	@Override
	protected void fill(FolderContent content) throws Exception {
		content.put(DOMAIN, FILE, "one\ntwo");
	}
}
