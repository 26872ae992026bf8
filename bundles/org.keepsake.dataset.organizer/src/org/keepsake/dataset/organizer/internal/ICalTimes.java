// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.dataset.organizer.internal;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import org.eclipse.jdt.annotation.Nullable;

import biweekly.ICalDataType;
import biweekly.component.ICalComponent;
import biweekly.property.RawProperty;

/**
 * Dates and times of one event or task as iCalendar writes them (RFC 5545, 3.3.5): with a zone, in UTC, without a zone, or
 * a day alone. Written by {@code java.time}: what passes through {@code java.util.Date} would depend on the zone of this
 * computer.
 */
final class ICalTimes {

	private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("uuuuMMdd", Locale.ROOT);
	private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss", Locale.ROOT);
	private static final int MOST_A_LINE = 50;

	private final boolean days;
	private final boolean floating;
	private final @Nullable ZoneId zone;
	private final ZoneId dayZone;

	/** @param timeZone empty if there is none, and the times on the wall, or days, are meant as in UTC */
	ICalTimes(boolean days, String timeZone) {
		this.days = days;
		this.floating = timeZone.isEmpty();
		ZoneId known = floating ? null : zone(timeZone);
		this.zone = days ? null : known;
		this.dayZone = known == null ? ZoneOffset.UTC : known;
	}

	private static @Nullable ZoneId zone(String name) {
		try {
			ZoneId zone = ZoneId.of(name, ZoneId.SHORT_IDS);
			return zone.normalized() instanceof ZoneOffset ? null : zone;
		} catch (DateTimeException e) {
			return null;
		}
	}

	/** The zone that is referred to, and must be defined; null if none is. */
	@Nullable
	ZoneId zone() {
		return zone;
	}

	/** Adds a property of one moment. */
	void add(ICalComponent component, String name, Instant moment) {
		decorate(component.addExperimentalProperty(name, days ? ICalDataType.DATE : null, text(moment)));
	}

	/** Adds properties of several moments. */
	void add(ICalComponent component, String name, List<Instant> moments) {
		for (int i = 0; i < moments.size(); i += MOST_A_LINE) {
			List<String> texts = new ArrayList<>();
			moments.subList(i, Math.min(moments.size(), i + MOST_A_LINE)).forEach(moment -> texts.add(text(moment)));
			decorate(component.addExperimentalProperty(name, days ? ICalDataType.DATE : null,
					String.join(",", texts)));
		}
	}

	private void decorate(RawProperty property) {
		ZoneId named = zone;
		if (named != null) {
			property.setParameter("TZID", named.getId());
		}
	}

	private String text(Instant moment) {
		ZoneId named = zone;
		if (named != null) {
			return TIME.format(LocalDateTime.ofInstant(moment, named));
		}
		return until(moment);
	}

	/** The end of a rule: a day, or a moment in UTC, or on the wall. */
	String until(Instant moment) {
		if (days) {
			return DAY.format(LocalDateTime.ofInstant(moment, dayZone));
		}
		LocalDateTime utc = LocalDateTime.ofInstant(moment, ZoneOffset.UTC);
		return floating ? TIME.format(utc) : TIME.format(utc) + 'Z';
	}
}
