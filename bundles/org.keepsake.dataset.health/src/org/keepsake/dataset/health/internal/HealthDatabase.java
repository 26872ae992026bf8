// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.dataset.health.internal;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.core.dataset.BackupContent;
import org.keepsake.dataset.base.DataProblems;
import org.keepsake.dataset.base.Tables;

/**
 * The tables of {@code healthdb_secure.sqlite}. Workouts have their activity and totals in their own row up to iOS 15, in
 * rows of activities and statistics since. A route is the child of its workout, later the source of an association whose
 * destination is the workout. Schema: {@code christophhagen/HealthDB} {@code Sources/HealthDB/Tables};
 * {@code abrignoni/iLEAPP} {@code healthdb_secure.py} for both kinds of associations.
 */
final class HealthDatabase implements Closeable {

	static final String DOMAIN = "HealthDomain";
	static final String PATH = "Health/healthdb_secure.sqlite";

	private static final int DELETED = 2;
	private static final int ROUTE = 102;

	private final Tables tables;

	private HealthDatabase(Tables tables) {
		this.tables = tables;
	}

	/** Null if the backup has none. */
	static @Nullable HealthDatabase open(BackupContent content) throws IOException {
		Optional<Tables> found = Tables.open(content, DOMAIN, PATH);
		if (found.isEmpty()) {
			return null;
		}
		Tables tables = found.get();
		try {
			if (!tables.has("samples", "data_id")) {
				throw DataProblems.UNREADABLE.exception(DOMAIN + '/' + PATH, Texts.text("health.no-table"));
			}
			return new HealthDatabase(tables);
		} catch (IOException e) {
			tables.close();
			throw e;
		}
	}

	Tables tables() {
		return tables;
	}

	/** What follows FROM for the samples that are not deleted, as {@code s}. */
	String samples() throws IOException {
		return "samples s WHERE " + (tables.has("objects", "type")
				? "s.data_id NOT IN (SELECT data_id FROM objects WHERE type = " + DELETED + " AND data_id IS NOT NULL)"
				: "1");
	}

	/** A SELECT of all samples that are not deleted, with quantity, value and workout, ordered by {@code id}. */
	String select() throws IOException {
		List<String> list = new ArrayList<>();
		list.add("s.data_id AS id, " + tables.columns("samples", "s", "start_date", "end_date", "data_type"));
		StringBuilder from = new StringBuilder("samples s");
		join(list, from, "objects", "o", "o.data_id = s.data_id", "uuid", "provenance", "creation_date");
		join(list, from, "quantity_samples", "q", "q.data_id = s.data_id", "quantity", "original_quantity");
		boolean units = tables.has("quantity_samples", "original_unit") && tables.has("unit_strings", "unit_string");
		if (units) {
			join(list, from, "unit_strings", "u", "u.ROWID = q.original_unit", "unit_string");
		} else {
			list.add("NULL AS unit_string");
		}
		join(list, from, "category_samples", "c", "c.data_id = s.data_id", "value");
		join(list, from, "workouts", "w", "w.data_id = s.data_id", "total_distance", "total_energy_burned",
				"total_basal_energy_burned", "activity_type", "duration");
		join(list, from, "ecg_samples", "e", "e.data_id = s.data_id", "private_classification", "average_heart_rate",
				"symptoms_status");
		list.add(tables.has("ecg_samples", "data_id") ? "e.data_id AS ecg" : "NULL AS ecg");
		list.add(tables.has("workouts", "data_id") ? "w.data_id AS workout" : "NULL AS workout");
		return "SELECT " + String.join(", ", list) + " FROM " + from + samples().substring("samples s".length())
				+ " ORDER BY s.data_id";
	}

	private void join(List<String> list, StringBuilder from, String table, String alias, String on, String... columns)
			throws IOException {
		String key = on.substring(alias.length() + 1, on.indexOf(' '));
		boolean linked = key.equals("ROWID") ? tables.has(table) : tables.has(table, key);
		if (linked) {
			from.append(" LEFT JOIN ").append(table).append(' ').append(alias).append(" ON ").append(on);
			list.add(tables.columns(table, alias, columns));
		} else {
			for (String column : columns) {
				list.add("NULL AS " + column);
			}
		}
	}

	/** A query of what else is known of samples, ordered by {@code owner}; null if there is none. */
	@Nullable
	String metadata() throws IOException {
		if (!tables.has("metadata_values", "object_id") || !tables.has("metadata_keys", "key")) {
			return null;
		}
		return "SELECT v.object_id AS owner, k.key AS name, " + tables.columns("metadata_values", "v", "value_type",
				"string_value", "numerical_value", "date_value")
				+ " FROM metadata_values v JOIN metadata_keys k ON k.ROWID = v.key_id"
				+ " WHERE typeof(v.object_id) = 'integer' ORDER BY v.object_id";
	}

	/** A query of the activities of workouts, ordered by {@code owner}; null if this generation has none. */
	@Nullable
	String activities() throws IOException {
		if (!tables.has("workout_activities", "owner_id")) {
			return null;
		}
		return "SELECT a.owner_id AS owner, " + tables.columns("workout_activities", "a", "activity_type", "duration",
				"is_primary_activity") + " FROM workout_activities a WHERE typeof(a.owner_id) = 'integer'"
				+ " ORDER BY a.owner_id, "
				+ (tables.has("workout_activities", "is_primary_activity") ? "a.is_primary_activity DESC, " : "")
				+ "a.ROWID";
	}

	/** A query of sums over workouts, ordered by {@code owner}; null if this generation has none. */
	@Nullable
	String statistics() throws IOException {
		if (!tables.has("workout_activities", "owner_id") || !tables.has("workout_statistics", "workout_activity_id")) {
			return null;
		}
		return "SELECT a.owner_id AS owner, " + tables.columns("workout_statistics", "t", "data_type", "quantity")
				+ " FROM workout_statistics t JOIN workout_activities a ON a.ROWID = t.workout_activity_id"
				+ " WHERE typeof(a.owner_id) = 'integer' ORDER BY a.owner_id";
	}

	/** A query of the routes of workouts, ordered by {@code owner}; null if this generation has none. */
	@Nullable
	String routes() throws IOException {
		String workout = tables.firstOf("associations", "parent_id", "destination_object_id");
		String route = tables.firstOf("associations", "child_id", "source_object_id");
		if (workout == null || route == null || !tables.has("data_series", "data_id")) {
			return null;
		}
		List<String> list = new ArrayList<>();
		list.add("a." + workout + " AS owner, d.data_id AS id");
		list.add(tables.columns("data_series", "d", "count"));
		list.add(tables.columns("samples", "s", "start_date", "end_date"));
		StringBuilder from = new StringBuilder("associations a JOIN data_series d ON d.data_id = a." + route
				+ " JOIN samples s ON s.data_id = d.data_id");
		join(list, from, "objects", "o", "o.data_id = s.data_id", "uuid", "provenance", "creation_date");
		return "SELECT " + String.join(", ", list) + " FROM " + from + samples().substring("samples s".length())
				+ " AND typeof(a." + workout + ") = 'integer'"
				+ (tables.has("samples", "data_type") ? " AND s.data_type = " + ROUTE : "")
				+ (tables.has("associations", "deleted") ? " AND ifnull(a.deleted, 0) = 0" : "") + " ORDER BY a."
				+ workout + ", " + (tables.has("samples", "start_date") ? "s.start_date, " : "") + "d.data_id";
	}

	/** A query of the points of a route, by its number, in order; null if this generation keeps them elsewhere. */
	@Nullable
	String points() throws IOException {
		if (!tables.has("location_series_data", "series_identifier") || !tables.has("data_series", "hfd_key")) {
			return null;
		}
		return "SELECT " + tables.columns("location_series_data", "l", "timestamp", "latitude", "longitude", "altitude",
				"speed", "course", "horizontal_accuracy", "vertical_accuracy")
				+ " FROM location_series_data l WHERE l.series_identifier ="
				+ " (SELECT d.hfd_key FROM data_series d WHERE d.data_id = ?)"
				+ (tables.has("location_series_data", "timestamp") ? " ORDER BY l.timestamp" : "");
	}

	@Override
	public void close() throws IOException {
		tables.close();
	}
}
