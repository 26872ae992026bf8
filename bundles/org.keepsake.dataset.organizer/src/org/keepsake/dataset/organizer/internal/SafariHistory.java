// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.dataset.organizer.internal;

import java.io.IOException;
import java.sql.SQLException;
import java.util.List;

import org.keepsake.core.JobMonitor;
import org.keepsake.core.dataset.BackupContent;
import org.keepsake.core.dataset.ContentFile;
import org.keepsake.core.dataset.DataSet.RecordVisitor;
import org.keepsake.dataset.base.Row;
import org.keepsake.dataset.base.Tables;
import org.keepsake.dataset.organizer.SafariPage;
import org.keepsake.dataset.organizer.SafariPage.Kind;

/**
 * Visits in {@code History.db}, since iOS 8. Schema: {@code abrignoni/iLEAPP} {@code scripts/artifacts/safariHistory.py}.
 *
 * @param prefix  makes keys unique among several such files
 * @param profile the name of the profile; empty for the first
 */
record SafariHistory(BackupContent content, ContentFile file, String prefix, String profile) implements SafariFile {

	@Override
	public void survey(SafariTally tally, JobMonitor monitor) throws IOException {
		try (Tables tables = Tables.open(content, file)) {
			tally.count(Kind.VISIT, tables.count("SELECT COUNT(*) FROM history_visits"));
			for (String range : List.of("<=", ">")) {
				tables.query("SELECT MIN(visit_time) AS low, MAX(visit_time) AS high FROM history_visits"
						+ " WHERE visit_time != 0 AND visit_time " + range + ' ' + (long) UNIX, List.of(), row -> {
							tally.date(SafariFile.time(row.number("low")));
							tally.date(SafariFile.time(row.number("high")));
							return false;
						});
			}
		}
	}

	@Override
	public boolean read(RecordVisitor visitor, JobMonitor monitor) throws IOException {
		boolean[] goOn = { true };
		try (Tables tables = Tables.open(content, file)) {
			tables.query("SELECT v.id AS id, " + tables.columns("history_visits", "v", "visit_time", "title", "origin")
					+ ", i.url AS url, " + tables.columns("history_items", "i", "visit_count")
					+ " FROM history_visits v LEFT JOIN history_items i ON i.id = v.history_item ORDER BY v.id",
					List.of(), row -> {
						monitor.throwIfCancelled();
						goOn[0] = visitor.visit(page(row));
						return goOn[0];
					});
		}
		return goOn[0];
	}

	private SafariPage page(Row row) throws SQLException {
		return new SafariPage("visit-" + prefix + row.integer("id"), Kind.VISIT, row.textOrEmpty("title"),
				row.textOrEmpty("url"), SafariFile.time(row.number("visit_time")), List.of(), profile, false, "",
				Math.max(0, row.integer("visit_count")), row.integer("origin") == 1, "");
	}
}
