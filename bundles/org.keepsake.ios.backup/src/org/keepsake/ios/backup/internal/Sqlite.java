// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ios.backup.internal;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

import org.sqlite.JDBC;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.Pragma;
import org.sqlite.SQLiteOpenMode;

/**
 * Opens SQLite databases that somebody else made: with what {@code sqlite.org/security.html} advises against files that
 * may be hostile. Extensions are never loaded, and no other file can be attached.
 */
final class Sqlite {

	/** As much as one value may hold. */
	static final int MAX_VALUE = 64 << 20;

	private static final List<String> CAUTION = List.of("PRAGMA trusted_schema=OFF", "PRAGMA cell_size_check=ON",
			"PRAGMA mmap_size=0");

	private Sqlite() {
	}

	/** Opens a file that nobody changes, for reading alone: nothing appears beside it. @param maxValue in bytes */
	static Connection read(Path file, int maxValue) throws SQLException {
		SQLiteConfig config = config(maxValue);
		config.setReadOnly(true);
		Connection connection = connect(file, "?mode=ro&immutable=1", config);
		try (Statement statement = connection.createStatement()) {
			statement.execute("PRAGMA query_only=ON");
			return connection;
		} catch (SQLException e) {
			connection.close();
			throw e;
		}
	}

	/**
	 * Brings what is whole in the write-ahead log beside the database into it. The log is gone afterwards.
	 *
	 * @param file a copy that nobody else uses
	 */
	static void mergeLog(Path file) throws SQLException {
		try (Connection connection = connect(file, "?mode=rw", config(MAX_VALUE));
				Statement statement = connection.createStatement()) {
			// Alone, SQLite needs no file for shared memory; and a copy that a crash spoils is made anew.
			statement.execute("PRAGMA locking_mode=EXCLUSIVE");
			statement.execute("PRAGMA synchronous=OFF");
			statement.execute("PRAGMA wal_checkpoint(TRUNCATE)");
		}
	}

	private static SQLiteConfig config(int maxValue) {
		SQLiteConfig config = new SQLiteConfig();
		config.setOpenMode(SQLiteOpenMode.OPEN_URI);
		config.setPragma(Pragma.LIMIT_LENGTH, String.valueOf(maxValue));
		config.setPragma(Pragma.LIMIT_ATTACHED, "0");
		return config;
	}

	private static Connection connect(Path file, String how, SQLiteConfig config) throws SQLException {
		Connection connection = JDBC.createConnection("jdbc:sqlite:" + file.toUri() + how, config.toProperties());
		try (Statement statement = connection.createStatement()) {
			for (String each : CAUTION) {
				statement.execute(each);
			}
			return connection;
		} catch (SQLException e) {
			connection.close();
			throw e;
		}
	}
}
