// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.engine.internal.search;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

import org.sqlite.JDBC;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteOpenMode;

/**
 * The database that an index is: {@code about(name, value)}, {@code kind(id, name, title, records, ascending, trouble)},
 * {@code entry(id, key, date, headline)} and the full-text table {@code found(text)} of SQLite's FTS5. A data set's
 * records have the numbers from its own shifted by {@value #KIND_BITS} bits on, in the order in which it gives them.
 */
final class IndexFile {

	/** Changed with the layout. */
	static final String FORMAT = "1";
	/** A data set has at most so many records. */
	static final int KIND_BITS = 40;

	private static final List<String> TABLES = List.of(
			"CREATE TABLE about(name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
			"CREATE TABLE kind(id INTEGER PRIMARY KEY, name TEXT NOT NULL, title TEXT NOT NULL, records INTEGER NOT NULL,"
					+ " ascending INTEGER NOT NULL, trouble TEXT)",
			"CREATE TABLE entry(id INTEGER PRIMARY KEY, key TEXT NOT NULL, date INTEGER, headline TEXT NOT NULL)",
			"CREATE VIRTUAL TABLE found USING fts5(text, tokenize = \"unicode61 remove_diacritics 2 categories 'L* N* Co So'\")");

	private IndexFile() {
	}

	/** A new one, for writing; worthless until it is closed in order. */
	static Connection create(Path file) throws SQLException {
		SQLiteConfig config = new SQLiteConfig();
		Connection connection = JDBC.createConnection("jdbc:sqlite:" + file, config.toProperties());
		try (Statement statement = connection.createStatement()) {
			statement.execute("PRAGMA page_size=8192");
			statement.execute("PRAGMA journal_mode=OFF");
			statement.execute("PRAGMA synchronous=OFF");
			statement.execute("PRAGMA locking_mode=EXCLUSIVE");
			statement.execute("PRAGMA cache_size=-32000");
			for (String table : TABLES) {
				statement.execute(table);
			}
			connection.setAutoCommit(false);
			return connection;
		} catch (SQLException e) {
			connection.close();
			throw e;
		}
	}

	/** One that is there, for reading. */
	static Connection open(Path file) throws SQLException {
		SQLiteConfig config = new SQLiteConfig();
		config.setReadOnly(true);
		config.setOpenMode(SQLiteOpenMode.OPEN_URI);
		Connection connection = JDBC.createConnection("jdbc:sqlite:" + file.toUri() + "?mode=ro&immutable=1",
				config.toProperties());
		try (Statement statement = connection.createStatement()) {
			statement.execute("PRAGMA trusted_schema=ON");
			statement.execute("PRAGMA cell_size_check=ON");
			statement.execute("PRAGMA query_only=ON");
			statement.execute("PRAGMA cache_size=-32000");
			return connection;
		} catch (SQLException e) {
			connection.close();
			throw e;
		}
	}
}
