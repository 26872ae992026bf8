// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.virtual.internal.content;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

import org.keepsake.virtual.internal.content.AppleContent.Scale;

/** Health: steps, heart rate, weight, sleep, workouts with their routes, and an electrocardiogram. */
final class HealthContent {

	private static final int WEIGHT = 3;
	private static final int HEART_RATE = 5;
	private static final int STEPS = 7;
	private static final int SLEEP = 63;
	private static final int WORKOUT = 79;
	private static final int ROUTE = 102;
	private static final int ECG = 144;
	private static final int RUNNING = 37;
	private static final double RUN = 1800;
	private static final int POINTS = 60;
	private static final double HERTZ = 512.41;
	private static final int VOLTAGES = 15_360;

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
						value_type INTEGER, string_value TEXT, numerical_value REAL, date_value REAL);
					CREATE TABLE associations (ROWID INTEGER PRIMARY KEY AUTOINCREMENT, destination_object_id INTEGER,
						source_object_id INTEGER, type INTEGER, deleted INTEGER NOT NULL DEFAULT 0);
					CREATE TABLE data_series (data_id INTEGER PRIMARY KEY, frozen INTEGER NOT NULL DEFAULT 0,
						count INTEGER NOT NULL DEFAULT 0, insertion_era INTEGER NOT NULL DEFAULT 0,
						hfd_key INTEGER UNIQUE NOT NULL, series_location INTEGER NOT NULL);
					CREATE TABLE location_series_data (series_identifier INTEGER NOT NULL, timestamp REAL NOT NULL,
						longitude REAL NOT NULL, latitude REAL NOT NULL, altitude REAL NOT NULL, speed REAL NOT NULL,
						course REAL NOT NULL, horizontal_accuracy REAL NOT NULL, vertical_accuracy REAL NOT NULL,
						speed_accuracy REAL NOT NULL, course_accuracy REAL NOT NULL, signal_environment INTEGER NOT NULL,
						PRIMARY KEY (series_identifier, timestamp)) WITHOUT ROWID;
					CREATE TABLE ecg_samples (data_id INTEGER PRIMARY KEY, private_classification INTEGER NOT NULL,
						average_heart_rate REAL, voltage_payload BLOB NOT NULL, symptoms_status INTEGER NOT NULL)
					""");
			db.insert("data_provenances(ROWID, source_id, device_id, origin_product_type, source_version, tz_name)", 1,
					1, 1,
					"iPhone15,2", "18.5", "Europe/Berlin");
			double start = 0;
			for (int i = 1; i <= scale.samples(); i++) {
				// A workout begins with its route, which comes before it.
				double moment = Cast.cocoa(cast.within(1000));
				start = i % 100 == 0 ? start : moment;
				sample(db, cast, i, start);
			}
		});
	}

	private static int type(int number) {
		int kind = number % 100;
		return number == 98 ? ECG
				: kind == 99 ? ROUTE
						: kind == 0 ? WORKOUT
								: kind == 1 ? WEIGHT : kind < 5 ? SLEEP : kind < 50 ? HEART_RATE : STEPS;
	}

	private static void sample(Database db, Cast cast, int number, double start) throws java.sql.SQLException {
		int type = type(number);
		db.insert("objects(data_id, uuid, provenance, type, creation_date)", number, cast.bytes(16), 1, 1, start);
		db.insert("samples(data_id, start_date, end_date, data_type)", number, start,
				start + (type == ROUTE || type == WORKOUT ? RUN : type == ECG ? 30 : 600), type);
		switch (type) {
			case WORKOUT -> {
				db.insert("workouts(data_id, total_distance)", number, 5.2);
				db.insert(
						"workout_activities(owner_id, is_primary_activity, activity_type, start_date, end_date, duration)",
						number, 1, RUNNING, start, start + RUN, RUN);
			}
			case ROUTE -> route(db, number, start);
			case ECG -> db.insert(
					"ecg_samples(data_id, private_classification, average_heart_rate, voltage_payload, symptoms_status)",
					number, 1, 64.0, voltages(), 1);
			case SLEEP -> db.insert("category_samples(data_id, value)", number, number % 6);
			case WEIGHT -> db.insert("quantity_samples(data_id, quantity)", number, 70.0 + number % 5);
			case HEART_RATE -> db.insert("quantity_samples(data_id, quantity)", number, (60 + number % 80) / 60.0);
			default -> db.insert("quantity_samples(data_id, quantity)", number, (double) (number % 900));
		}
	}

	/** Once around a park; the key of the points is not the number of the sample. */
	private static void route(Database db, int number, double start) throws java.sql.SQLException {
		int key = 7000 + number;
		db.insert("data_series(data_id, frozen, count, insertion_era, hfd_key, series_location)", number, 1, POINTS, 0,
				key, 2);
		db.insert("associations(destination_object_id, source_object_id, type)", number + 1, number, 0);
		for (int i = 0; i < POINTS; i++) {
			double turn = 2 * Math.PI * i / POINTS;
			db.insert(
					"location_series_data(series_identifier, timestamp, longitude, latitude, altitude, speed, course,"
							+ " horizontal_accuracy, vertical_accuracy, speed_accuracy, course_accuracy, signal_environment)",
					key, start + i * RUN / POINTS, 13.35 + 0.0125 * Math.sin(turn), 52.5145 + 0.007 * Math.cos(turn),
					34 + 2 * Math.sin(3 * turn), 2.9, (90 + 360.0 * i / POINTS) % 360, 4.5, 3.0, 0.3, 5.0, 1);
		}
	}

	/** Half a minute at rest: a peak each second. */
	private static byte[] voltages() {
		ByteBuffer packed = ByteBuffer.allocate(VOLTAGES * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
		for (int i = 0; i < VOLTAGES; i++) {
			double beat = i % 480 / 480.0;
			packed.putFloat((float) (900 * Math.exp(-Math.pow((beat - 0.3) * 60, 2)) + 20 * Math.sin(beat * 6.28)));
		}
		return new Protobuf().bytes(1, new Protobuf().number(1, 1).bytes(3, packed.array()).toBytes()).real(2, HERTZ)
				.toBytes();
	}
}
