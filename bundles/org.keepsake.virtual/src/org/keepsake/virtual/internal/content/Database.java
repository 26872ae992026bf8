// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.virtual.internal.content;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;

import org.eclipse.jdt.annotation.Nullable;

/** A database under construction: schema as text, rows by table name. */
final class Database {

	private final Connection connection;
	private final Map<String, PreparedStatement> inserts = new HashMap<>();

	Database(Connection connection) {
		this.connection = connection;
	}

	/** Runs statements separated by semicolons. */
	void run(String statements) throws SQLException {
		try (Statement statement = connection.createStatement()) {
			for (String each : statements.split(";")) {
				if (!each.isBlank()) {
					statement.executeUpdate(each.strip());
				}
			}
		}
	}

	/** Inserts a row. @param columns the table and its columns, such as {@code handle(ROWID, id)} */
	void insert(String columns, @Nullable Object... values) throws SQLException {
		PreparedStatement insert = inserts.get(columns);
		if (insert == null) {
			String places = "?, ".repeat(values.length - 1) + "?";
			insert = connection.prepareStatement("INSERT INTO " + columns + " VALUES (" + places + ")");
			inserts.put(columns, insert);
		}
		for (int i = 0; i < values.length; i++) {
			insert.setObject(i + 1, values[i]);
		}
		insert.executeUpdate();
	}

	/** Declares the entities of a Core Data store, numbered from 1. */
	void coreData(String... entities) throws SQLException {
		run("CREATE TABLE Z_PRIMARYKEY (Z_ENT INTEGER PRIMARY KEY, Z_NAME VARCHAR, Z_SUPER INTEGER, Z_MAX INTEGER);"
				+ "CREATE TABLE Z_METADATA (Z_VERSION INTEGER PRIMARY KEY, Z_UUID VARCHAR(255), Z_PLIST BLOB)");
		for (int i = 0; i < entities.length; i++) {
			insert("Z_PRIMARYKEY(Z_ENT, Z_NAME, Z_SUPER, Z_MAX)", i + 1, entities[i], 0, 0);
		}
		insert("Z_METADATA(Z_VERSION, Z_UUID)", 1, java.util.UUID.nameUUIDFromBytes(entities[0].getBytes()).toString());
	}
}
