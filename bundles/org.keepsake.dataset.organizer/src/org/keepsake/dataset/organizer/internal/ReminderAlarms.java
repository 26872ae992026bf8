// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.dataset.organizer.internal;

import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.dataset.base.JsonValues;
import org.keepsake.dataset.base.KeyedArchive;
import org.keepsake.dataset.base.Row;
import org.keepsake.dataset.organizer.Alarm;
import org.keepsake.dataset.organizer.Alarm.Place;
import org.keepsake.dataset.organizer.Alarm.Proximity;

/**
 * When and where reminders of iOS 13 and later are told. An alarm has a trigger: a date as components, in JSON or archived;
 * seconds from when it is due; a place; or the car. What is told early has a list of its own since iOS 17; whom a message
 * must be written to is in the reminder itself. Names and numbers as remctl, icalPal and other public readers of the
 * database, and headers of Apple's ReminderKit, have them.
 */
final class ReminderAlarms {

	private static final int MOST = 200;
	private static final int MOST_BYTES = 64 << 10;
	private static final long LONGEST_SECONDS = 10L * 366 * 86_400;
	private static final double FARTHEST_METRES = 20_100_000;
	private static final int LEAVING = 2;
	/** Minutes, hours, days, weeks, and months of thirty days. */
	private static final long[] UNIT_SECONDS = { 60, 3600, 86_400, 7 * 86_400, 30 * 86_400 };

	private ReminderAlarms() {
	}

	/** @param zone the reminder's; empty if it has none */
	static @Nullable Alarm of(Row row, String zone) throws SQLException {
		switch (row.textOrEmpty("kind")) {
			case "date" -> {
				Instant at = moment(row.value("ZDATECOMPONENTSDATA"), zone);
				return at == null ? null : new Alarm(at, null);
			}
			case "interval" -> {
				double seconds = row.real("ZTIMEINTERVAL");
				return Math.abs(seconds) > LONGEST_SECONDS ? null : new Alarm(null, Math.round(-seconds));
			}
			case "place" -> {
				return new Alarm(null, null, place(row));
			}
			case "car" -> {
				return new Alarm(null, null,
						new Place(row.integer("ZEVENT") == LEAVING ? Proximity.DISCONNECT : Proximity.CONNECT, "", "",
								null, null, null));
			}
			default -> {
				return null;
			}
		}
	}

	private static Place place(Row row) throws SQLException {
		Number latitude = row.number("ZLATITUDE");
		Number longitude = row.number("ZLONGITUDE");
		Number radius = row.number("ZRADIUS");
		return place(row.integer("ZPROXIMITY"), row.textOrEmpty("place"), row.textOrEmpty("ZADDRESS"), latitude,
				longitude, radius);
	}

	/** @param proximity 2 for leaving, else arriving */
	static Place place(long proximity, String title, String address, @Nullable Number latitude,
			@Nullable Number longitude, @Nullable Number radius) {
		boolean known = latitude != null && longitude != null && Math.abs(latitude.doubleValue()) <= 90
				&& Math.abs(longitude.doubleValue()) <= 180;
		boolean near = radius != null && radius.doubleValue() > 0 && radius.doubleValue() < FARTHEST_METRES;
		return new Place(proximity == LEAVING ? Proximity.DEPART : Proximity.ARRIVE, title.strip(), address.strip(),
				known && latitude != null ? latitude.doubleValue() : null,
				known && longitude != null ? longitude.doubleValue() : null,
				near && radius != null ? radius.doubleValue() : null);
	}

	private static @Nullable Instant moment(@Nullable Object data, String reminderZone) {
		Object components = decoded(data);
		Integer year = number(components, "year", "NS.year");
		Integer month = number(components, "month", "NS.month");
		Integer day = number(components, "day", "NS.day");
		if (year == null || month == null || day == null) {
			return null;
		}
		Integer hour = number(components, "hour", "NS.hour");
		Integer minute = number(components, "minute", "NS.minute");
		Integer second = number(components, "second", "NS.second");
		try {
			return LocalDateTime.of(year, month, day, hour == null ? 0 : hour, minute == null ? 0 : minute,
					second == null ? 0 : second).atZone(zone(components, reminderZone)).toInstant();
		} catch (DateTimeException _) {
			return null;
		}
	}

	private static @Nullable Object decoded(@Nullable Object data) {
		byte[] bytes = data instanceof byte[] blob ? blob
				: data instanceof String text ? text.getBytes(StandardCharsets.UTF_8) : null;
		if (bytes == null || bytes.length > MOST_BYTES) {
			return null;
		}
		Object archived = KeyedArchive.readOrNull(bytes);
		return archived != null ? archived : JsonValues.readOrNull(bytes);
	}

	private static @Nullable Integer number(@Nullable Object components, String... names) {
		for (String name : names) {
			if (KeyedArchive.at(components, name) instanceof Number number && Math.abs(number.doubleValue()) < 10_000) {
				return number.intValue();
			}
		}
		return null;
	}

	/** That of the components, else the reminder's; UTC where neither says one, as for when it is due. */
	private static ZoneId zone(@Nullable Object components, String reminderZone) {
		List<String> names = new ArrayList<>();
		for (String[] path : new String[][] { { "timeZone" }, { "timeZone", "identifier" },
				{ "calendar", "timeZone", "identifier" }, { "NS.timezone", "NS.name" },
				{ "NS.calendar", "NS.timezone", "NS.name" } }) {
			names.add(KeyedArchive.text(components, path));
		}
		names.add(reminderZone);
		for (String name : names) {
			try {
				if (!name.isBlank()) {
					return ZoneId.of(name);
				}
			} catch (DateTimeException _) {
				// The next may be known.
			}
		}
		return ZoneOffset.UTC;
	}

	/** What is told some time before a reminder is due. */
	static List<Alarm> early(Row row) throws SQLException {
		Object data = row.value("ZDUEDATEDELTAALERTSDATA");
		List<Alarm> found = new ArrayList<>();
		if (data != null && KeyedArchive.at(decoded(data), "dueDateDeltaAlerts") instanceof List<?> alerts) {
			for (Object alert : alerts.subList(0, Math.min(MOST, alerts.size()))) {
				if (KeyedArchive.at(alert, "dueDateDeltaUnit") instanceof Long unit
						&& KeyedArchive.at(alert, "dueDateDeltaCount") instanceof Long count && unit >= 0
						&& unit < UNIT_SECONDS.length
						&& Math.abs((double) count) * UNIT_SECONDS[unit.intValue()] <= LONGEST_SECONDS) {
					found.add(new Alarm(null, -count * UNIT_SECONDS[unit.intValue()]));
				}
			}
		}
		return found;
	}

	/** Whom a reminder is told of when a message is written to them: an archive of {@code REMContactRepresentation}. */
	static List<String> messaging(Row row) throws SQLException {
		byte[] bytes = row.bytes("ZCONTACTHANDLES");
		Object contact = bytes == null || bytes.length > MOST_BYTES ? null : KeyedArchive.readOrNull(bytes);
		List<String> found = new ArrayList<>();
		for (String kind : List.of("phones", "emails")) {
			if (KeyedArchive.at(contact, kind) instanceof List<?> addresses) {
				for (Object address : addresses.subList(0, Math.min(MOST, addresses.size()))) {
					if (address instanceof String text && !text.isBlank()) {
						found.add(text.strip());
					}
				}
			}
		}
		return found;
	}
}
