// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.dataset.base;

import java.io.Closeable;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.core.ProblemException;
import org.keepsake.core.dataset.BackupContent;
import org.keepsake.core.dataset.ContentDatabase;
import org.keepsake.core.dataset.ContentFile;

/**
 * A SQLite database of a backup, read by the tables and columns that are there: those of another iOS may lack some. For
 * one thread. What SQLite refuses becomes {@link DataProblems#UNREADABLE}.
 */
public final class Tables implements Closeable {

	private final ContentFile file;
	private final ContentDatabase database;
	private final Map<String, Set<String>> columns = new HashMap<>();

	private Tables(ContentFile file, ContentDatabase database) {
		this.file = file;
		this.database = database;
	}

	/** Opens the database of that name; empty if the backup has none. */
	public static Optional<Tables> open(BackupContent content, String domain, String path) throws IOException {
		Optional<ContentFile> file = content.find(domain, path);
		return file.isEmpty() ? Optional.empty() : Optional.of(open(content, file.get()));
	}

	/** Opens the database. */
	public static Tables open(BackupContent content, ContentFile file) throws IOException {
		return new Tables(file, content.database(file));
	}

	/** Where it is. */
	public ContentFile file() {
		return file;
	}

	/** The connection, for what goes beyond this class. */
	public Connection connection() {
		return database.connection();
	}

	/** Whether the table, or view, is there. */
	public boolean has(String table) throws IOException {
		return !columns(table).isEmpty();
	}

	/** Whether the table has the column. */
	public boolean has(String table, String column) throws IOException {
		return columns(table).contains(column.toLowerCase(Locale.ROOT));
	}

	/** The first of the columns that the table has; null if it has none of them. */
	public @Nullable String firstOf(String table, String... candidates) throws IOException {
		for (String candidate : candidates) {
			if (has(table, candidate)) {
				return candidate;
			}
		}
		return null;
	}

	/** The names of a table's columns in lower case, sorted; empty if there is no such table. */
	public Set<String> columns(String table) throws IOException {
		String key = table.toLowerCase(Locale.ROOT);
		Set<String> known = columns.get(key);
		if (known == null) {
			Set<String> found = new TreeSet<>();
			query("SELECT name FROM pragma_table_info(?)", List.of(table), row -> {
				found.add(row.textOrEmpty("name").toLowerCase(Locale.ROOT));
				return true;
			});
			known = found;
			columns.put(key, known);
		}
		return known;
	}

	/** The names of the tables that are like the pattern, such as {@code Z\_%ASSETS}, where {@code \} escapes; sorted. */
	public List<String> tablesLike(String pattern) throws IOException {
		List<String> found = new ArrayList<>();
		query("SELECT name FROM sqlite_master WHERE type = 'table' AND name LIKE ? ESCAPE '\\' ORDER BY name",
				List.of(pattern), row -> found.add(row.textOrEmpty("name")));
		return found;
	}

	/**
	 * The list of a SELECT that names each wanted column, and gives NULL for those that the table lacks:
	 * {@code m."guid" AS "guid", NULL AS "date_edited"}.
	 *
	 * @param alias  the table's name in the query
	 * @param wanted columns; never what came from the backup
	 */
	public String columns(String table, String alias, String... wanted) throws IOException {
		Map<String, String> list = new LinkedHashMap<>();
		for (String column : wanted) {
			String quoted = '"' + column + '"';
			list.put(column, (has(table, column) ? alias + '.' + quoted : "NULL") + " AS " + quoted);
		}
		return String.join(", ", list.values());
	}

	/** The number that a query gives in its only row; 0 if it is null. */
	public long count(String sql, Object... parameters) throws IOException {
		long[] count = new long[1];
		query(sql, List.of(parameters), row -> {
			count[0] = row.first();
			return false;
		});
		return count[0];
	}

	/**
	 * Streams the rows of a query.
	 *
	 * @param sql        must not contain what came from the backup
	 * @param parameters texts, numbers or bytes for its question marks
	 */
	public void query(String sql, List<?> parameters, RowVisitor visitor) throws IOException {
		try (PreparedStatement statement = connection().prepareStatement(sql)) {
			for (int i = 0; i < parameters.size(); i++) {
				statement.setObject(i + 1, parameters.get(i));
			}
			try (ResultSet result = statement.executeQuery()) {
				Row row = new Row(result);
				while (result.next()) {
					if (!visitor.visit(row)) {
						return;
					}
				}
			}
		} catch (SQLException e) {
			throw unreadable(e);
		}
	}

	/** What a person is told when SQLite refuses. @param e what it said */
	public ProblemException unreadable(SQLException e) {
		return DataProblems.UNREADABLE.exceptionBecause(e, file.domain() + '/' + file.path(),
				String.valueOf(e.getMessage()));
	}

	@Override
	public void close() throws IOException {
		database.close();
	}

	/** Receives rows one by one. */
	@FunctionalInterface
	public interface RowVisitor {
		/** @return false to end the visit */
		boolean visit(Row row) throws IOException, SQLException;
	}
}
