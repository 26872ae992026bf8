// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.virtual.internal.content;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.virtual.VirtualFile;
import org.keepsake.virtual.VirtualFile.Kind;
import org.sqlite.SQLiteConfig;

/** One connection to the database of entries, with its prepared statements. One thread at a time. */
final class EntryTable implements Closeable {

	/** Where the content of an entry is: nowhere, since it has none. */
	static final int NOWHERE = 0;
	/** In the table {@code content}, under its id. */
	static final int ROW = 1;
	/** In a file named after its id. */
	static final int BLOB = 2;
	/** Made from a seed. */
	static final int RECIPE = 3;

	static final String COLUMNS = "domain, path, kind, mode, uid, gid, inode, modified, changed, born, size, class,"
			+ " target, attributes, place, content";
	private static final String BELOW = "domain = ?1 AND (path = ?2 OR (path >= ?3 AND path < ?4))";
	private static final int BUSY_MILLIS = 60_000;

	private final Connection connection;
	private final Map<String, PreparedStatement> statements = new HashMap<>();

	EntryTable(Path database) throws SQLException {
		SQLiteConfig config = new SQLiteConfig();
		config.setBusyTimeout(BUSY_MILLIS);
		config.setJournalMode(SQLiteConfig.JournalMode.WAL);
		config.setSynchronous(SQLiteConfig.SynchronousMode.OFF);
		config.setCacheSize(-16_000);
		connection = config.createConnection("jdbc:sqlite:" + database);
	}

	void create() throws SQLException {
		try (Statement statement = connection.createStatement()) {
			statement.execute("CREATE TABLE IF NOT EXISTS entry(domain TEXT NOT NULL, path TEXT NOT NULL, kind INTEGER,"
					+ " mode INTEGER, uid INTEGER, gid INTEGER, inode INTEGER, modified INTEGER, changed INTEGER,"
					+ " born INTEGER, size INTEGER, class INTEGER, target TEXT, attributes BLOB, place INTEGER,"
					+ " content INTEGER, PRIMARY KEY(domain, path)) WITHOUT ROWID");
			statement.execute("CREATE TABLE IF NOT EXISTS content(id INTEGER PRIMARY KEY, bytes BLOB)");
			statement.execute("CREATE TABLE IF NOT EXISTS counter(name TEXT PRIMARY KEY, value INTEGER)");
			statement.execute("CREATE TABLE IF NOT EXISTS garbage(blob INTEGER PRIMARY KEY, since INTEGER)");
		}
	}

	void execute(String sql) throws SQLException {
		try (Statement statement = connection.createStatement()) {
			statement.execute(sql);
		}
	}

	PreparedStatement prepared(String sql) throws SQLException {
		PreparedStatement statement = statements.get(sql);
		if (statement == null) {
			statement = connection.prepareStatement(sql);
			statements.put(sql, statement);
		}
		return statement;
	}

	/** What is needed to read an entry's content. */
	record Stored(VirtualFile file, int place, long content) {
	}

	@Nullable
	Stored find(String domain, String path) throws SQLException {
		PreparedStatement select = prepared("SELECT " + COLUMNS + " FROM entry WHERE domain = ? AND path = ?");
		select.setString(1, domain);
		select.setString(2, path);
		try (ResultSet row = select.executeQuery()) {
			return row.next() ? stored(row) : null;
		}
	}

	static Stored stored(ResultSet row) throws SQLException {
		VirtualFile file = new VirtualFile(row.getString(1), row.getString(2), Kind.values()[row.getInt(3)],
				row.getInt(4), row.getInt(5), row.getInt(6), row.getLong(7), instant(row.getLong(8)),
				instant(row.getLong(9)), instant(row.getLong(10)), row.getLong(11), row.getInt(12), row.getString(13),
				row.getBytes(14));
		return new Stored(file, row.getInt(15), row.getLong(16));
	}

	byte[] content(long id) throws SQLException, IOException {
		PreparedStatement select = prepared("SELECT bytes FROM content WHERE id = ?");
		select.setLong(1, id);
		try (ResultSet row = select.executeQuery()) {
			if (!row.next()) {
				throw new IOException("content " + id + " is gone");
			}
			return row.getBytes(1);
		}
	}

	void put(VirtualFile file, int place, long content) throws SQLException {
		discard(file.domain(), file.path());
		PreparedStatement insert = prepared("INSERT OR REPLACE INTO entry(" + COLUMNS
				+ ") VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
		insert.setString(1, file.domain());
		insert.setString(2, file.path());
		insert.setInt(3, file.kind().ordinal());
		insert.setInt(4, file.mode());
		insert.setInt(5, file.uid());
		insert.setInt(6, file.gid());
		insert.setLong(7, file.inode());
		insert.setLong(8, nanos(file.modified()));
		insert.setLong(9, nanos(file.changed()));
		insert.setLong(10, nanos(file.born()));
		insert.setLong(11, file.sizeBytes());
		insert.setInt(12, file.protectionClass());
		insert.setString(13, file.linkTarget());
		insert.setBytes(14, file.extendedAttributes());
		insert.setInt(15, place);
		insert.setLong(16, content);
		insert.executeUpdate();
	}

	void putContent(long id, byte[] bytes) throws SQLException {
		PreparedStatement insert = prepared("INSERT INTO content(id, bytes) VALUES(?, ?)");
		insert.setLong(1, id);
		insert.setBytes(2, bytes);
		insert.executeUpdate();
	}

	/** Lets go of the content of one entry that is about to be replaced. */
	private void discard(String domain, String path) throws SQLException {
		PreparedStatement select = prepared("SELECT place, content FROM entry WHERE domain = ? AND path = ?");
		select.setString(1, domain);
		select.setString(2, path);
		int place = NOWHERE;
		long content = 0;
		try (ResultSet row = select.executeQuery()) {
			if (row.next()) {
				place = row.getInt(1);
				content = row.getLong(2);
			}
		}
		if (place == ROW) {
			PreparedStatement delete = prepared("DELETE FROM content WHERE id = ?");
			delete.setLong(1, content);
			delete.executeUpdate();
		} else if (place == BLOB) {
			PreparedStatement insert = prepared("INSERT OR IGNORE INTO garbage(blob, since) VALUES(?, ?)");
			insert.setLong(1, content);
			insert.setLong(2, System.currentTimeMillis());
			insert.executeUpdate();
		}
	}

	/** Removes an entry and all below it. */
	void remove(String domain, String path) throws SQLException {
		below("DELETE FROM content WHERE id IN (SELECT content FROM entry WHERE place = 1 AND " + BELOW + ")", domain,
				path);
		below("INSERT OR IGNORE INTO garbage SELECT content, " + System.currentTimeMillis()
				+ " FROM entry WHERE place = 2 AND " + BELOW, domain, path);
		below("DELETE FROM entry WHERE " + BELOW, domain, path);
	}

	private void below(String sql, String domain, String path) throws SQLException {
		try (PreparedStatement statement = connection.prepareStatement(sql)) {
			statement.setString(1, domain);
			statement.setString(2, path);
			statement.setString(3, path.isEmpty() ? "" : path + "/");
			statement.setString(4, path.isEmpty() ? "\uDBFF\uDFFF" : path + "0");
			statement.executeUpdate();
		}
	}

	long number(String sql) throws SQLException {
		try (Statement statement = connection.createStatement(); ResultSet row = statement.executeQuery(sql)) {
			return row.next() ? row.getLong(1) : 0;
		}
	}

	private static Instant instant(long nanos) {
		return Instant.ofEpochSecond(Math.floorDiv(nanos, 1_000_000_000L), Math.floorMod(nanos, 1_000_000_000L));
	}

	private static long nanos(Instant instant) {
		return Math.addExact(Math.multiplyExact(instant.getEpochSecond(), 1_000_000_000L), instant.getNano());
	}

	@Override
	public void close() throws IOException {
		try {
			for (PreparedStatement statement : statements.values()) {
				statement.close();
			}
			connection.close();
		} catch (SQLException e) {
			throw new IOException("closing the file store", e);
		}
	}
}
