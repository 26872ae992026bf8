// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.dataset.organizer.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

import org.junit.jupiter.api.Test;
import org.keepsake.core.IosVersion;
import org.keepsake.core.JobMonitor;
import org.keepsake.core.dataset.DataSet;
import org.keepsake.core.dataset.Survey;
import org.keepsake.core.dataset.Survey.Presence;
import org.keepsake.dataset.organizer.Alarm;
import org.keepsake.dataset.organizer.CalendarEvent;
import org.keepsake.dataset.organizer.CalendarEvent.Answer;
import org.keepsake.dataset.organizer.CalendarEvent.Attendee;
import org.keepsake.dataset.organizer.CalendarEvent.Place;
import org.keepsake.dataset.organizer.CalendarEvent.Status;
import org.keepsake.dataset.organizer.RepeatRule;
import org.keepsake.dataset.organizer.RepeatRule.Day;
import org.keepsake.dataset.organizer.RepeatRule.Frequency;
import org.keepsake.testing.DataSetContract;
import org.keepsake.testing.FolderContent;

class CalendarDataSetTest extends DataSetContract {

	@Override
	protected DataSet dataSet() {
		return new CalendarDataSet();
	}

	@Override
	protected List<Generation> generations() {
		return List.of(new Generation("4.3", 1, CalendarSamples::events4),
				new Generation("17.5", 3, CalendarSamples::items17), new Generation("9.3", 3, CalendarSamples::items9));
	}

	private List<CalendarEvent> events(Filler filler) throws Exception {
		return Reading.all(CalendarEvent.class, dataSet(), folder().resolve("read"), filler);
	}

	@Test
	void readsAnEventThatRepeatsWithItsExceptionOfiOS4() throws Exception {
		CalendarEvent event = events(CalendarSamples::events4).getFirst();
		assertEquals("Chorus", event.title());
		assertEquals(new Place("Town hall", "", null, null), event.place());
		assertEquals(Instant.parse("2011-03-22T15:20:00Z"), event.start());
		assertEquals(List.of(new Day(DayOfWeek.TUESDAY, 0), new Day(DayOfWeek.THURSDAY, 0)),
				event.rules().getFirst().days());
		assertEquals(Frequency.WEEKLY, event.rules().getFirst().frequency());
		assertEquals(List.of(Instant.parse("2011-03-29T15:20:00Z")), event.exceptions());
		assertEquals(List.of(new Alarm(null, 900L)), event.alarms());
		assertEquals("Home", event.calendar());
	}

	@Test
	void readsAMeetingWithPeoplePlaceRulesAndAlarms() throws Exception {
		CalendarEvent event = events(CalendarSamples::items9).getFirst();
		assertEquals("Work", event.calendar());
		assertEquals("iCloud", event.account());
		assertEquals("#FF2968", event.calendarColor());
		assertEquals("Europe/Berlin", event.timeZone());
		assertEquals(Status.CONFIRMED, event.status());
		assertEquals(new Place("Café Central", "Herrengasse 14\nWien", 48.2103, 16.3655), event.place());
		assertEquals(List.of(new Attendee("Ada Lovelace", "ada@example.org", Answer.ACCEPTED)), event.attendees());
		assertEquals(new Attendee("", "boss@example.org", Answer.NONE), event.organizer());
		assertEquals(
				List.of(new RepeatRule(Frequency.MONTHLY, 2, 5, null, DayOfWeek.MONDAY,
						List.of(new Day(DayOfWeek.MONDAY, 2)), List.of(), List.of(1, 6), List.of(), List.of(),
						List.of())),
				event.rules());
		assertEquals(List.of(Instant.ofEpochSecond(978_307_200L + 461_000_000)), event.exceptions());
		assertEquals(
				List.of(new Alarm(null, 900L), new Alarm(Instant.ofEpochSecond(978_307_200L + 459_950_000), null)),
				event.alarms(), "the alarm that is switched off is none");
		assertFalse(event.attachments().getFirst().present());
		assertEquals("Library/Calendar/Attachments/agenda.pdf", event.attachments().getFirst().path());
		assertTrue(event.searchText().contains("Ada Lovelace"));
	}

	@Test
	void tellsWholeDaysBirthdaysFloatingAndMovedEvents() throws Exception {
		List<CalendarEvent> events = events(CalendarSamples::items9);
		assertTrue(events.get(1).allDay());
		assertEquals("", events.get(1).timeZone());
		assertEquals(Instant.ofEpochSecond(978_307_200L + 460_604_800), events.get(2).replaces());
		assertEquals(events.get(0).uid(), events.get(2).uid());
		List<CalendarEvent> newer = Reading.all(CalendarEvent.class, dataSet(), folder().resolve("newer"),
				CalendarSamples::items17);
		assertEquals("https://meet.example.org/1", newer.get(0).conferenceUrl());
		assertTrue(newer.get(1).birthday());
		assertEquals(Instant.parse("1815-12-27T00:00:00Z"), newer.get(1).start());
		assertEquals(Status.CANCELLED, newer.get(2).status());
		assertTrue(newer.get(0).attachments().getFirst().present());
		assertNull(newer.get(0).place());
	}

	@Test
	void countsByCalendar() throws IOException {
		FolderContent content = new FolderContent(folder().resolve("parts"), new IosVersion("17.5"), true);
		CalendarSamples.items17(content);
		Survey survey = dataSet().survey(content, JobMonitor.NONE);
		assertEquals(2L, Objects.requireNonNull(survey.parts().get("Home")));
		assertEquals(1L, Objects.requireNonNull(survey.parts().get("Birthdays")));
	}

	@Test
	void saysWhatIsThereAndCannotBeRead() throws IOException {
		FolderContent content = new FolderContent(folder().resolve("odd"), new IosVersion("17.5"), true);
		content.put(CalendarSamples.DOMAIN, CalendarSamples.PATH, "no database at all, of some length".repeat(100));
		Survey survey = dataSet().survey(content, JobMonitor.NONE);
		assertEquals(Presence.UNREADABLE, survey.presence());
		assertTrue(survey.remarks().getFirst().contains("Calendar.sqlitedb"), survey.remarks()::toString);
	}
}
