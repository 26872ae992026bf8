// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.dataset.base;

import java.io.Closeable;
import java.io.IOException;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * Rows that belong to other rows, such as the attendees of events, read in step with these: one pass over both, whatever
 * their number and whether there is an index or not. For one thread.
 */
public final class Followers implements Closeable {

	private final Tables tables;
	private final PreparedStatement statement;
	private final ResultSet result;
	private final Row row;
	private boolean more;

	private Followers(Tables tables, PreparedStatement statement, ResultSet result) {
		this.tables = tables;
		this.statement = statement;
		this.result = result;
		this.row = new Row(result);
	}

	/**
	 * Begins.
	 *
	 * @param sql a query with a column {@code owner}, a whole number, by which it is ordered
	 */
	public static Followers of(Tables tables, String sql) throws IOException {
		PreparedStatement statement = null;
		try {
			statement = tables.connection().prepareStatement(sql);
			Followers followers = new Followers(tables, statement, statement.executeQuery());
			followers.more = followers.result.next();
			return followers;
		} catch (SQLException e) {
			if (statement != null) {
				close(statement);
			}
			throw tables.unreadable(e);
		}
	}

	/**
	 * Visits the rows of an owner.
	 *
	 * @param owner greater than the one asked for before
	 */
	public void forEach(long owner, Tables.RowVisitor visitor) throws IOException {
		try {
			while (more && row.integer("owner") < owner) {
				more = result.next();
			}
			boolean wanted = true;
			while (more && row.integer("owner") == owner) {
				wanted = wanted && visitor.visit(row);
				more = result.next();
			}
		} catch (SQLException e) {
			throw tables.unreadable(e);
		}
	}

	@Override
	public void close() {
		close(statement);
	}

	private static void close(AutoCloseable closeable) {
		try {
			closeable.close();
		} catch (Exception e) {
			System.getLogger(Followers.class.getName()).log(System.Logger.Level.DEBUG, "A query did not end", e);
		}
	}
}
