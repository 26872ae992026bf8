// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ios.backup.internal;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.function.Consumer;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.core.JobMonitor;
import org.keepsake.ios.backup.BackupFile;
import org.keepsake.ios.backup.FileFilter;

/**
 * {@code Manifest.db}, of iOS 10 and later: table {@code Files(fileID, domain, relativePath, flags, file)}. Opened as
 * immutable, so that not even a journal appears beside it. Each visit has its own connection.
 */
final class DatabaseIndex implements Index {

	private static final int MAX_CELL = 16 << 20;
	private static final int MAX_FLAWS = 100;
	private static final String BY_ID = IndexRows.COLUMNS + " WHERE fileID = ?";
	private static final String BY_PATH = IndexRows.COLUMNS + " WHERE relativePath = ?";

	private final Path file;
	private final Closeable owned;
	private final Object lookupLock = new Object();
	/* For find: there are many of them, and each alone is quick. */
	private @Nullable Connection lookup;
	private boolean closed;

	/**
	 * @param file  the database in clear
	 * @param owned closed with the index: what holds a temporary copy
	 */
	DatabaseIndex(Path file, Closeable owned) {
		this.file = file;
		this.owned = owned;
	}

	@Override
	public String fileName() {
		return "Manifest.db";
	}

	private Connection connect() throws SQLException {
		return Sqlite.read(file, MAX_CELL);
	}

	@Override
	public void forEach(FileFilter filter, boolean checking, IndexEntry.Visitor visitor) throws IOException {
		forEach(filter, checking, Long.MIN_VALUE, visitor);
	}

	/** The same, without the rows up to a number. */
	void forEach(FileFilter filter, boolean checking, long after, IndexEntry.Visitor visitor) throws IOException {
		int places;
		try (Connection connection = connect()) {
			requireTable(connection);
			places = new DatabaseScan(connection, filter, checking, after, visitor).run();
		} catch (SQLException e) {
			throw new IndexException(Texts.text("index.unreadable", fileName()), e);
		}
		if (places > 0) {
			throw new IndexException(Texts.text("index.gaps", fileName(), places), null);
		}
	}

	/* A view of that name could make us compute for ever. */
	private void requireTable(Connection connection) throws SQLException, IndexException {
		try (Statement statement = connection.createStatement();
				ResultSet rows = statement
						.executeQuery("SELECT 1 FROM sqlite_master WHERE name = 'Files' COLLATE NOCASE"
								+ " AND type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%'")) {
			if (!rows.next()) {
				throw new IndexException(Texts.text("index.no-table", fileName()), null);
			}
		}
	}

	@Override
	public void check(JobMonitor monitor, Consumer<String> flaws) throws IOException {
		try (Connection connection = connect(); Statement statement = connection.createStatement()) {
			try (JobMonitor.Registration _ = monitor.onCancel(() -> cancel(statement));
					ResultSet rows = statement.executeQuery("PRAGMA quick_check(" + MAX_FLAWS + ")")) {
				while (rows.next()) {
					String line = rows.getString(1);
					if (line != null && !line.equals("ok")) {
						flaws.accept(Texts.text("index.check", line.lines().findFirst().orElse("").strip()));
					}
				}
			}
		} catch (SQLException e) {
			monitor.throwIfCancelled();
			flaws.accept(Texts.text("index.unreadable", fileName()));
		}
	}

	private static void cancel(Statement statement) {
		try {
			statement.cancel();
		} catch (SQLException e) {
			// It ended in the meantime.
			return;
		}
	}

	@Override
	public @Nullable BackupFile find(String domain, String path, boolean thorough) throws IOException {
		synchronized (lookupLock) {
			if (closed) {
				throw new IOException("The backup was closed");
			}
			try {
				Connection connection = lookup;
				if (connection == null) {
					connection = connect();
					lookup = connection;
					requireTable(connection);
				}
				BackupFile found = find(connection, domain, path, BY_ID, FileIds.of(FileIds.sha1(), domain, path));
				return found != null || !thorough ? found : find(connection, domain, path, BY_PATH, path);
			} catch (SQLException e) {
				throw new IndexException(Texts.text("index.unreadable", fileName()), e);
			}
		}
	}

	private static @Nullable BackupFile find(Connection connection, String domain, String path, String query,
			String argument) throws SQLException {
		try (PreparedStatement statement = connection.prepareStatement(query)) {
			statement.setString(1, argument);
			try (ResultSet rows = statement.executeQuery()) {
				IndexRows reader = new IndexRows(rows, false);
				while (rows.next()) {
					BackupFile file = reader.entry().file();
					if (file.domain().equals(domain) && file.path().equals(path)) {
						return file;
					}
				}
				return null;
			}
		}
	}

	@Override
	public void close() throws IOException {
		try (owned) {
			synchronized (lookupLock) {
				closed = true;
				Connection connection = lookup;
				lookup = null;
				if (connection != null) {
					connection.close();
				}
			}
		} catch (SQLException e) {
			throw new IOException("The list of files could not be closed", e);
		}
	}
}
