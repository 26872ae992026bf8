// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.dataset.organizer.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.keepsake.core.IosVersion;
import org.keepsake.core.JobMonitor;
import org.keepsake.core.dataset.DataSet;
import org.keepsake.core.dataset.Survey;
import org.keepsake.core.dataset.Survey.Presence;
import org.keepsake.dataset.organizer.Alarm;
import org.keepsake.dataset.organizer.Alarm.Place;
import org.keepsake.dataset.organizer.Alarm.Proximity;
import org.keepsake.dataset.organizer.Reminder;
import org.keepsake.dataset.organizer.Reminder.Priority;
import org.keepsake.dataset.organizer.RepeatRule.Frequency;
import org.keepsake.testing.DataSetContract;
import org.keepsake.testing.FolderContent;

class RemindersDataSetTest extends DataSetContract {

	@Override
	protected DataSet dataSet() {
		return new RemindersDataSet();
	}

	@Override
	protected List<Generation> generations() {
		return List.of(new Generation("9.3", 2, CalendarSamples::items9),
				new Generation("14.8", 2, CalendarSamples::reminders14),
				new Generation("17.5", 4, CalendarSamples::reminders17));
	}

	private List<Reminder> reminders(Filler filler) throws Exception {
		return Reading.all(Reminder.class, dataSet(), folder().resolve("read"), filler);
	}

	@Test
	void readsTasksOfTheCalendar() throws Exception {
		List<Reminder> tasks = reminders(CalendarSamples::items9);
		assertEquals("Buy milk", tasks.get(0).title());
		assertEquals("two litres", tasks.get(0).notes());
		assertEquals("To do", tasks.get(0).list());
		assertEquals(Priority.HIGH, tasks.get(0).priority());
		assertFalse(tasks.get(0).completed());
		assertTrue(tasks.get(1).completed());
	}

	@Test
	void readsEntitiesThatShareATable() throws Exception {
		List<Reminder> reminders = reminders(CalendarSamples::reminders14);
		Reminder letter = reminders.get(0);
		assertEquals("00112233-4455-6677-8899-AABBCCDDEEFF", letter.key());
		assertEquals("Post the letter", letter.title());
		assertEquals("Errands", letter.list());
		assertEquals("On my iPhone", letter.account());
		assertTrue(letter.flagged());
		assertTrue(letter.dueAllDay());
		assertEquals(Priority.MEDIUM, letter.priority());
		assertEquals("https://example.org/post", letter.url());
		assertEquals(Frequency.WEEKLY, letter.rules().getFirst().frequency());
		assertEquals(2, letter.rules().getFirst().interval());
		assertTrue(reminders.get(1).deleted());
		assertEquals(letter.key(), reminders.get(1).parent());
	}

	@Test
	void readsEveryStoreOfTheNewestPlaceOnly() throws Exception {
		List<Reminder> reminders = reminders(CalendarSamples::reminders17);
		assertEquals(List.of("Gone", "Stay", "Bread", "Rye"), reminders.stream().map(Reminder::title).toList());
		Reminder bread = reminders.get(2);
		assertEquals("iCloud", bread.account());
		assertEquals(List.of("food"), bread.tags());
		assertEquals("", bread.url(), "what was deleted of it is gone");
		assertEquals("loaf.jpg", bread.attachments().getFirst().name());
		assertEquals(Priority.LOW, bread.priority());
		assertEquals("L-1", reminders.get(3).parent());
	}

	@Test
	void readsWhereTasksOfTheCalendarAreTold() throws Exception {
		List<Alarm> alarms = reminders(CalendarSamples::items9).getFirst().alarms();
		assertEquals(List.of(new Alarm(null, null,
				new Place(Proximity.DEPART, "Dairy", "Milk Street 1", 47.5, 9.7, 120.0))), alarms);
	}

	@Test
	void readsAlarmsOfEntitiesThatShareATable() throws Exception {
		assertEquals(List.of(
				new Alarm(null, null,
						new Place(Proximity.ARRIVE, "Post \"office\"", "Postgasse 8", 48.2, 16.37, 100.0)),
				new Alarm(Instant.parse("2020-12-18T08:30:00Z"), null)),
				reminders(CalendarSamples::reminders14).getFirst().alarms());
	}

	@Test
	void readsAlarmsByEachTriggerAndThoseToldEarly() throws Exception {
		List<Reminder> reminders = reminders(CalendarSamples::reminders17);
		assertEquals(List.of(new Alarm(Instant.parse("2024-06-13T17:33:20Z"), null), new Alarm(null, 900L),
				new Alarm(null, null, new Place(Proximity.DEPART, "Work", "", 47.07, 15.44, 250.5)),
				new Alarm(null, null, new Place(Proximity.CONNECT, "", "", null, null, null)), new Alarm(null, 7200L)),
				reminders.get(2).alarms(), "in the reminder's own time zone; what was deleted is gone");
		assertEquals(List.of(), reminders.get(3).alarms(), "a month that there is not");
	}

	@Test
	void tellsWhomAMessageMustBeWrittenTo() throws Exception {
		List<Reminder> reminders = reminders(CalendarSamples::reminders17);
		assertEquals(List.of("+43 1 5550100", "baker@example.org"), reminders.get(2).messaging());
		assertTrue(reminders.get(2).searchText().contains("baker@example.org"));
		assertEquals(List.of(), reminders.get(3).messaging(), "an archive that is cut off");
	}

	@Test
	void countsOpenCompletedAndDeleted() throws IOException {
		FolderContent content = new FolderContent(folder().resolve("parts"), new IosVersion("17.5"), true);
		CalendarSamples.reminders17(content);
		assertEquals(Map.of("open", 2L, "completed", 1L, "deleted", 1L),
				dataSet().survey(content, JobMonitor.NONE).parts());
	}

	@Test
	void readsOtherStoresIfOneIsDamaged() throws Exception {
		FolderContent content = new FolderContent(folder().resolve("part"), new IosVersion("17.5"), true);
		CalendarSamples.reminders17(content);
		content.put(CalendarSamples.GROUP, "Container_v1/Stores/Data-0B5E.sqlite", "broken".repeat(1000));
		Survey survey = dataSet().survey(content, JobMonitor.NONE);
		assertEquals(Presence.PRESENT, survey.presence());
		assertEquals(2, survey.count());
		assertTrue(survey.remarks().getFirst().contains("Data-0B5E.sqlite"));
	}
}
