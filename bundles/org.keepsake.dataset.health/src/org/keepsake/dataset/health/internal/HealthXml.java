// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.dataset.health.internal;

import java.io.IOException;
import java.io.Writer;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.dataset.health.HealthSample;
import org.keepsake.dataset.health.HealthSample.Route;
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
	private static final String ENERGY = "HKQuantityTypeIdentifierActiveEnergyBurned";
	private static final String RESTING = "HKQuantityTypeIdentifierBasalEnergyBurned";

	private final Writer out;
	private final Zones zones = new Zones();
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

	/**
	 * A workout with its routes.
	 *
	 * @param files where the routes are, as paths from the folder of this file
	 */
	void workout(HealthSample sample, Map<Route, String> files) throws IOException {
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
		for (Map.Entry<Route, String> file : files.entrySet()) {
			route(file.getKey(), file.getValue());
		}
		out.write(" </Workout>\n");
	}

	private void route(Route route, String path) throws IOException {
		out.write("  <WorkoutRoute");
		origin(route.source(), route.sourceVersion(), route.device());
		dates(route.created(), route.start(), route.end(), route.timeZone());
		out.write(">\n   <FileReference");
		attribute("path", '/' + path);
		out.write("/>\n  </WorkoutRoute>\n");
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
		origin(sample.source(), sample.sourceVersion(), sample.device());
	}

	private void origin(String source, String version, String device) throws IOException {
		attribute("sourceName", source);
		if (!version.isEmpty()) {
			attribute("sourceVersion", version);
		}
		if (!device.isEmpty()) {
			attribute("device", "<<HKDevice: 0x0>, " + device + '>');
		}
	}

	private void dates(HealthSample sample) throws IOException {
		dates(sample.created(), sample.start(), sample.end(), sample.timeZone());
	}

	private void dates(@Nullable Instant created, @Nullable Instant start, @Nullable Instant end, String zone)
			throws IOException {
		if (created != null) {
			attribute("creationDate", date(created, zone));
		}
		attribute("startDate", date(start, zone));
		attribute("endDate", date(end, zone));
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
		return moment == null ? "" : DATE.format(moment.atZone(zones.of(zone)));
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
