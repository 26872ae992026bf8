// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.dataset.organizer;

import java.time.Instant;
import java.util.List;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.core.dataset.DataRecord;
import org.keepsake.dataset.base.OneLine;

/**
 * An event of a calendar: a single one, a series with its rules, or the one occurrence of a series that differs.
 *
 * @param key           the event's own identifier
 * @param uid           the identifier that a series shares with its occurrences, as in iCalendar
 * @param title         what it is called
 * @param notes         further text
 * @param start         when it begins; of an event of whole days or without a time zone the time on the wall, taken as UTC
 * @param end           when it ends, likewise; of whole days the last second of the last day
 * @param timeZone      such as {@code Europe/Berlin}; empty if it has none
 * @param allDay        whether it takes whole days
 * @param calendar      the name of its calendar
 * @param account       the name of the calendar's account
 * @param calendarColor such as {@code #1BADF8}; empty if unknown
 * @param birthday      whether it is the birthday of a contact
 * @param place         where
 * @param url           an address
 * @param conferenceUrl where to join a call
 * @param status        whether it takes place
 * @param free          whether it leaves the time free
 * @param organizer     who invites
 * @param attendees     who is invited
 * @param rules         how it repeats; empty if it does not
 * @param exceptions    occurrences of the series that were taken out, by their start
 * @param replaces      the start of the occurrence of the series that this one stands for; null if it is none
 * @param alarms        when it is told before
 * @param created       when it was made
 * @param modified      when it was changed
 * @param attachments   its files
 */
public record CalendarEvent(String key, String uid, String title, String notes, @Nullable Instant start,
		@Nullable Instant end, String timeZone, boolean allDay, String calendar, String account, String calendarColor,
		boolean birthday, @Nullable Place place, String url, String conferenceUrl, Status status, boolean free,
		@Nullable Attendee organizer, List<Attendee> attendees, List<RepeatRule> rules, List<Instant> exceptions,
		@Nullable Instant replaces, List<Alarm> alarms, @Nullable Instant created, @Nullable Instant modified,
		List<Attachment> attachments) implements DataRecord {

	/** Copies the lists. */
	public CalendarEvent {
		attendees = List.copyOf(attendees);
		rules = List.copyOf(rules);
		exceptions = List.copyOf(exceptions);
		alarms = List.copyOf(alarms);
		attachments = List.copyOf(attachments);
	}

	@Override
	public @Nullable Instant date() {
		return start;
	}

	@Override
	public String headline() {
		return OneLine.of(title, notes, uid, key, "–");
	}

	@Override
	public String searchText() {
		StringBuilder text = new StringBuilder(title).append('\n').append(notes).append('\n').append(calendar)
				.append('\n').append(url).append('\n').append(conferenceUrl);
		Place where = place;
		if (where != null) {
			text.append('\n').append(where.title()).append('\n').append(where.address());
		}
		Attendee host = organizer;
		if (host != null) {
			text.append('\n').append(host.name()).append(' ').append(host.address());
		}
		for (Attendee attendee : attendees) {
			text.append('\n').append(attendee.name()).append(' ').append(attendee.address());
		}
		return text.toString();
	}

	/** Whether an event takes place. */
	public enum Status {
		/** Nothing is said. */
		NONE,
		/** It does. */
		CONFIRMED,
		/** Perhaps. */
		TENTATIVE,
		/** It does not. */
		CANCELLED
	}

	/**
	 * A place.
	 *
	 * @param title     its name
	 * @param address   its address; lines separated by line breaks
	 * @param latitude  degrees; null if unknown
	 * @param longitude degrees; null if unknown
	 */
	public record Place(String title, String address, @Nullable Double latitude, @Nullable Double longitude) {
	}

	/**
	 * Somebody who is invited, or who invites.
	 *
	 * @param name    what they are called; empty if unknown
	 * @param address mostly an e-mail address; empty if unknown
	 * @param answer  what they answered
	 */
	public record Attendee(String name, String address, Answer answer) {
	}

	/** An answer to an invitation. */
	public enum Answer {
		/** None yet. */
		NONE,
		/** They come. */
		ACCEPTED,
		/** They do not come. */
		DECLINED,
		/** They may come. */
		MAYBE,
		/** Something else was recorded. */
		OTHER
	}
}
