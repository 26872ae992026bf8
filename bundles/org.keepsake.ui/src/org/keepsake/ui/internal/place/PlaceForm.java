// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.ui.internal.place;

import java.util.EnumMap;
import java.util.Map;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.ui.internal.Messages;
import org.keepsake.ui.internal.place.PlaceKind.Field;

/** What a person has told of a place to be added. Not thread-safe. */
public final class PlaceForm {

	private final Map<Field, String> told = new EnumMap<>(Field.class);
	private PlaceKind kind = PlaceKind.FOLDER;
	private String name = "";
	private String quota = "";
	private boolean making = true;
	private boolean isDefault;

	/**
	 * A place as it was told.
	 *
	 * @param name        what it is to be called
	 * @param kind        of which kind it is
	 * @param location    where it is
	 * @param settings    what its kind understands
	 * @param makeDefault whether backups are to go there
	 * @param making      whether a repository is to be made there
	 */
	public record Wanted(String name, PlaceKind kind, String location, Map<String, String> settings,
			boolean makeDefault, boolean making) {

		/** Copies the map. */
		public Wanted {
			settings = Map.copyOf(settings);
		}
	}

	/** The kind. */
	public PlaceKind kind() {
		return kind;
	}

	/** Chooses the kind; what was told in fields that both have stays. */
	public void kind(PlaceKind chosen) {
		kind = chosen;
	}

	/** Names it. */
	public void name(String text) {
		name = text.strip();
	}

	/** Tells a field. */
	public void tell(Field field, String text) {
		told.put(field, text.strip());
	}

	/** What was told in a field. */
	public String told(Field field) {
		return told.getOrDefault(field, "");
	}

	/** Sets how much may be stored, such as {@code 50GB}; empty for any amount. */
	public void quota(String text) {
		quota = text.strip();
	}

	/** Whether a repository is to be made there, and not an existing one opened. */
	public void making(boolean make) {
		making = make;
	}

	/** Whether backups are to go there from now on. */
	public void makeDefault(boolean make) {
		isDefault = make;
	}

	/** Whether a repository is to be made. */
	public boolean isMaking() {
		return making && kind.isRepository();
	}

	/** The location as far as it was told; empty while something is missing. */
	public String location() {
		Map<Field, String> all = new EnumMap<>(Field.class);
		for (Field field : kind.fields()) {
			String text = told(field);
			if (text.isEmpty() && field.isNeeded()) {
				return "";
			}
			all.put(field, text);
		}
		return kind.location(all);
	}

	/** What is missing or cannot be, in a sentence; null if it can be added. The passwords are compared by the caller. */
	public @Nullable String complaint() {
		if (name.isEmpty()) {
			return Messages.place_tell_name;
		}
		return location().isEmpty() ? Messages.place_tell_all : null;
	}

	/** The place as it was told until now. */
	public Wanted wanted() {
		Map<String, String> settings = quota.isEmpty() || !kind.isRepository() ? Map.of() : Map.of("quota", quota);
		return new Wanted(name, kind, location(), settings, isDefault, isMaking());
	}
}
