// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.dataset.organizer.internal;

import java.time.Instant;
import java.util.Date;

import org.keepsake.dataset.base.OneLine;
import org.keepsake.dataset.organizer.Alarm;
import org.keepsake.dataset.organizer.Alarm.Place;

import biweekly.ICalDataType;
import biweekly.component.VAlarm;
import biweekly.parameter.Related;
import biweekly.property.RawProperty;
import biweekly.property.Trigger;

/**
 * Alarms as components of iCalendar. Where one is told at a place, it says so by {@code PROXIMITY} (RFC 9074, 8.1) and by
 * what Apple's programs write and read; its trigger is then the moment in the past that the RFC has for it.
 */
final class ICalAlarms {

	private static final Instant NEVER = Instant.parse("1976-04-01T00:55:45Z");

	private ICalAlarms() {
	}

	/** @param related what a time before is counted from */
	static VAlarm alarm(Alarm alarm, String title, Related related) {
		Place place = alarm.place();
		Instant at = place != null ? NEVER : alarm.at();
		Long before = alarm.secondsBefore();
		Trigger trigger = at != null ? new Trigger(Date.from(at))
				: new Trigger(biweekly.util.Duration.fromMillis(before == null ? 0 : -1000 * before), related);
		VAlarm component = VAlarm.display(trigger, OneLine.of(title, "–"));
		if (place != null) {
			near(component, place);
		}
		return component;
	}

	private static void near(VAlarm component, Place place) {
		component.addExperimentalProperty("PROXIMITY", place.proximity().name());
		component.addExperimentalProperty("X-APPLE-PROXIMITY", place.proximity().name());
		Double latitude = place.latitude();
		Double longitude = place.longitude();
		if (latitude != null && longitude != null) {
			RawProperty where = component.addExperimentalProperty("X-APPLE-STRUCTURED-LOCATION", ICalDataType.URI,
					"geo:" + latitude + ',' + longitude);
			where.setParameter("X-TITLE", parameter(OneLine.of(place.title(), place.address(), "–")));
			if (!place.address().isEmpty()) {
				where.setParameter("X-ADDRESS", parameter(OneLine.of(place.address())));
			}
			Double radius = place.radiusMetres();
			if (radius != null) {
				where.setParameter("X-APPLE-RADIUS", Double.toString(radius));
			}
		}
	}

	/** Without what values of parameters cannot have (RFC 5545, 3.2). */
	private static String parameter(String text) {
		return text.replace('"', '\'');
	}
}
