// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.dataset.health.internal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;

import org.keepsake.testing.FolderContent;

/** Health in the schemas of several iOS; dates are seconds since 2001. */
final class HealthSamples {

	static final String DOMAIN = "HealthDomain";
	static final String SECURE = "Health/healthdb_secure.sqlite";

	private static final String COMMON = """
			CREATE TABLE objects (data_id INTEGER PRIMARY KEY AUTOINCREMENT, uuid BLOB UNIQUE, provenance INTEGER NOT NULL, type INTEGER, creation_date REAL);
			CREATE TABLE samples (data_id INTEGER PRIMARY KEY, start_date REAL, end_date REAL, data_type INTEGER);
			CREATE TABLE quantity_samples (data_id INTEGER PRIMARY KEY, quantity REAL, original_quantity REAL, original_unit INTEGER);
			CREATE TABLE category_samples (data_id INTEGER PRIMARY KEY, value INTEGER);
			CREATE TABLE unit_strings (ROWID INTEGER PRIMARY KEY AUTOINCREMENT, unit_string TEXT UNIQUE);
			CREATE TABLE metadata_keys (ROWID INTEGER PRIMARY KEY AUTOINCREMENT, key TEXT UNIQUE);
			CREATE TABLE metadata_values (ROWID INTEGER PRIMARY KEY AUTOINCREMENT, key_id INTEGER, object_id INTEGER, value_type INTEGER NOT NULL DEFAULT 0,
			 string_value TEXT, numerical_value REAL, date_value REAL, data_value BLOB);
			CREATE TABLE data_provenances (ROWID INTEGER PRIMARY KEY AUTOINCREMENT, sync_provenance INTEGER, origin_product_type TEXT, source_id INTEGER,
			 device_id INTEGER, source_version TEXT, tz_name TEXT);
			INSERT INTO data_provenances VALUES (1, 0, 'iPhone15,2', 1, 1, '17.5', 'Europe/Berlin'), (2, 0, 'Watch6,1', 2, 2, '10.5', 'America/New_York');
			INSERT INTO unit_strings VALUES (1, 'count/min'), (2, 'mmol/L');
			INSERT INTO metadata_keys VALUES (1, 'HKTimeZone'), (2, 'HKWasUserEntered'), (3, 'HKAverageMETs'), (4, 'Note <&>');
			""";

	private HealthSamples() {
	}

	/** The database of sources, which is a file of its own. */
	private static void sources(FolderContent content) throws IOException {
		content.sql(DOMAIN, "Health/healthdb.sqlite",
				"""
						CREATE TABLE sources (ROWID INTEGER PRIMARY KEY AUTOINCREMENT, uuid BLOB, bundle_id TEXT, name TEXT, product_type TEXT);
						CREATE TABLE source_devices (ROWID INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT, manufacturer TEXT, model TEXT, hardware TEXT, firmware TEXT,
						 software TEXT, localIdentifier TEXT);
						INSERT INTO sources VALUES (1, X'00', 'com.apple.health.1', 'Ada''s "iPhone"', 'iPhone15,2'), (2, X'01', 'com.apple.health.2', 'Ada''s Watch', 'Watch6,1');
						INSERT INTO source_devices VALUES (1, 'iPhone', 'Apple Inc.', 'iPhone', 'iPhone15,2', '__NONE__', '17.5', NULL),
						 (2, 'Apple Watch', 'Apple Inc.', 'Watch', 'Watch6,1', NULL, '10.5', NULL);
						""");
	}

	private static final String SOME = """
			INSERT INTO objects VALUES (1, X'00112233445566778899AABBCCDDEEFF', 1, 1, 600000100.0), (2, X'01', 2, 1, 600000200.0), (3, NULL, 1, 1, 600000300.0),
			 (4, NULL, 1, 2, 600000400.0);
			INSERT INTO samples VALUES (1, 600000000.0, 600000060.5, 7), (2, 600000100.0, 600000100.0, 5), (3, 600010000.0, 600013600.0, 63), (4, 500000000.0, 500000000.0, 7);
			INSERT INTO quantity_samples VALUES (1, 120.0, NULL, NULL), (2, 1.2, 72.0, 1), (4, 9.0, NULL, NULL);
			INSERT INTO category_samples VALUES (3, 5);
			INSERT INTO metadata_values (key_id, object_id, value_type, numerical_value) VALUES (2, 2, 1, 1.0);
			""";

	/** iOS 9: a workout has all in its row; no sources beside. Four samples, and one that is deleted. */
	static void samples9(FolderContent content) throws IOException {
		content.sql(DOMAIN, SECURE, COMMON + SOME
				+ """
						CREATE TABLE workouts (data_id INTEGER PRIMARY KEY, total_energy_burned REAL, total_basal_energy_burned REAL, total_distance REAL,
						 activity_type INTEGER, goal_type INTEGER, goal REAL, duration REAL);
						INSERT INTO objects VALUES (5, X'05', 2, 1, 600020000.0);
						INSERT INTO samples VALUES (5, 600020000.0, 600023600.0, 79);
						INSERT INTO workouts VALUES (5, 310.5, 80.0, 10.2, 13, 0, 0, 3500.0);
						""");
	}

	/** iOS 13: sources, symptoms, types that nobody knows. Six samples. */
	static void samples13(FolderContent content) throws IOException {
		sources(content);
		content.sql(DOMAIN, SECURE, COMMON + SOME
				+ """
						INSERT INTO objects VALUES (6, X'06', 1, 1, 600030000.0), (7, X'07', 1, 1, 600030000.0), (8, X'08', 1, 1, 600030000.0);
						INSERT INTO samples VALUES (6, 600030000.0, 600030000.0, 160), (7, 600030100.0, 600030100.0, 9999), (8, 600030200.0, 600030300.0, 104);
						INSERT INTO category_samples VALUES (6, 3);
						INSERT INTO quantity_samples VALUES (7, 0.0055, 5.5, 2);
						INSERT INTO metadata_values (key_id, object_id, value_type, string_value) VALUES (4, 6, 0, 'x"<y>');
						""");
	}

	/** iOS 17: a workout of two activities, with statistics. Five samples. */
	static void samples17(FolderContent content) throws IOException {
		sources(content);
		content.sql(DOMAIN, SECURE, COMMON + SOME
				+ """
						CREATE TABLE workouts (data_id INTEGER PRIMARY KEY AUTOINCREMENT, total_distance REAL, goal_type INTEGER, goal REAL);
						CREATE TABLE workout_activities (ROWID INTEGER PRIMARY KEY AUTOINCREMENT, uuid BLOB UNIQUE NOT NULL, owner_id INTEGER NOT NULL,
						 is_primary_activity INTEGER NOT NULL, activity_type INTEGER NOT NULL, location_type INTEGER, start_date REAL, end_date REAL, duration REAL NOT NULL);
						CREATE TABLE workout_statistics (ROWID INTEGER PRIMARY KEY AUTOINCREMENT, workout_activity_id INTEGER NOT NULL, data_type INTEGER NOT NULL,
						 quantity REAL NOT NULL, min REAL, max REAL);
						INSERT INTO objects VALUES (9, X'09', 2, 1, 700000000.0), (10, X'0A', 2, 1, 700100000.0);
						INSERT INTO samples VALUES (9, 700000000.0, 700003600.0, 79), (10, 700100000.0, 700101800.0, 79);
						INSERT INTO workouts VALUES (9, NULL, 0, NULL), (10, 5.2, 0, NULL);
						INSERT INTO workout_activities VALUES (1, X'01', 9, 0, 46, 1, 700000000.0, 700001000.0, 900.0), (2, X'02', 9, 1, 82, 1, 700001000.0, 700003600.0, 2500.0),
						 (3, X'03', 10, 1, 37, 1, 700100000.0, 700101800.0, 1800.0);
						INSERT INTO workout_statistics (workout_activity_id, data_type, quantity) VALUES (1, 110, 750.0), (2, 8, 5000.0), (1, 10, 100.0), (2, 10, 200.5), (3, 9, 40.0);
						INSERT INTO metadata_values (key_id, object_id, value_type, string_value, numerical_value) VALUES (1, 9, 0, 'America/New_York', NULL),
						 (3, 9, 3, 'kcal/hr·kg', 7.5);
						""");
	}

	private static final String SERIES = """
			CREATE TABLE data_series (data_id INTEGER PRIMARY KEY, frozen INTEGER NOT NULL DEFAULT 0, count INTEGER NOT NULL DEFAULT 0,
			 insertion_era INTEGER NOT NULL DEFAULT 0, hfd_key INTEGER UNIQUE NOT NULL, series_location INTEGER NOT NULL);
			INSERT INTO objects VALUES (20, X'20000000000000000000000000000020', 2, 1, 700001900.0), (21, X'21', 2, 1, 700001900.0), (22, X'22', 2, 1, 700200030.0);
			INSERT INTO samples VALUES (20, 700000002.0, 700003540.0, 102), (21, 700100000.0, 700101800.0, 102), (22, 700200000.0, 700200030.0, 144);
			INSERT INTO data_series VALUES (20, 1, 3, 0, 71, 2), (21, 1, 2, 0, 72, 2);
			""";
	private static final String LOCATIONS = """
			CREATE TABLE location_series_data (series_identifier INTEGER NOT NULL, timestamp REAL NOT NULL, longitude REAL NOT NULL, latitude REAL NOT NULL,
			 altitude REAL NOT NULL, speed REAL NOT NULL, course REAL NOT NULL, horizontal_accuracy REAL NOT NULL, vertical_accuracy REAL NOT NULL,
			 speed_accuracy REAL NOT NULL, course_accuracy REAL NOT NULL, signal_environment INTEGER NOT NULL,
			 PRIMARY KEY (series_identifier, timestamp)) WITHOUT ROWID;
			INSERT INTO location_series_data VALUES (71, 700000012.5, -73.9654, 40.7829, 35.25, 3.5, 90.0, 4.0, 3.0, 0, 0, 1),
			 (71, 700000002.0, -73.9655, 40.7828, 35.0, 0.0, -1.0, 5.0, 3.0, 0, 0, 1), (71, 700003540.0, 500.0, 40.7, 0, 0, 0, 0, 0, 0, 0, 1),
			 (20, 700000000.0, 1.0, 1.0, 0, 0, 0, 0, 0, 0, 0, 1);
			""";
	private static final String ECGS = """
			CREATE TABLE ecg_samples (data_id INTEGER PRIMARY KEY, private_classification INTEGER NOT NULL, average_heart_rate REAL, voltage_payload BLOB NOT NULL,
			 symptoms_status INTEGER NOT NULL);
			INSERT INTO ecg_samples VALUES (22, %d, %s, X'%s', %d);
			""";

	/** As a watch writes voltages: a flag and the packed numbers in a message of their own, then how many a second. */
	static byte[] voltages(double hertz, float... microvolts) {
		ByteBuffer packed = ByteBuffer.allocate(4 * microvolts.length).order(ByteOrder.LITTLE_ENDIAN);
		for (float one : microvolts) {
			packed.putFloat(one);
		}
		int inner = 4 + packed.capacity();
		return ByteBuffer.allocate(2 + inner + 9).order(ByteOrder.LITTLE_ENDIAN).put((byte) 0x0a).put((byte) inner)
				.put(new byte[] { 0x08, 1, 0x1a, (byte) packed.capacity() }).put(packed.array()).put((byte) 0x11)
				.putDouble(hertz).array();
	}

	private static String ecg(int classification, String rate, int symptoms) {
		return ECGS.formatted(classification, rate,
				HexFormat.of().formatHex(voltages(512.5, -48.673f, 12, 0.0625f)), symptoms);
	}

	/** iOS 13: routes whose points are elsewhere, an electrocardiogram without rate. Nine samples. */
	static void routes13(FolderContent content) throws IOException {
		samples13(content);
		content.sql(DOMAIN, SECURE, SERIES + ecg(6, "NULL", 0)
				+ "CREATE TABLE associations (parent_id INTEGER, child_id INTEGER, sync_provenance INTEGER, UNIQUE(parent_id, child_id));\n");
	}

	/** iOS 17: a route below its workout, one without points below the other. Eight samples. */
	static void routes17(FolderContent content) throws IOException {
		samples17(content);
		content.sql(DOMAIN, SECURE, SERIES + LOCATIONS + ecg(1, "64.0", 1)
				+ """
						CREATE TABLE associations (ROWID INTEGER PRIMARY KEY AUTOINCREMENT, parent_id INTEGER, child_id INTEGER, sync_provenance INTEGER,
						 sync_identity INTEGER NOT NULL, UNIQUE(parent_id, child_id));
						INSERT INTO associations (parent_id, child_id, sync_identity) VALUES (9, 20, 0), (10, 21, 0), (9, 2, 0);
						""");
	}

	/** iOS 26: a route is the source of an association with its workout, which may be deleted. Eight samples. */
	static void routes26(FolderContent content) throws IOException {
		samples17(content);
		content.sql(DOMAIN, SECURE, SERIES + LOCATIONS + ecg(2, "1.2", 2)
				+ """
						CREATE TABLE associations (ROWID INTEGER PRIMARY KEY AUTOINCREMENT, destination_object_id INTEGER, source_object_id INTEGER, type INTEGER,
						 deleted INTEGER NOT NULL DEFAULT 0);
						INSERT INTO associations (destination_object_id, source_object_id, deleted) VALUES (9, 20, 0), (9, 20, 0), (9, 21, 1), (10, 21, 0), (9, 2, 0);
						""");
	}
}
