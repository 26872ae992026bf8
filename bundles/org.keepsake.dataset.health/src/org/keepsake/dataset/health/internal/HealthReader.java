// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.dataset.health.internal;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.core.dataset.BackupContent;
import org.keepsake.dataset.base.Followers;
import org.keepsake.dataset.base.Row;
import org.keepsake.dataset.health.HealthSample;
import org.keepsake.dataset.health.HealthSample.Electrocardiogram;
import org.keepsake.dataset.health.HealthSample.Kind;
import org.keepsake.dataset.health.HealthSample.Route;
import org.keepsake.dataset.health.HealthSample.Workout;

/** Makes records of rows, one after the other; what belongs to them is read in step. */
final class HealthReader implements Closeable {

	private static final int MOST_METADATA = 200;
	private static final int MOST_TEXT = 4000;
	private static final int ACTIVE = 10;
	private static final int RESTING = 9;
	/** Distances by foot, bicycle, in water, by wheelchair, and on snow; metres. */
	private static final Set<Long> DISTANCES = Set.of(8L, 83L, 110L, 113L, 138L);
	private static final double KILO = 1000;
	private static final double MINUTE = 60;
	/** No heart beats as slowly in a minute, and none as fast in a second. */
	private static final double FEWEST_BEATS = 10;
	private static final int MOST_ROUTES = 100;

	private final HealthSources sources;
	private final List<Closeable> open = new ArrayList<>();
	private final @Nullable Followers metadata;
	private final @Nullable Followers activities;
	private final @Nullable Followers statistics;
	private final @Nullable Followers routes;

	HealthReader(BackupContent content, HealthDatabase database) throws IOException {
		sources = new HealthSources(content, database.tables());
		metadata = follow(database, database.metadata());
		activities = follow(database, database.activities());
		statistics = follow(database, database.statistics());
		routes = follow(database, database.routes());
	}

	private @Nullable Followers follow(HealthDatabase database, @Nullable String sql) throws IOException {
		if (sql == null) {
			return null;
		}
		try {
			Followers followers = Followers.of(database.tables(), sql);
			open.add(followers);
			return followers;
		} catch (IOException e) {
			close();
			throw e;
		}
	}

	HealthSample sample(Row row) throws SQLException, IOException {
		long id = row.integer("id");
		HealthTypes.Type type = HealthTypes.type(row.integer("data_type"));
		Instant start = row.cocoa("start_date");
		Instant end = row.cocoa("end_date");
		HealthSources.Origin origin = sources.origin(row.integer("provenance"));
		Map<String, String> more = metadata(id);
		String zone = origin.zone().isEmpty() ? more.getOrDefault("HKTimeZone", "") : origin.zone();
		Workout workout = row.number("workout") == null ? null : workout(row, id, start, end, zone);
		Number quantity = row.number("quantity");
		Number category = row.number("value");
		Electrocardiogram ecg = row.number("ecg") == null ? null : ecg(row);
		Kind kind = workout != null ? Kind.WORKOUT
				: ecg != null ? Kind.ELECTROCARDIOGRAM
						: quantity != null ? Kind.QUANTITY : category != null ? Kind.CATEGORY : type.kind();
		Double value = null;
		String unit = "";
		if (kind == Kind.QUANTITY && quantity != null) {
			Number original = row.number("original_quantity");
			unit = type.unit();
			value = quantity.doubleValue() * type.factor();
			if (unit.isEmpty() && original != null) {
				unit = row.textOrEmpty("unit_string");
				value = original.doubleValue();
			}
		} else if (kind == Kind.CATEGORY && category != null) {
			value = category.doubleValue();
		}
		return new HealthSample(key(row, id), kind,
				workout == null ? type.identifier() : "HKWorkoutActivityType" + workout.activity(),
				workout == null ? type.name() : HealthTypes.words(workout.activity()), start, end, value, unit,
				kind == Kind.CATEGORY && value != null ? HealthTypes.value(type, value.longValue()) : "", origin.name(),
				origin.id(), origin.version(), origin.device(),
				zone, row.cocoa("creation_date"), more, workout, ecg);
	}

	/**
	 * The numbers are those of {@code HKElectrocardiogram.Classification} and {@code SymptomsStatus}. Beats a minute are
	 * told from beats a second, in which Health has all other heart rates, by their size.
	 */
	private static Electrocardiogram ecg(Row row) throws SQLException {
		Number rate = row.number("average_heart_rate");
		Double beats = rate == null || !(rate.doubleValue() > 0) ? null
				: Double.valueOf(rate.doubleValue() < FEWEST_BEATS ? rate.doubleValue() * MINUTE : rate.doubleValue());
		long symptoms = row.integer("symptoms_status");
		return new Electrocardiogram(HealthTypes.classification(row.integer("private_classification")), beats,
				symptoms == 0 ? null : Boolean.valueOf(symptoms > 1));
	}

	private List<Route> routes(long workout, String zone) throws IOException {
		List<Route> found = new ArrayList<>();
		Followers rows = routes;
		if (rows != null) {
			Set<Long> known = new HashSet<>();
			rows.forEach(workout, row -> {
				long id = row.integer("id");
				if (known.add(id)) {
					HealthSources.Origin origin = sources.origin(row.integer("provenance"));
					found.add(new Route(key(row, id), row.cocoa("start_date"), row.cocoa("end_date"),
							Math.max(0, row.integer("count")), origin.name(), origin.version(), origin.device(),
							origin.zone().isEmpty() ? zone : origin.zone(), row.cocoa("creation_date")));
				}
				return known.size() < MOST_ROUTES;
			});
		}
		return found;
	}

	private static String key(Row row, long id) throws SQLException {
		byte[] uuid = row.bytes("uuid");
		if (uuid == null || uuid.length != 16) {
			return "sample-" + id;
		}
		ByteBuffer bytes = ByteBuffer.wrap(uuid);
		return new UUID(bytes.getLong(), bytes.getLong()).toString().toUpperCase(Locale.ROOT);
	}

	private Workout workout(Row row, long id, @Nullable Instant start, @Nullable Instant end, String zone)
			throws SQLException, IOException {
		Totals totals = new Totals();
		if (activities != null) {
			activities.forEach(id, totals::activity);
		}
		if (statistics != null) {
			statistics.forEach(id, totals::statistic);
		}
		Number activity = row.number("activity_type");
		Number kilometres = row.number("total_distance");
		Number duration = row.number("duration");
		double elapsed = start == null || end == null ? 0 : end.getEpochSecond() - start.getEpochSecond();
		return new Workout(
				totals.parts > 0 ? totals.activity
						: HealthTypes.activity(activity == null ? 3000 : activity.longValue()),
				totals.duration > 0 ? totals.duration
						: duration != null && duration.doubleValue() > 0 ? duration.doubleValue() : elapsed,
				kilometres != null && kilometres.doubleValue() > 0 ? Double.valueOf(kilometres.doubleValue() * KILO)
						: totals.distance,
				totals.active == null ? positive(row.number("total_energy_burned")) : totals.active,
				totals.resting == null ? positive(row.number("total_basal_energy_burned")) : totals.resting,
				Math.max(1, totals.parts), routes(id, zone));
	}

	private static @Nullable Double positive(@Nullable Number number) {
		return number == null || !(number.doubleValue() > 0) ? null : Double.valueOf(number.doubleValue());
	}

	private Map<String, String> metadata(long id) throws IOException {
		Followers rows = metadata;
		if (rows == null) {
			return Map.of();
		}
		Map<String, String> found = new HashMap<>();
		rows.forEach(id, row -> {
			String value = switch ((int) row.integer("value_type")) {
				case 0 -> row.textOrEmpty("string_value");
				case 1 -> number(row);
				case 2 -> String.valueOf(row.cocoa("date_value"));
				case 3 -> number(row) + ' ' + row.textOrEmpty("string_value");
				default -> "";
			};
			found.put(row.textOrEmpty("name"),
					value.length() > MOST_TEXT ? value.substring(0, MOST_TEXT) : value);
			return found.size() < MOST_METADATA;
		});
		return found;
	}

	private static String number(Row row) throws SQLException {
		double number = row.real("numerical_value");
		return number == Math.rint(number) && Math.abs(number) < 1e15 ? String.valueOf((long) number)
				: String.valueOf(number);
	}

	@Override
	public void close() throws IOException {
		for (Closeable one : open) {
			one.close();
		}
	}

	/** Adds up the rows of a workout. */
	private static final class Totals {

		private String activity = "";
		private int parts;
		private double duration;
		private @Nullable Double distance;
		private @Nullable Double active;
		private @Nullable Double resting;

		boolean activity(Row row) throws SQLException {
			if (parts == 0) {
				activity = HealthTypes.activity(row.integer("activity_type"));
			}
			parts++;
			duration += Math.max(0, row.real("duration"));
			return true;
		}

		boolean statistic(Row row) throws SQLException {
			long type = row.integer("data_type");
			double quantity = row.real("quantity");
			if (type == ACTIVE) {
				active = plus(active, quantity);
			} else if (type == RESTING) {
				resting = plus(resting, quantity);
			} else if (DISTANCES.contains(type)) {
				distance = plus(distance, quantity);
			}
			return true;
		}

		private static Double plus(@Nullable Double sum, double more) {
			return sum == null ? more : sum + more;
		}
	}
}
