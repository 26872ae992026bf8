// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.virtual.fault;

import java.util.List;
import java.util.Map;

/**
 * How a virtual iPhone misbehaves. Given on the command line as {@code name} or {@code name=value}, several separated by
 * commas: {@code cut-after-bytes=100000,sync-busy}.
 *
 * @param settings each fault by its name, with its value or an empty text
 */
public record Faults(Map<String, String> settings) {

	/** A device that behaves. */
	public static final Faults NONE = new Faults(Map.of());

	/** Copies the map. */
	public Faults {
		settings = Map.copyOf(settings);
	}

	/** Whether the fault is asked for. */
	public boolean has(String name) {
		return settings.containsKey(name);
	}

	/** The fault's number, or the default. */
	public long number(String name, long otherwise) {
		String value = settings.get(name);
		return value == null || value.isEmpty() ? otherwise : Long.parseLong(value);
	}

	/** The fault's text, or the default. */
	public String text(String name, String otherwise) {
		return settings.getOrDefault(name, otherwise);
	}

	/** Parses {@code a,b=1}. */
	public static Faults parse(String text) {
		java.util.Map<String, String> settings = new java.util.LinkedHashMap<>();
		for (String part : List.of(text.split(","))) {
			if (!part.isBlank()) {
				String[] pair = part.strip().split("=", 2);
				settings.put(pair[0], pair.length == 2 ? pair[1] : "");
			}
		}
		return new Faults(settings);
	}

	/** The form that {@link #parse} reads. */
	@Override
	public String toString() {
		return settings.entrySet().stream()
				.map(fault -> fault.getValue().isEmpty() ? fault.getKey() : fault.getKey() + "=" + fault.getValue())
				.sorted().collect(java.util.stream.Collectors.joining(","));
	}
}
