// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.dataset.organizer.internal;

import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.dataset.base.OneLine;
import org.keepsake.dataset.organizer.CalendarEvent;
import org.keepsake.dataset.organizer.CalendarEvent.Place;
import org.keepsake.dataset.organizer.Reminder;

import biweekly.component.VEvent;
import biweekly.component.VTodo;
import biweekly.parameter.ParticipationStatus;
import biweekly.parameter.Related;
import biweekly.property.Attendee;
import biweekly.property.Conference;
import biweekly.property.Geo;
import biweekly.property.Organizer;
import biweekly.property.Status;

/** Events and reminders as components of iCalendar. */
final class ICalEvents {

	private static final long DAY_SECONDS = 86_400;
	private static final double HALF = 0.5;

	private ICalEvents() {
	}

	/** @return null if it has no start, which iCalendar demands */
	static @Nullable VEvent event(CalendarEvent event, ICalTimes times) {
		Instant start = event.start();
		if (start == null) {
			return null;
		}
		VEvent component = new VEvent();
		component.setUid(OneLine.of(event.uid(), event.key()));
		component.setDateTimeStamp(stamp(event.modified(), event.created(), start));
		component.setSummary(text(event.title()));
		times.add(component, "DTSTART", start);
		Instant end = event.end();
		if (end != null && !end.isBefore(start)) {
			times.add(component, "DTEND", event.allDay() ? dayAfter(start, end) : end);
		}
		event.rules().forEach(rule -> component.addExperimentalProperty("RRULE", ICalRule.text(rule, times)));
		times.add(component, "EXDATE", event.exceptions());
		Instant replaces = event.replaces();
		if (replaces != null) {
			times.add(component, "RECURRENCE-ID", replaces);
		}
		describe(component, event);
		people(component, event);
		event.alarms().forEach(alarm -> component.addAlarm(ICalAlarms.alarm(alarm, event.title(), Related.START)));
		return component;
	}

	private static void describe(VEvent component, CalendarEvent event) {
		if (!event.notes().isEmpty()) {
			component.setDescription(text(event.notes()));
		}
		Place place = event.place();
		if (place != null) {
			String both = place.title() + (place.title().isEmpty() || place.address().isEmpty() ? "" : "\n")
					+ place.address();
			if (!both.isEmpty()) {
				component.setLocation(text(both));
			}
			Double latitude = place.latitude();
			Double longitude = place.longitude();
			if (latitude != null && longitude != null) {
				component.setGeo(new Geo(latitude, longitude));
			}
		}
		if (!event.url().isBlank()) {
			component.setUrl(OneLine.of(event.url()));
		}
		if (!event.conferenceUrl().isBlank()) {
			component.addConference(new Conference(OneLine.of(event.conferenceUrl())));
		}
		if (event.birthday()) {
			component.addCategories(Texts.text("ics.birthday"));
		}
		if (event.free()) {
			component.setTransparency(true);
		}
		switch (event.status()) {
			case CONFIRMED -> component.setStatus(Status.confirmed());
			case TENTATIVE -> component.setStatus(Status.tentative());
			case CANCELLED -> component.setStatus(Status.cancelled());
			case NONE -> {
			}
		}
		Instant created = event.created();
		if (created != null) {
			component.setCreated(Date.from(created));
		}
		Instant modified = event.modified();
		if (modified != null) {
			component.setLastModified(Date.from(modified));
		}
	}

	private static void people(VEvent component, CalendarEvent event) {
		CalendarEvent.Attendee host = event.organizer();
		if (host != null && !host.address().isBlank()) {
			component.setOrganizer(new Organizer(name(host), OneLine.of(host.address())));
		}
		for (CalendarEvent.Attendee person : event.attendees()) {
			if (person.address().isBlank()) {
				continue;
			}
			Attendee attendee = new Attendee(name(person), OneLine.of(person.address()));
			attendee.setParticipationStatus(switch (person.answer()) {
				case ACCEPTED -> ParticipationStatus.ACCEPTED;
				case DECLINED -> ParticipationStatus.DECLINED;
				case MAYBE -> ParticipationStatus.TENTATIVE;
				case NONE, OTHER -> ParticipationStatus.NEEDS_ACTION;
			});
			component.addAttendee(attendee);
		}
	}

	private static @Nullable String name(CalendarEvent.Attendee person) {
		return person.name().isBlank() ? null : OneLine.of(person.name());
	}

	static VTodo task(Reminder reminder, ICalTimes times) {
		VTodo component = new VTodo();
		component.setUid(OneLine.of(reminder.key()));
		component.setDateTimeStamp(stamp(reminder.modified(), reminder.created(), reminder.due()));
		component.setSummary(text(reminder.title()));
		if (!reminder.notes().isEmpty()) {
			component.setDescription(text(reminder.notes()));
		}
		Instant due = reminder.due();
		if (due != null) {
			if (!reminder.rules().isEmpty()) {
				times.add(component, "DTSTART", due);
				reminder.rules()
						.forEach(rule -> component.addExperimentalProperty("RRULE", ICalRule.text(rule, times)));
			}
			times.add(component, "DUE", due);
		}
		component.setStatus(reminder.completed() ? Status.completed() : Status.needsAction());
		Instant completed = reminder.completedAt();
		if (completed != null) {
			component.setCompleted(Date.from(completed));
		}
		switch (reminder.priority()) {
			case HIGH -> component.setPriority(1);
			case MEDIUM -> component.setPriority(5);
			case LOW -> component.setPriority(9);
			case NONE -> {
			}
		}
		links(component, reminder);
		reminder.alarms().stream().filter(alarm -> due != null || alarm.secondsBefore() == null)
				.forEach(alarm -> component.addAlarm(ICalAlarms.alarm(alarm, reminder.title(), Related.END)));
		return component;
	}

	private static void links(VTodo component, Reminder reminder) {
		List<String> addresses = reminder.url().lines().filter(line -> !line.isBlank()).toList();
		if (!addresses.isEmpty()) {
			component.setUrl(OneLine.of(addresses.getFirst()));
		}
		if (!reminder.parent().isEmpty()) {
			component.addRelatedTo(OneLine.of(reminder.parent()));
		}
		if (!reminder.tags().isEmpty()) {
			component.addCategories(reminder.tags().stream().map(ICalEvents::text).toList());
		}
		if (!reminder.messaging().isEmpty()) {
			component.addComment(text(Texts.text("ics.messaging", String.join(", ", reminder.messaging()))));
		}
		if (reminder.flagged()) {
			component.addExperimentalProperty("X-KEEPSAKE-FLAGGED", "TRUE");
		}
		Instant created = reminder.created();
		if (created != null) {
			component.setCreated(Date.from(created));
		}
		Instant modified = reminder.modified();
		if (modified != null) {
			component.setLastModified(Date.from(modified));
		}
	}

	/** The day after the last: the end is recorded as the last second of a day, or as the first of the next. */
	private static Instant dayAfter(Instant start, Instant end) {
		long days = (long) (Duration.between(start, end).toSeconds() / (double) DAY_SECONDS + HALF);
		return start.plusSeconds(Math.max(1, days) * DAY_SECONDS);
	}

	private static Date stamp(@Nullable Instant... candidates) {
		for (Instant candidate : candidates) {
			if (candidate != null) {
				return Date.from(candidate);
			}
		}
		return new Date(0);
	}

	/** Line breaks as one character, and no other control characters, which iCalendar does not know. */
	static String text(String text) {
		StringBuilder clean = new StringBuilder(text.length());
		text.replace("\r\n", "\n").replace('\r', '\n').codePoints()
				.filter(character -> character == '\n' || character == '\t' || !Character.isISOControl(character))
				.forEach(clean::appendCodePoint);
		return clean.toString();
	}
}
