// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.virtual.internal.backup;

import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HexFormat;

import org.eclipse.jdt.annotation.Nullable;
import org.sqlite.SQLiteConfig;

/**
 * A manifest's table of files, as iOS 10 and later give it to the host; the device works with it whatever it gives the
 * host. What was put is kept when it is closed, and lost when the process dies before a commit. One thread.
 */
final class ManifestDb implements Closeable {

	private static final HexFormat HEX = HexFormat.of();

	private final Connection connection;
	private final PreparedStatement insert;
	private final PreparedStatement find;
	private final MessageDigest digest = Crypto.sha1();

	private ManifestDb(Connection connection) throws SQLException {
		this.connection = connection;
		insert = connection.prepareStatement("INSERT OR REPLACE INTO Files(fileID, domain, relativePath, flags, file)"
				+ " VALUES(?, ?, ?, ?, ?)");
		find = connection.prepareStatement("SELECT file, flags FROM Files WHERE fileID = ?");
	}

	/** One row. */
	record Row(String fileId, String domain, String path, int flags, byte[] file) {
	}

	/** Is shown the rows. */
	interface Visitor {
		void visit(Row row) throws IOException;
	}

	private interface Work<T> {
		T run() throws SQLException, IOException;
	}

	private static <T> T sql(Work<T> work) throws IOException {
		try {
			return work.run();
		} catch (SQLException e) {
			throw new BackupFailure(BackupFailure.CORRUPT, "Manifest database: " + e.getMessage());
		}
	}

	/** A new, empty one in place of what is there. */
	static ManifestDb create(Path file) throws IOException {
		Files.deleteIfExists(file);
		Files.deleteIfExists(file.resolveSibling(file.getFileName() + "-journal"));
		return sql(() -> {
			Connection connection = connect(file);
			try (Statement statement = connection.createStatement()) {
				statement.execute("PRAGMA page_size = 4096");
				statement.execute("CREATE TABLE Files (fileID TEXT PRIMARY KEY, domain TEXT, relativePath TEXT,"
						+ " flags INTEGER, file BLOB)");
				statement.execute("CREATE TABLE Properties (key TEXT PRIMARY KEY, value BLOB)");
			}
			connection.setAutoCommit(false);
			return new ManifestDb(connection);
		});
	}

	/**
	 * One that a host gave, or the device's own.
	 *
	 * @throws BackupFailure 205 if it is none
	 */
	static ManifestDb open(Path file) throws IOException {
		return sql(() -> {
			Connection connection = connect(file);
			try {
				connection.setAutoCommit(false);
				return new ManifestDb(connection);
			} catch (SQLException e) {
				connection.close();
				throw e;
			}
		});
	}

	private static Connection connect(Path file) throws SQLException {
		SQLiteConfig config = new SQLiteConfig();
		config.setJournalMode(SQLiteConfig.JournalMode.TRUNCATE);
		config.setSynchronous(SQLiteConfig.SynchronousMode.OFF);
		config.setCacheSize(-32_000);
		return config.createConnection("jdbc:sqlite:" + file);
	}

	/** The name of a file in a backup: SHA-1 of domain, dash and path. */
	String fileId(String domain, String path) {
		digest.update(domain.getBytes(StandardCharsets.UTF_8));
		digest.update((byte) '-');
		return HEX.formatHex(digest.digest(path.getBytes(StandardCharsets.UTF_8)));
	}

	void put(Row row) throws IOException {
		sql(() -> {
			insert.setString(1, row.fileId());
			insert.setString(2, row.domain());
			insert.setString(3, row.path());
			insert.setInt(4, row.flags());
			insert.setBytes(5, row.file());
			return insert.executeUpdate();
		});
	}

	/** The entry of a regular file, or null. */
	@Nullable
	MbFile find(String fileId) throws IOException {
		return sql(() -> {
			find.setString(1, fileId);
			try (ResultSet row = find.executeQuery()) {
				return row.next() && row.getInt(2) == MbFile.FLAG_FILE ? MbFile.decode(row.getBytes(1)) : null;
			}
		});
	}

	void commit() throws IOException {
		sql(() -> {
			connection.commit();
			return null;
		});
	}

	/** Completes one that is about to be given to the host. */
	void index() throws IOException {
		sql(() -> {
			connection.commit();
			try (Statement statement = connection.createStatement()) {
				statement.execute("CREATE INDEX IF NOT EXISTS FilesDomainIdx ON Files(domain)");
				statement.execute("CREATE INDEX IF NOT EXISTS FilesRelativePathIdx ON Files(relativePath)");
				statement.execute("CREATE INDEX IF NOT EXISTS FilesFlagsIdx ON Files(flags)");
			}
			connection.commit();
			return null;
		});
	}

	/** Visits the rows of some kind, ordered as asked; ask for nothing else meanwhile but {@link #find}. */
	void forEach(String where, String order, Visitor visitor) throws IOException {
		sql(() -> {
			String query = "SELECT fileID, domain, relativePath, flags, file FROM Files WHERE " + where + " ORDER BY "
					+ order;
			try (Statement statement = connection.createStatement(); ResultSet row = statement.executeQuery(query)) {
				while (row.next()) {
					String id = text(row.getString(1));
					visitor.visit(new Row(id, text(row.getString(2)), text(row.getString(3)), row.getInt(4),
							row.getBytes(5) == null ? new byte[0] : row.getBytes(5)));
				}
			}
			return null;
		});
	}

	/** Is shown one text after the other. */
	interface Names {
		void accept(String name) throws IOException;
	}

	/** Names of payloads that this manifest has and the other has not. */
	void forEachNotIn(Path other, Names names) throws IOException {
		sql(() -> {
			connection.commit();
			connection.setAutoCommit(true);
			try (PreparedStatement attach = connection.prepareStatement("ATTACH DATABASE ? AS other")) {
				attach.setString(1, other.toString());
				attach.execute();
			}
			try (Statement statement = connection.createStatement(); ResultSet row = statement.executeQuery(
					"SELECT fileID FROM main.Files f WHERE flags = 1 AND NOT EXISTS"
							+ " (SELECT 1 FROM other.Files o WHERE o.fileID = f.fileID AND o.flags = 1)")) {
				while (row.next()) {
					names.accept(text(row.getString(1)));
				}
			}
			try (Statement statement = connection.createStatement()) {
				statement.execute("DETACH DATABASE other");
			}
			connection.setAutoCommit(false);
			return null;
		});
	}

	/** How many rows there are. */
	long count() throws IOException {
		return sql(() -> {
			try (Statement statement = connection.createStatement();
					ResultSet row = statement.executeQuery("SELECT count(*) FROM Files")) {
				return Long.valueOf(row.next() ? row.getLong(1) : 0);
			}
		});
	}

	private static String text(@Nullable String text) {
		return text == null ? "" : text;
	}

	@Override
	public void close() throws IOException {
		sql(() -> {
			connection.commit();
			insert.close();
			find.close();
			connection.close();
			return null;
		});
	}
}
