// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.virtual.internal.content;

import java.io.IOException;

import org.keepsake.virtual.internal.content.AppleContent.Scale;

/** Health: steps, heart rate, weight, sleep and workouts. */
final class HealthContent {

	private static final int WEIGHT = 3;
	private static final int HEART_RATE = 5;
	private static final int STEPS = 7;
	private static final int SLEEP = 63;
	private static final int WORKOUT = 79;
	private static final int RUNNING = 37;

	private HealthContent() {
	}

	static void fill(Shelf shelf, Cast cast, Scale scale) throws IOException {
		shelf.database("HealthDomain", "Health/healthdb.sqlite", cast.now(), db -> {
			db.run("CREATE TABLE sources (ROWID INTEGER PRIMARY KEY, uuid BLOB, bundle_id TEXT, name TEXT, product_type TEXT);"
					+ "CREATE TABLE source_devices (ROWID INTEGER PRIMARY KEY, name TEXT, manufacturer TEXT, model TEXT,"
					+ " hardware TEXT, firmware TEXT, software TEXT, localIdentifier TEXT)");
			db.insert("sources(ROWID, bundle_id, name, product_type)", 1, "com.apple.health.0001", "iPhone",
					"iPhone15,2");
			db.insert("source_devices(ROWID, name, manufacturer, model)", 1, "iPhone", "Apple Inc.", "iPhone");
		});
		shelf.database("HealthDomain", "Health/healthdb_secure.sqlite", cast.now(), db -> {
			db.run("""
					CREATE TABLE objects (data_id INTEGER PRIMARY KEY AUTOINCREMENT, uuid BLOB UNIQUE, provenance INTEGER,
						type INTEGER, creation_date REAL);
					CREATE TABLE samples (data_id INTEGER PRIMARY KEY, start_date REAL, end_date REAL, data_type INTEGER);
					CREATE TABLE quantity_samples (data_id INTEGER PRIMARY KEY, quantity REAL, original_quantity REAL,
						original_unit INTEGER);
					CREATE TABLE category_samples (data_id INTEGER PRIMARY KEY, value INTEGER);
					CREATE TABLE unit_strings (ROWID INTEGER PRIMARY KEY, unit_string TEXT UNIQUE);
					CREATE TABLE data_provenances (ROWID INTEGER PRIMARY KEY, source_id INTEGER, device_id INTEGER,
						origin_product_type TEXT, source_version TEXT, tz_name TEXT);
					CREATE TABLE workouts (data_id INTEGER PRIMARY KEY, total_distance REAL);
					CREATE TABLE workout_activities (ROWID INTEGER PRIMARY KEY, owner_id INTEGER, is_primary_activity INTEGER,
						activity_type INTEGER, start_date REAL, end_date REAL, duration REAL);
					CREATE TABLE metadata_keys (ROWID INTEGER PRIMARY KEY, key TEXT UNIQUE);
					CREATE TABLE metadata_values (ROWID INTEGER PRIMARY KEY, key_id INTEGER, object_id INTEGER,
						value_type INTEGER, string_value TEXT, numerical_value REAL, date_value REAL)
					""");
			db.insert("data_provenances(ROWID, source_id, device_id, origin_product_type, source_version, tz_name)", 1,
					1, 1,
					"iPhone15,2", "18.5", "Europe/Berlin");
			for (int i = 1; i <= scale.samples(); i++) {
				sample(db, cast, i);
			}
		});
	}

	private static void sample(Database db, Cast cast, int number) throws java.sql.SQLException {
		double start = Cast.cocoa(cast.within(1000));
		int kind = number % 100;
		int type = kind == 0 ? WORKOUT : kind == 1 ? WEIGHT : kind < 5 ? SLEEP : kind < 50 ? HEART_RATE : STEPS;
		db.insert("objects(data_id, uuid, provenance, type, creation_date)", number, cast.bytes(16), 1, 1, start);
		db.insert("samples(data_id, start_date, end_date, data_type)", number, start, start + 600, type);
		switch (type) {
			case WORKOUT -> {
				db.insert("workouts(data_id, total_distance)", number, 5.2);
				db.insert(
						"workout_activities(owner_id, is_primary_activity, activity_type, start_date, end_date, duration)",
						number, 1, RUNNING, start, start + 1800, 1800.0);
			}
			case SLEEP -> db.insert("category_samples(data_id, value)", number, number % 6);
			case WEIGHT -> db.insert("quantity_samples(data_id, quantity)", number, 70.0 + number % 5);
			case HEART_RATE -> db.insert("quantity_samples(data_id, quantity)", number, (60 + number % 80) / 60.0);
			default -> db.insert("quantity_samples(data_id, quantity)", number, (double) (number % 900));
		}
	}
}
