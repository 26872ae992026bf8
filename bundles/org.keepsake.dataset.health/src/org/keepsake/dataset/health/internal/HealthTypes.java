// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.dataset.health.internal;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;

import org.keepsake.dataset.health.HealthSample.Kind;

/** The types of samples by their numbers, and the names of workouts; those that are not known are named by number. */
final class HealthTypes {

	private static final String OTHER = "other";
	private static final Map<Long, Type> TYPES = new HashMap<>();
	private static final Map<Long, String> ACTIVITIES = new HashMap<>();
	private static final Map<String, Values> VALUES = new HashMap<>();

	static {
		Properties types = load("types.properties");
		for (String key : types.stringPropertyNames()) {
			List<String> words = List.of(types.getProperty(key).split(" "));
			if (key.startsWith("values.")) {
				VALUES.put(key.substring("values.".length()),
						new Values(Integer.parseInt(words.getFirst()), words.subList(1, words.size())));
			} else {
				TYPES.put(Long.valueOf(key), type(words));
			}
		}
		Properties activities = load("activities.properties");
		for (String key : activities.stringPropertyNames()) {
			ACTIVITIES.put(Long.valueOf(key), activities.getProperty(key));
		}
	}

	private HealthTypes() {
	}

	/**
	 * A type.
	 *
	 * @param identifier its name in HealthKit, whole
	 * @param name       what a person calls it
	 * @param theme      what it is counted under
	 * @param unit       of a quantity, the unit in which it is shown; empty if it is not known
	 * @param factor     of a quantity, what makes a stored number one of that unit
	 * @param values     of a category, the set of its values; empty if it has none
	 */
	record Type(Kind kind, String identifier, String name, String theme, String unit, double factor, String values) {
	}

	private record Values(int first, List<String> names) {
	}

	private static Properties load(String name) {
		Properties properties = new Properties();
		try (InputStream in = HealthTypes.class.getResourceAsStream(name)) {
			if (in == null) {
				throw new IllegalStateException(name + " is not beside " + HealthTypes.class);
			}
			properties.load(new InputStreamReader(in, StandardCharsets.UTF_8));
		} catch (IOException e) {
			throw new UncheckedIOException(e);
		}
		return properties;
	}

	private static Type type(List<String> words) {
		String identifier = words.get(1);
		String theme = words.get(2);
		return switch (words.getFirst()) {
			case "quantity" ->
				new Type(Kind.QUANTITY, "HKQuantityTypeIdentifier" + identifier, words(identifier), theme,
						words.get(3), Double.parseDouble(words.get(4)), "");
			case "category" ->
				new Type(Kind.CATEGORY, "HKCategoryTypeIdentifier" + identifier, words(identifier), theme,
						"", 1, words.size() > 3 ? words.get(3) : "");
			default -> new Type(kind(identifier), identifier, words(identifier), theme, "", 1, "");
		};
	}

	private static Kind kind(String identifier) {
		return switch (identifier) {
			case "Workout" -> Kind.WORKOUT;
			case "WorkoutRoute" -> Kind.ROUTE;
			case "Electrocardiogram" -> Kind.ELECTROCARDIOGRAM;
			default -> Kind.OTHER;
		};
	}

	/** {@code Heart rate variability SDNN} of {@code HeartRateVariabilitySDNN}. */
	static String words(String identifier) {
		StringBuilder words = new StringBuilder();
		for (String word : identifier.split("(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")) {
			boolean name = word.length() > 1 && word.equals(word.toUpperCase(Locale.ROOT));
			words.append(words.isEmpty() ? "" : " ")
					.append(words.isEmpty() || name ? word : word.toLowerCase(Locale.ROOT));
		}
		return words.toString();
	}

	/** The type of that number; one that is not known is told by its number. */
	static Type type(long number) {
		Type type = TYPES.get(number);
		return type == null
				? new Type(Kind.OTHER, "DataType " + number, Texts.text("health.unknown", String.valueOf(number)),
						OTHER,
						"", 1, "")
				: type;
	}

	/** What a person calls the theme. */
	static String theme(Type type) {
		return Texts.text("health.theme." + type.theme());
	}

	/** The activity of a workout. */
	static String activity(long number) {
		String name = ACTIVITIES.get(number);
		return name == null ? "Type" + number : name;
	}

	/** What a watch takes an electrocardiogram for, in the words of the app Health's own export. */
	static String classification(long number) {
		return switch (Math.clamp(number, -1, Integer.MAX_VALUE)) {
			case 0 -> "Not Set";
			case 1 -> "Sinus Rhythm";
			case 2 -> "Atrial Fibrillation";
			case 3 -> "Low Heart Rate";
			case 4 -> "High Heart Rate";
			case 5 -> "Poor Recording";
			case 6 -> "Inconclusive";
			default -> "Unrecognized";
		};
	}

	/** The name of a category's value in HealthKit; empty if it is not known. */
	static String value(Type type, long value) {
		Values values = VALUES.get(type.values());
		if (values == null) {
			return type.identifier().startsWith("HKCategoryType") ? "HKCategoryValueNotApplicable" : "";
		}
		long index = value - values.first();
		return index < 0 || index >= values.names().size() ? ""
				: "HKCategoryValue" + type.values() + values.names().get((int) index);
	}
}
