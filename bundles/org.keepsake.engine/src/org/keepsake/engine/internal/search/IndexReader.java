// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.engine.internal.search;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.core.JobMonitor;
import org.keepsake.engine.SearchRequest;
import org.keepsake.engine.SearchResult;
import org.keepsake.engine.internal.Texts;

/** Asks an index. Used once, by one thread. */
final class IndexReader {

	/** More than these are not ranked: who finds so many wants the newest. */
	private static final long MOST_RANKED = 20_000;
	private static final int EXCERPT_WORDS = 20;

	private final Connection connection;
	private final JobMonitor monitor;

	private record Kind(long id, String name, String title, boolean ascending, @Nullable String trouble) {
		long first() {
			return id << IndexFile.KIND_BITS;
		}

		long last() {
			return (id + 1 << IndexFile.KIND_BITS) - 1;
		}
	}

	IndexReader(Connection connection, JobMonitor monitor) {
		this.connection = connection;
		this.monitor = monitor;
	}

	/** Searches all data sets, or one. @param query as {@link Words#query} makes it */
	SearchResult search(String query, SearchRequest request) throws SQLException {
		List<SearchResult.Group> groups = new ArrayList<>();
		List<String> remarks = new ArrayList<>();
		for (Kind kind : kinds()) {
			if (request.dataSet() != null && !kind.name().equalsIgnoreCase(request.dataSet())) {
				continue;
			}
			String trouble = kind.trouble();
			if (trouble != null) {
				remarks.add(Texts.of("search.not-searched", kind.title(), trouble));
			}
			long matches = count(query, kind);
			if (matches > 0) {
				groups.add(new SearchResult.Group(kind.name(), kind.title(), matches,
						hits(query, kind, matches, request.limit())));
			}
		}
		return new SearchResult(groups, remarks);
	}

	private List<Kind> kinds() throws SQLException {
		List<Kind> kinds = new ArrayList<>();
		try (PreparedStatement statement = connection
				.prepareStatement("SELECT id, name, title, ascending, trouble FROM kind ORDER BY id");
				ResultSet rows = statement.executeQuery()) {
			while (rows.next()) {
				kinds.add(new Kind(rows.getLong(1), text(rows, 2), text(rows, 3), rows.getInt(4) != 0,
						rows.getString(5)));
			}
		}
		return kinds;
	}

	private long count(String query, Kind kind) throws SQLException {
		try (PreparedStatement statement = connection
				.prepareStatement("SELECT count(*) FROM found WHERE found MATCH ? AND rowid BETWEEN ? AND ?")) {
			statement.setString(1, query);
			statement.setLong(2, kind.first());
			statement.setLong(3, kind.last());
			try (JobMonitor.Registration _ = monitor.onCancel(() -> cancel(statement));
					ResultSet rows = statement.executeQuery()) {
				return rows.next() ? rows.getLong(1) : 0;
			}
		}
	}

	private List<SearchResult.Hit> hits(String query, Kind kind, long matches, int limit) throws SQLException {
		String order = matches <= MOST_RANKED ? "rank" : kind.ascending() ? "rowid DESC" : "rowid";
		List<SearchResult.Hit> hits = new ArrayList<>();
		try (PreparedStatement statement = connection.prepareStatement("SELECT rowid, snippet(found, 0, "
				+ Words.marks() + ", '…', " + EXCERPT_WORDS
				+ ") FROM found WHERE found MATCH ? AND rowid BETWEEN ? AND ? ORDER BY " + order + " LIMIT ?");
				PreparedStatement entry = connection
						.prepareStatement("SELECT key, date, headline FROM entry WHERE id = ?")) {
			statement.setString(1, query);
			statement.setLong(2, kind.first());
			statement.setLong(3, kind.last());
			statement.setInt(4, limit);
			try (JobMonitor.Registration _ = monitor.onCancel(() -> cancel(statement));
					ResultSet rows = statement.executeQuery()) {
				while (rows.next()) {
					hits.add(hit(entry, rows.getLong(1), Words.marked(text(rows, 2))));
				}
			}
		}
		return hits;
	}

	private static SearchResult.Hit hit(PreparedStatement entry, long id, Words.Marked excerpt) throws SQLException {
		entry.setLong(1, id);
		try (ResultSet rows = entry.executeQuery()) {
			if (!rows.next()) {
				throw new SQLException("The index lacks the entry " + id);
			}
			long date = rows.getLong(2);
			Instant when = rows.wasNull() ? null : Instant.ofEpochMilli(date);
			return new SearchResult.Hit(text(rows, 1), when, text(rows, 3), excerpt.text(), excerpt.marks());
		}
	}

	private static String text(ResultSet rows, int column) throws SQLException {
		String text = rows.getString(column);
		return text == null ? "" : text;
	}

	private static void cancel(PreparedStatement statement) {
		try {
			statement.cancel();
		} catch (SQLException e) {
			// It has ended already.
		}
	}
}
