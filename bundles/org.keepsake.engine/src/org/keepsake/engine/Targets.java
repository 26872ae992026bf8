// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.engine;

import java.io.IOException;
import java.util.List;
import java.util.Map;

import org.keepsake.core.storage.Setting;
import org.keepsake.core.target.BackupTarget;

/** The places where backups are kept: configured names, and the default one. Thread-safe. */
public interface Targets {

	/** The configured targets, the default one among them. */
	List<Entry> list() throws IOException;

	/** Adds a target without settings. Problems: the name is taken, no bundle knows such a location. */
	default Entry add(String name, String location, boolean makeDefault) throws IOException {
		return add(name, location, Map.of(), makeDefault);
	}

	/**
	 * Adds a target. Problems: the name is taken, no bundle knows such a location, its kind does not understand a setting.
	 *
	 * @param settings of those that {@link #settings} tells, such as {@code quota} or {@code limit.upload}; no secret
	 */
	Entry add(String name, String location, Map<String, String> settings, boolean makeDefault) throws IOException;

	/**
	 * What can be set for a place, in the order in which a person is shown it, and which secrets open it. Nothing is
	 * connected.
	 */
	List<Setting> settings(String nameOrLocation) throws IOException;

	/**
	 * Changes settings of a target, all of them or none: those with an empty value go. Nothing is connected. Problems:
	 * there is no such target, its kind has no such setting or does not understand the value.
	 */
	Entry configure(String name, Map<String, String> settings) throws IOException;

	/** Forgets a target; its backups stay where they are. */
	void remove(String name) throws IOException;

	/** From now on backups go to this target if nothing else is said. */
	default void makeDefault(String name) throws IOException {
		Entry entry = list().stream().filter(each -> each.name().equals(name)).findFirst()
				.orElseThrow(() -> EngineProblems.TARGET_UNKNOWN.exception(name, ""));
		remove(name);
		add(name, entry.location(), entry.settings(), true);
	}

	/** The default target. */
	Entry defaultTarget() throws IOException;

	/** Opens a target by its configured name, or by its location such as a folder. It connects when it is first used. */
	BackupTarget open(String nameOrLocation) throws IOException;

	/**
	 * A configured target.
	 *
	 * @param name      what the person calls it
	 * @param location  where it is
	 * @param isDefault whether backups go there if nothing else is said
	 * @param settings  what its kind understands, such as {@code quota}
	 */
	record Entry(String name, String location, boolean isDefault, Map<String, String> settings) {

		/** Copies the settings. */
		public Entry {
			settings = Map.copyOf(settings);
		}

		/** Without settings. */
		public Entry(String name, String location, boolean isDefault) {
			this(name, location, isDefault, Map.of());
		}
	}
}
