// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.dataset.health.internal;

import java.io.IOException;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;

import org.keepsake.core.ProblemException;
import org.keepsake.core.dataset.BackupContent;
import org.keepsake.dataset.base.DataProblems;
import org.keepsake.dataset.base.Row;
import org.keepsake.dataset.base.Tables;

/**
 * Where samples come from: provenances of the database of the samples, with sources and devices of {@code healthdb.sqlite}
 * beside it, which may be missing.
 */
final class HealthSources {

	static final String PATH = "Health/healthdb.sqlite";

	private static final int MOST = 100_000;

	private final Map<Long, Origin> origins = new HashMap<>();

	/**
	 * Where a sample comes from. All empty if unknown.
	 *
	 * @param name    the device or app
	 * @param id      the identifier of the app
	 * @param version its version
	 * @param device  the device that measured
	 * @param zone    the time zone
	 */
	record Origin(String name, String id, String version, String device, String zone) {
		static final Origin NONE = new Origin("", "", "", "", "");
	}

	private record Named(String name, String id) {
	}

	HealthSources(BackupContent content, Tables samples) throws IOException {
		Map<Long, Named> sources = new HashMap<>();
		Map<Long, String> devices = new HashMap<>();
		Optional<Tables> beside = open(content);
		if (beside.isPresent()) {
			try (Tables tables = beside.get()) {
				named(tables, sources, devices);
			} catch (ProblemException e) {
				ignoreDamage(e);
			}
		}
		if (!samples.has("data_provenances")) {
			return;
		}
		samples.query("SELECT p.ROWID AS id, " + samples.columns("data_provenances", "p", "source_id", "device_id",
				"origin_product_type", "source_version", "tz_name") + " FROM data_provenances p LIMIT " + MOST,
				List.of(),
				row -> {
					Named source = sources.getOrDefault(row.integer("source_id"), new Named("", ""));
					String device = devices.getOrDefault(row.integer("device_id"), "");
					origins.put(row.integer("id"),
							new Origin(source.name(), source.id(), row.textOrEmpty("source_version"),
									device.isEmpty() ? hardware(row) : device, row.textOrEmpty("tz_name")));
					return true;
				});
	}

	private static Optional<Tables> open(BackupContent content) throws IOException {
		try {
			return Tables.open(content, HealthDatabase.DOMAIN, PATH);
		} catch (ProblemException e) {
			ignoreDamage(e);
			return Optional.empty();
		}
	}

	private static void ignoreDamage(ProblemException e) throws ProblemException {
		if (!e.is(DataProblems.UNREADABLE)) {
			throw e;
		}
	}

	private static void named(Tables tables, Map<Long, Named> sources, Map<Long, String> devices) throws IOException {
		if (tables.has("sources")) {
			tables.query("SELECT s.ROWID AS id, " + tables.columns("sources", "s", "name", "bundle_id")
					+ " FROM sources s LIMIT " + MOST, List.of(), row -> {
						sources.put(row.integer("id"),
								new Named(row.textOrEmpty("name"), row.textOrEmpty("bundle_id")));
						return true;
					});
		}
		if (tables.has("source_devices")) {
			tables.query(
					"SELECT d.ROWID AS id, " + tables.columns("source_devices", "d", "name", "manufacturer", "model",
							"hardware", "firmware", "software") + " FROM source_devices d LIMIT " + MOST,
					List.of(), row -> {
						devices.put(row.integer("id"), device(row));
						return true;
					});
		}
	}

	/** As Apple's export writes it, without the address in memory: {@code name:Apple Watch, manufacturer:Apple Inc.}. */
	private static String device(Row row) throws SQLException {
		StringJoiner parts = new StringJoiner(", ");
		for (String part : List.of("name", "manufacturer", "model", "hardware", "firmware", "software")) {
			String text = row.textOrEmpty(part);
			if (!text.isEmpty() && !text.equals("__NONE__")) {
				parts.add(part + ':' + text);
			}
		}
		return parts.toString();
	}

	private static String hardware(Row row) throws SQLException {
		String type = row.textOrEmpty("origin_product_type");
		return type.isEmpty() ? "" : "hardware:" + type;
	}

	/** The origin of that number. */
	Origin origin(long provenance) {
		return origins.getOrDefault(provenance, Origin.NONE);
	}
}
