// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ios.backup.internal;

import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.core.JobMonitor;
import org.keepsake.ios.backup.BackupFile;
import org.keepsake.ios.backup.BackupFile.Kind;
import org.keepsake.ios.backup.FileFilter;
import org.keepsake.ios.backup.StoredContent;
import org.keepsake.ios.backup.plist.PlistException;

/**
 * {@code Manifest.db}, of iOS 10 and later: table {@code Files(fileID, domain, relativePath, flags, file)}. Opened as
 * immutable, so that not even a journal appears beside it. Each visit has its own connection.
 */
final class DatabaseIndex implements Index {

	private static final int MAX_CELL = 16 << 20;
	private static final int MAX_FLAWS = 100;
	private static final String COLUMNS = "SELECT fileID, domain, relativePath, flags, file FROM Files";
	private static final String BY_ID = COLUMNS + " WHERE fileID = ?";
	private static final String BY_PATH = COLUMNS + " WHERE relativePath = ?";

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
		Query query = new Query(filter);
		try (Connection connection = connect()) {
			requireTable(connection);
			try (PreparedStatement statement = connection.prepareStatement(query.sql)) {
				for (int i = 0; i < query.arguments.size(); i++) {
					statement.setString(i + 1, query.arguments.get(i));
				}
				try (ResultSet rows = statement.executeQuery()) {
					Rows reader = new Rows(rows, checking);
					while (rows.next()) {
						if (reader.matches(query) && !visitor.visit(reader.entry())) {
							return;
						}
					}
				}
			}
		} catch (SQLException e) {
			throw new IndexException(Texts.text("index.unreadable", fileName()), e);
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
				Rows reader = new Rows(rows, false);
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

	/** The part of a filter that SQLite's indexes answer, and the part that is left. */
	private static final class Query {

		private final String sql;
		private final List<String> arguments = new ArrayList<>();
		private final Predicate<String> domain;
		private final Predicate<String> path;

		Query(FileFilter filter) {
			List<String> conditions = new ArrayList<>();
			domain = part(filter.domain(), "domain", conditions);
			path = part(filter.path(), "relativePath", conditions);
			sql = conditions.isEmpty() ? COLUMNS : COLUMNS + " WHERE " + String.join(" AND ", conditions);
		}

		private Predicate<String> part(@Nullable String text, String column, List<String> conditions) {
			if (text == null) {
				return any -> true;
			}
			Glob glob = new Glob(text);
			String literal = glob.literal();
			if (literal != null) {
				conditions.add(column + " = ?");
				arguments.add(literal);
			}
			return glob;
		}
	}

	/** Turns rows into entries; whatever a row holds, there is an entry. */
	private static final class Rows {

		private final ResultSet rows;
		private final @Nullable MessageDigest sha1;

		Rows(ResultSet rows, boolean checking) {
			this.rows = rows;
			sha1 = checking ? FileIds.sha1() : null;
		}

		boolean matches(Query query) throws SQLException {
			return query.domain.test(text(2)) && query.path.test(text(3));
		}

		private String text(int column) throws SQLException {
			String text = rows.getString(column);
			return text == null ? "" : text;
		}

		IndexEntry entry() throws SQLException {
			String id = text(1);
			String domain = text(2);
			String path = text(3);
			FileRecord record;
			String flaw = null;
			try {
				byte[] archive = rows.getBytes(5);
				if (archive == null) {
					throw new PlistException("nothing there");
				}
				record = FileRecord.decode(archive);
			} catch (PlistException e) {
				flaw = Texts.text("entry.record", e.getMessage());
				record = new FileRecord(0, 0, FileRecord.moment(0), 0, null, StoredContent.unreadable(flaw));
			}
			BackupFile file = new BackupFile(domain, path, id, kind(rows.getInt(4), record.mode()), record.sizeBytes(),
					record.mode(), record.modified(), record.protectionClass(), record.linkTarget(), record.content());
			MessageDigest digest = sha1;
			if (digest != null && flaw == null) {
				flaw = flaw(digest, file);
			}
			return new IndexEntry(file, flaw);
		}

		private @Nullable String flaw(MessageDigest digest, BackupFile file) throws SQLException {
			if (!FileIds.isValid(file.fileId())) {
				return Texts.text("entry.id-form");
			}
			if (file.domain().isEmpty() || file.domain().indexOf('/') >= 0) {
				return Texts.text("entry.domain");
			}
			if (!FileIds.of(digest, bytes(2, file.domain()), bytes(3, file.path())).equals(file.fileId())) {
				return Texts.text("entry.id-other");
			}
			return null;
		}

		/* Bytes that are no UTF-8 do not survive the way through a string. */
		private byte[] bytes(int column, String text) throws SQLException {
			byte[] raw = text.indexOf('\uFFFD') < 0 ? null : rows.getBytes(column);
			return raw == null ? text.getBytes(StandardCharsets.UTF_8) : raw;
		}

		private static Kind kind(int flags, int mode) {
			return switch (flags & 7) {
				case 1 -> Kind.FILE;
				case 2 -> Kind.DIRECTORY;
				case 4 -> Kind.LINK;
				default -> Modes.kind(mode);
			};
		}
	}
}
