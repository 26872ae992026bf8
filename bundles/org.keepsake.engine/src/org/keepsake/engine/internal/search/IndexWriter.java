// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.engine.internal.search;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.time.Instant;
import java.util.List;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.core.CancelledException;
import org.keepsake.core.JobEvent;
import org.keepsake.core.JobMonitor;
import org.keepsake.core.Problem;
import org.keepsake.core.ProblemException;
import org.keepsake.core.dataset.DataRecord;
import org.keepsake.core.dataset.DataSet;
import org.keepsake.core.dataset.Selection;
import org.keepsake.core.dataset.Survey;
import org.keepsake.engine.OpenedBackup;
import org.keepsake.engine.internal.Failures;
import org.keepsake.engine.internal.Texts;

/** Makes an index of all that the data sets read. Used once, by one thread. */
final class IndexWriter {

	private static final System.Logger LOG = System.getLogger("org.keepsake.engine.search");
	private static final int BATCH = 500;
	private static final int MAX_HEADLINE = 120;

	private final OpenedBackup backup;
	private final JobMonitor monitor;
	private @Nullable Instant first;
	private @Nullable Instant last;
	private long records;
	private int pending;

	IndexWriter(OpenedBackup backup, JobMonitor monitor) {
		this.backup = backup;
		this.monitor = monitor;
	}

	/** Writes the index into a file that is not there yet. */
	void write(Path file, String fingerprint) throws IOException, SQLException {
		monitor.report(new JobEvent.Phase("indexing", Texts.of("phase.indexing")));
		try (Connection connection = IndexFile.create(file)) {
			List<DataSet> dataSets = backup.dataSets();
			for (int i = 0; i < dataSets.size(); i++) {
				kind(connection, i + 1, dataSets.get(i));
			}
			try (PreparedStatement about = connection.prepareStatement("INSERT INTO about VALUES(?, ?)");
					Statement statement = connection.createStatement()) {
				about.setString(1, "fingerprint");
				about.setString(2, fingerprint);
				about.executeUpdate();
				monitor.throwIfCancelled();
				statement.execute("INSERT INTO found(found) VALUES('optimize')");
			}
			connection.commit();
		}
	}

	private void kind(Connection connection, int number, DataSet dataSet) throws IOException, SQLException {
		String trouble = null;
		first = null;
		last = null;
		long before = records;
		try {
			if (backup.survey(dataSet, monitor).presence() != Survey.Presence.ABSENT) {
				entries(connection, (long) number << IndexFile.KIND_BITS, dataSet);
			}
		} catch (CancelledException e) {
			throw e;
		} catch (IndexFailure e) {
			throw e.failure();
		} catch (IOException e) {
			LOG.log(System.Logger.Level.WARNING, "A data set is not or only partly searched: " + dataSet.id(), e);
			trouble = sentence(e);
		}
		Instant from = first;
		Instant to = last;
		try (PreparedStatement kind = connection.prepareStatement("INSERT INTO kind VALUES(?, ?, ?, ?, ?, ?)")) {
			kind.setInt(1, number);
			kind.setString(2, dataSet.id());
			kind.setString(3, dataSet.title());
			kind.setLong(4, records - before);
			kind.setInt(5, from == null || to == null || !from.isAfter(to) ? 1 : 0);
			kind.setString(6, trouble);
			kind.executeUpdate();
		}
	}

	/** The index itself fails, not the data set: this must not be taken for a fault of the data set. */
	private static final class IndexFailure extends IOException {

		private static final long serialVersionUID = 1;

		IndexFailure(SQLException cause) {
			super(cause);
		}

		SQLException failure() {
			return getCause() instanceof SQLException sql ? sql : new SQLException(this);
		}
	}

	private void entries(Connection connection, long base, DataSet dataSet) throws IOException, SQLException {
		try (PreparedStatement entry = connection.prepareStatement("INSERT INTO entry VALUES(?, ?, ?, ?)");
				PreparedStatement text = connection.prepareStatement("INSERT INTO found(rowid, text) VALUES(?, ?)")) {
			long[] next = { base };
			try {
				read(dataSet, entry, text, next);
			} finally {
				// What a data set gave before it failed can be found.
				flush(entry, text);
			}
		}
	}

	private void read(DataSet dataSet, PreparedStatement entry, PreparedStatement text, long[] next)
			throws IOException {
		backup.read(dataSet, Selection.ALL, found -> {
			try {
				add(entry, text, next[0]++, found);
				if (++pending % BATCH == 0) {
					flush(entry, text);
					monitor.report(new JobEvent.Progress(-1, 0, -1, records, -1));
				}
			} catch (SQLException e) {
				throw new IndexFailure(e);
			}
			return true;
		}, monitor);
	}

	private static void flush(PreparedStatement entry, PreparedStatement text) throws SQLException {
		entry.executeBatch();
		text.executeBatch();
	}

	private void add(PreparedStatement entry, PreparedStatement text, long id, DataRecord found) throws SQLException {
		String searched = found.searchText();
		String headline = found.headline();
		Instant date = found.date();
		if (date != null) {
			first = first == null ? date : first;
			last = date;
		}
		entry.setLong(1, id);
		entry.setString(2, found.key());
		if (date == null) {
			entry.setNull(3, Types.INTEGER);
		} else {
			entry.setLong(3, date.toEpochMilli());
		}
		entry.setString(4, headline.length() > MAX_HEADLINE ? headline.substring(0, MAX_HEADLINE) : headline);
		entry.addBatch();
		text.setLong(1, id);
		text.setString(2, Words.indexed(searched.isBlank() ? headline : searched));
		text.addBatch();
		records++;
	}

	private static String sentence(IOException e) {
		if (e instanceof ProblemException known) {
			Problem problem = known.problem();
			return problem.title();
		}
		return Failures.sentence(e);
	}
}
