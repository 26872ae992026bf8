// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.dataset.organizer;

import java.time.Instant;

import org.eclipse.jdt.annotation.Nullable;

/**
 * When an event or a reminder is told: at a moment, before it begins or is due, or at a place.
 *
 * @param at            the moment; null if it depends on the start or on a place
 * @param secondsBefore how long before the start of an event, or before a reminder is due, negative for after it; null if
 *                      there is a moment or a place
 * @param place         where; null if it is told at a time
 */
public record Alarm(@Nullable Instant at, @Nullable Long secondsBefore, @Nullable Place place) {

	/** At a time. */
	public Alarm(@Nullable Instant at, @Nullable Long secondsBefore) {
		this(at, secondsBefore, null);
	}

	/**
	 * Where somebody is told.
	 *
	 * @param proximity    what must happen there
	 * @param title        what the place is called; empty if it has no name
	 * @param address      where it is; empty if unknown
	 * @param latitude     degrees; null if unknown
	 * @param longitude    degrees; null if unknown
	 * @param radiusMetres how near is near; null if unknown
	 */
	public record Place(Proximity proximity, String title, String address, @Nullable Double latitude,
			@Nullable Double longitude, @Nullable Double radiusMetres) {
	}

	/** What must happen. */
	public enum Proximity {
		/** Arriving at the place. */
		ARRIVE,
		/** Leaving the place. */
		DEPART,
		/** Getting into the car. */
		CONNECT,
		/** Getting out of the car. */
		DISCONNECT
	}
}
