// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.engine.internal.proof;

import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

import org.keepsake.core.JobMonitor;
import org.keepsake.core.dataset.BackupContent;
import org.keepsake.core.dataset.ContentDatabase;
import org.keepsake.core.dataset.ContentFile;

/**
 * SQLite's own check of a database ({@code PRAGMA integrity_check}, sqlite.org/pragma.html). What it says of values that
 * a rule of the application forbids, or of indexes that only the application's own code could check, is no damage.
 */
final class Integrity {

	private static final int MOST = 20;
	private static final Pattern RULE = Pattern
			.compile("(NULL value in|CHECK constraint failed in|.* value in .*\\..*|unable to validate) ?.*");
	private static final Pattern FOREIGN = Pattern
			.compile(".*(no such (collation sequence|function|module|tokenizer)|unknown tokenizer).*", Pattern.DOTALL);

	private Integrity() {
	}

	/**
	 * What a check said.
	 *
	 * @param flaws   damage; empty for a sound database
	 * @param remarks what is odd
	 */
	record Result(List<String> flaws, List<String> remarks) {
	}

	/** Checks the database. @throws IOException a problem if it does not even open */
	static Result check(BackupContent content, ContentFile file, JobMonitor monitor) throws IOException {
		try (ContentDatabase database = content.database(file);
				Statement statement = database.connection().createStatement()) {
			try {
				return check(statement, "integrity_check", monitor);
			} catch (SQLException e) {
				if (!FOREIGN.matcher(String.valueOf(e.getMessage())).matches()) {
					throw e;
				}
				return check(statement, "quick_check", monitor);
			}
		} catch (SQLException e) {
			monitor.throwIfCancelled();
			String said = String.valueOf(e.getMessage());
			return FOREIGN.matcher(said).matches() ? new Result(List.of(), List.of(said))
					: new Result(List.of(said), List.of());
		}
	}

	private static Result check(Statement statement, String how, JobMonitor monitor) throws SQLException {
		List<String> flaws = new ArrayList<>();
		List<String> remarks = new ArrayList<>();
		try (JobMonitor.Registration _ = monitor.onCancel(() -> cancel(statement));
				ResultSet rows = statement.executeQuery("PRAGMA " + how + '(' + MOST + ')')) {
			while (rows.next()) {
				String line = rows.getString(1);
				if (line != null && !line.equals("ok")) {
					(RULE.matcher(line).matches() ? remarks : flaws).add(line.lines().findFirst().orElse(line));
				}
			}
		}
		return new Result(List.copyOf(flaws), List.copyOf(remarks));
	}

	private static void cancel(Statement statement) {
		try {
			statement.cancel();
		} catch (SQLException e) {
			// It has ended already.
		}
	}
}
