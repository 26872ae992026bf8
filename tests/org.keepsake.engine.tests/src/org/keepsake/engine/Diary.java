// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0

package org.keepsake.engine;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
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
import org.keepsake.core.dataset.Selection;
import org.keepsake.core.dataset.Survey;

/**
 * A data set for tests: {@code HomeDomain/<id>.txt}, a line for each record as {@code key|date or nothing|text}. A line
 * {@code !} makes it fail as careless authors' do, and {@code ?} as the place does that it reads from.
 *
 * @param id what it is called
 */
record Diary(String id) implements DataSet {

	/** A line. */
	public record Page(String key, @Nullable Instant date, String text) implements DataRecord {
		@Override
		public String headline() {
			return text;
		}

		@Override
		public String searchText() {
			return text;
		}
	}

	@Override
	public String title() {
		return id.toUpperCase(java.util.Locale.ROOT);
	}

	@Override
	public Class<? extends DataRecord> recordType() {
		return Page.class;
	}

	@Override
	public List<Source> sources() {
		return List.of(Source.files("HomeDomain", id + ".txt"), Source.database("HomeDomain", id + ".db"));
	}

	@Override
	public Survey survey(BackupContent content, JobMonitor monitor) throws IOException {
		if (content.find("HomeDomain", id + ".txt").isEmpty()) {
			return Survey.absent("");
		}
		long[] count = new long[1];
		read(content, Selection.ALL, entry -> {
			count[0]++;
			return true;
		}, monitor);
		return Survey.present(count[0], null, null);
	}

	@Override
	public void read(BackupContent content, Selection selection, RecordVisitor visitor, JobMonitor monitor)
			throws IOException {
		Optional<ContentFile> file = content.find("HomeDomain", id + ".txt");
		if (file.isEmpty()) {
			return;
		}
		try (BufferedReader lines = new BufferedReader(
				new InputStreamReader(content.open(file.get()), StandardCharsets.UTF_8))) {
			for (String line = lines.readLine(); line != null; line = lines.readLine()) {
				if (line.equals("!")) {
					throw new IndexOutOfBoundsException("a careless author");
				}
				if (line.equals("?")) {
					throw new IOException("Input/output error");
				}
				String[] parts = line.split("\\|", 3);
				Page page = new Page(parts[0], parts[1].isEmpty() ? null : Instant.parse(parts[1]), parts[2]);
				if (!visitor.visit(page)) {
					return;
				}
			}
		}
	}
}
