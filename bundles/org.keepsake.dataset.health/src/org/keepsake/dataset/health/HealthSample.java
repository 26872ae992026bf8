// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.dataset.health;

import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.core.dataset.DataRecord;
import org.keepsake.dataset.base.OneLine;

/**
 * A sample of Health: something measured, something noted, a workout, its route, or an electrocardiogram.
 *
 * @param key           its identifier
 * @param kind          what it is
 * @param type          the name of its type in HealthKit, such as {@code HKQuantityTypeIdentifierHeartRate}; of a type that
 *                      is not known its number, such as {@code DataType 300}
 * @param name          what a person calls the type
 * @param start         when it began
 * @param end           when it ended
 * @param value         the quantity, in the unit, or the number of the category's value; null of other kinds
 * @param unit          the unit of the quantity, such as {@code count/min}; empty if unknown, or of other kinds
 * @param valueName     the name of the category's value in HealthKit; empty if unknown, or of other kinds
 * @param source        the device or app that recorded it; empty if unknown
 * @param sourceId      the identifier of that app; empty if unknown
 * @param sourceVersion the version of the app or system that recorded it; empty if unknown
 * @param device        the device that measured it; empty if unknown
 * @param timeZone      where it was recorded, such as {@code Europe/Berlin}; empty if unknown
 * @param created       when it was put into Health
 * @param metadata      what else is known of it, by name
 * @param workout       of a workout, what only workouts have; null of other kinds
 * @param ecg           of an electrocardiogram, what it showed; null of other kinds
 */
public record HealthSample(String key, Kind kind, String type, String name, @Nullable Instant start,
		@Nullable Instant end, @Nullable Double value, String unit, String valueName, String source, String sourceId,
		String sourceVersion, String device, String timeZone, @Nullable Instant created, Map<String, String> metadata,
		@Nullable Workout workout, @Nullable Electrocardiogram ecg) implements DataRecord {

	private static final MathContext SHOWN = new MathContext(6);

	/** Copies the map. */
	public HealthSample {
		metadata = Map.copyOf(metadata);
	}

	@Override
	public @Nullable Instant date() {
		return start;
	}

	@Override
	public String headline() {
		String what = OneLine.of(name, type, key, "–");
		String noted = noted();
		if (!noted.isEmpty()) {
			return what + ": " + noted;
		}
		Workout done = workout;
		if (done != null) {
			return what + ": " + Math.round(done.durationSeconds() / 60) + " min";
		}
		Electrocardiogram heart = ecg;
		if (heart != null) {
			return what + ": " + heart.classification();
		}
		Double number = value;
		return number == null || !Double.isFinite(number) ? what
				: what + ": " + new BigDecimal(number, SHOWN).stripTrailingZeros().toPlainString()
						+ (unit.isEmpty() ? "" : ' ' + OneLine.of(unit));
	}

	/** The value without what every value of its kind begins with; empty if it says nothing. */
	private String noted() {
		String text = valueName.replaceFirst("^HKCategoryValue", "");
		String base = type.replaceFirst("^HKCategoryTypeIdentifier", "");
		for (String prefix : List.of(base, "Severity", "Presence")) {
			if (!prefix.isEmpty() && text.startsWith(prefix)) {
				text = text.substring(prefix.length());
			}
		}
		return text.equals("NotApplicable") ? "" : OneLine.of(text);
	}

	@Override
	public String searchText() {
		return String.join("\n", name, type, valueName, source, device);
	}

	/** What a sample is. */
	public enum Kind {
		/** A workout. */
		WORKOUT,
		/** Something measured. */
		QUANTITY,
		/** Something noted, such as a phase of sleep or a symptom. */
		CATEGORY,
		/** Where a workout led, point by point; the points are not in the record. */
		ROUTE,
		/** An electrocardiogram; its voltages are not in the record. */
		ELECTROCARDIOGRAM,
		/** Something else, such as a goal, whose content is not read. */
		OTHER
	}

	/**
	 * What only workouts have.
	 *
	 * @param activity        the name of the activity in HealthKit, without {@code HKWorkoutActivityType}
	 * @param durationSeconds how long it took without pauses
	 * @param distanceMeters  how far it went; null if unknown
	 * @param activeKcal      the energy that it took, in kilocalories; null if unknown
	 * @param restingKcal     the energy that the body took meanwhile anyway; null if unknown
	 * @param parts           how many activities it was made of
	 * @param routes          where it led, by time; mostly one, none of most workouts indoors
	 */
	public record Workout(String activity, double durationSeconds, @Nullable Double distanceMeters,
			@Nullable Double activeKcal, @Nullable Double restingKcal, int parts, List<Route> routes) {

		/** Copies the list. */
		public Workout {
			routes = List.copyOf(routes);
		}
	}

	/**
	 * A route of a workout, which is a sample of its own as well.
	 *
	 * @param key           the sample's identifier
	 * @param start         when its first point was recorded
	 * @param end           when its last point was recorded
	 * @param points        how many points iOS says it has
	 * @param source        the device or app that recorded it; empty if unknown
	 * @param sourceVersion the version of that; empty if unknown
	 * @param device        the device that measured it; empty if unknown
	 * @param timeZone      where it was recorded, such as {@code Europe/Berlin}; empty if unknown
	 * @param created       when it was put into Health
	 */
	public record Route(String key, @Nullable Instant start, @Nullable Instant end, long points, String source,
			String sourceVersion, String device, String timeZone, @Nullable Instant created) {
	}

	/**
	 * What an electrocardiogram showed.
	 *
	 * @param classification   what the watch took it for, such as {@code Sinus Rhythm}
	 * @param averageHeartRate beats a minute; null if it could not be told
	 * @param symptoms         whether the person told of any; null if they were not asked
	 */
	public record Electrocardiogram(String classification, @Nullable Double averageHeartRate,
			@Nullable Boolean symptoms) {
	}
}
