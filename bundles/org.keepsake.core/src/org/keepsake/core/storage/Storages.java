// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.core.storage;

import java.io.IOException;
import java.util.List;

/**
 * The kinds of stores that are installed. Thread-safe.
 *
 * @param factories asked in this order
 */
public record Storages(List<StorageFactory> factories) {

	/** None. */
	public static final Storages NONE = new Storages(List.of());

	/** Copies the list. */
	public Storages {
		factories = List.copyOf(factories);
	}

	/** Whether one of them is of the location's kind; looks at the text only. */
	public boolean accept(String location) {
		return factories.stream().anyMatch(factory -> factory.accepts(location));
	}

	/** What can be set for a place, by the first factory that accepts its location; nothing if none does. */
	public List<Setting> settings(String location) {
		return factories.stream().filter(factory -> factory.accepts(location)).findFirst()
				.map(factory -> factory.settings(location)).orElse(List.of());
	}

	/**
	 * Opens a store by the first factory that accepts its location; connects no earlier than the first call needs it.
	 *
	 * @throws org.keepsake.core.ProblemException {@link StorageProblems#UNKNOWN} if none does, {@code LOCATION} if the
	 *                                            location is not understood
	 */
	public Storage open(String location, StorageFactory.Context context) throws IOException {
		for (StorageFactory factory : factories) {
			if (factory.accepts(location)) {
				return factory.open(location, context);
			}
		}
		throw StorageProblems.UNKNOWN.exception(location);
	}
}
