// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.dataset.health.internal;

import java.io.IOException;
import java.io.Writer;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.dataset.health.HealthSample;
import org.keepsake.dataset.health.HealthSample.Workout;

/**
 * Writes the elements of {@code export.xml}: dates with their offset from UTC, where the sample was recorded; numbers as
 * the app Health writes them.
 */
final class HealthXml {

	private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss xx", Locale.ROOT);
	private static final MathContext DIGITS = new MathContext(10);
	private static final double MINUTE = 60;
	private static final double KILO = 1000;
	private static final int MOST_ZONES = 1000;
	private static final String ENERGY = "HKQuantityTypeIdentifierActiveEnergyBurned";
	private static final String RESTING = "HKQuantityTypeIdentifierBasalEnergyBurned";

	private final Writer out;
	private final Map<String, ZoneId> zones = new HashMap<>();
	private final StringBuilder pending = new StringBuilder();

	HealthXml(Writer out) {
		this.out = out;
	}

	/** Who the person is the backup tells elsewhere; the form demands the attributes. */
	void begin(Instant exported) throws IOException {
		out.write("<HealthData locale=\"en_US\">\n <ExportDate value=\"" + date(exported, "") + "\"/>\n"
				+ " <Me HKCharacteristicTypeIdentifierDateOfBirth=\"\""
				+ " HKCharacteristicTypeIdentifierBiologicalSex=\"HKBiologicalSexNotSet\""
				+ " HKCharacteristicTypeIdentifierBloodType=\"HKBloodTypeNotSet\""
				+ " HKCharacteristicTypeIdentifierFitzpatrickSkinType=\"HKFitzpatrickSkinTypeNotSet\"/>\n");
	}

	void sample(HealthSample sample) throws IOException {
		out.write(" <Record");
		attribute("type", sample.type());
		origin(sample);
		if (!sample.unit().isEmpty()) {
			attribute("unit", sample.unit());
		}
		dates(sample);
		Double value = sample.value();
		if (!sample.valueName().isEmpty()) {
			attribute("value", sample.valueName());
		} else if (value != null) {
			attribute("value", number(value));
		}
		if (sample.metadata().isEmpty()) {
			out.write("/>\n");
			return;
		}
		out.write(">\n");
		metadata(sample);
		out.write(" </Record>\n");
	}

	void workout(HealthSample sample) throws IOException {
		Workout workout = sample.workout();
		if (workout == null) {
			return;
		}
		Double distance = workout.distanceMeters();
		Double energy = workout.activeKcal();
		Double resting = workout.restingKcal();
		out.write(" <Workout");
		attribute("workoutActivityType", sample.type());
		attribute("duration", number(workout.durationSeconds() / MINUTE));
		attribute("durationUnit", "min");
		if (distance != null) {
			attribute("totalDistance", number(distance / KILO));
			attribute("totalDistanceUnit", "km");
		}
		if (energy != null) {
			attribute("totalEnergyBurned", number(energy));
			attribute("totalEnergyBurnedUnit", "kcal");
		}
		origin(sample);
		dates(sample);
		out.write(">\n");
		metadata(sample);
		statistic(sample, ENERGY, energy, "kcal");
		statistic(sample, RESTING, resting, "kcal");
		statistic(sample, distanceType(workout.activity()), distance == null ? null : distance / KILO, "km");
		out.write(" </Workout>\n");
	}

	private static String distanceType(String activity) {
		return "HKQuantityTypeIdentifier" + switch (activity) {
			case "Cycling", "HandCycling" -> "DistanceCycling";
			case "Swimming" -> "DistanceSwimming";
			case "WheelchairWalkPace", "WheelchairRunPace" -> "DistanceWheelchair";
			case "DownhillSkiing", "Snowboarding", "SnowSports" -> "DistanceDownhillSnowSports";
			default -> "DistanceWalkingRunning";
		};
	}

	private void statistic(HealthSample sample, String type, @Nullable Double sum, String unit) throws IOException {
		if (sum == null) {
			return;
		}
		out.write("  <WorkoutStatistics");
		attribute("type", type);
		attribute("startDate", date(sample.start(), sample.timeZone()));
		attribute("endDate", date(sample.end(), sample.timeZone()));
		attribute("sum", number(sum));
		attribute("unit", unit);
		out.write("/>\n");
	}

	private void origin(HealthSample sample) throws IOException {
		attribute("sourceName", sample.source());
		if (!sample.sourceVersion().isEmpty()) {
			attribute("sourceVersion", sample.sourceVersion());
		}
		if (!sample.device().isEmpty()) {
			attribute("device", "<<HKDevice: 0x0>, " + sample.device() + '>');
		}
	}

	private void dates(HealthSample sample) throws IOException {
		Instant created = sample.created();
		if (created != null) {
			attribute("creationDate", date(created, sample.timeZone()));
		}
		attribute("startDate", date(sample.start(), sample.timeZone()));
		attribute("endDate", date(sample.end(), sample.timeZone()));
	}

	private void metadata(HealthSample sample) throws IOException {
		for (Map.Entry<String, String> entry : new TreeMap<>(sample.metadata()).entrySet()) {
			out.write("  <MetadataEntry");
			attribute("key", entry.getKey());
			attribute("value", entry.getValue());
			out.write("/>\n");
		}
	}

	void end() throws IOException {
		out.write("</HealthData>\n");
	}

	private String date(@Nullable Instant moment, String zone) {
		return moment == null ? "" : DATE.format(moment.atZone(zone(zone)));
	}

	private ZoneId zone(String name) {
		ZoneId known = zones.get(name);
		if (known == null) {
			try {
				known = name.isEmpty() ? ZoneOffset.UTC : ZoneId.of(name);
			} catch (DateTimeException e) {
				known = ZoneOffset.UTC;
			}
			if (zones.size() < MOST_ZONES) {
				zones.put(name, known);
			}
		}
		return known;
	}

	private static String number(double value) {
		if (!Double.isFinite(value)) {
			return "0";
		}
		if (value == Math.rint(value) && Math.abs(value) < 1e9) {
			return Long.toString((long) value);
		}
		BigDecimal number = new BigDecimal(value, DIGITS).stripTrailingZeros();
		return number.scale() < 0 ? number.setScale(0).toPlainString() : number.toPlainString();
	}

	private void attribute(String name, String value) throws IOException {
		out.write(' ');
		out.write(name);
		out.write("=\"");
		if (value.chars().allMatch(HealthXml::isPlain)) {
			out.write(value);
		} else {
			value.codePoints().forEach(this::escape);
			out.append(pending);
			pending.setLength(0);
		}
		out.write('"');
	}

	private static boolean isPlain(int character) {
		return character >= ' ' && character <= '~' && character != '&' && character != '<' && character != '>'
				&& character != '"';
	}

	/** What XML 1.0 cannot hold is left out. */
	private void escape(int character) {
		switch (character) {
			case '&' -> pending.append("&amp;");
			case '<' -> pending.append("&lt;");
			case '>' -> pending.append("&gt;");
			case '"' -> pending.append("&quot;");
			case '\n', '\r', '\t' -> pending.append("&#").append(character).append(';');
			default -> {
				boolean held = character >= 0x20 && character <= 0xd7ff || character >= 0xe000 && character <= 0xfffd
						|| character >= 0x10000;
				if (held) {
					pending.appendCodePoint(character);
				}
			}
		}
	}
}
