// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.dataset.organizer.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import org.eclipse.jdt.annotation.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.keepsake.core.IosVersion;
import org.keepsake.core.JobMonitor;
import org.keepsake.core.dataset.DataSet;
import org.keepsake.core.dataset.ExportReport;
import org.keepsake.core.dataset.ExportRequest;
import org.keepsake.core.dataset.Exporter;
import org.keepsake.core.dataset.Selection;
import org.keepsake.testing.DataSetContract.Filler;
import org.keepsake.testing.FolderContent;
import org.keepsake.testing.MemoryOutput;

import biweekly.ICalendar;
import biweekly.component.VEvent;
import biweekly.component.VTodo;
import biweekly.io.text.ICalReader;

class ICalExporterTest {

	private final MemoryOutput files = new MemoryOutput();

	@TempDir
	@Nullable
	Path folder;

	private ExportReport export(Exporter exporter, DataSet dataSet, Filler filler) throws Exception {
		Path place = Objects.requireNonNull(folder).resolve("backup");
		FolderContent content = new FolderContent(place, new IosVersion("17.5"), true);
		filler.fill(content);
		assertTrue(exporter.accepts(dataSet));
		return exporter.export(new ExportRequest(dataSet, content, Selection.ALL, files, Map.of()), JobMonitor.NONE);
	}

	private ICalendar parsed(String path) throws IOException {
		String text = files.text(path);
		for (String line : text.split("\r\n")) {
			assertTrue(line.getBytes(StandardCharsets.UTF_8).length <= 75, line);
			assertFalse(line.contains("\n"), line);
		}
		List<ICalendar> calendars = read(text);
		assertEquals(1, calendars.size());
		assertEquals("", calendars.getFirst().validate(biweekly.ICalVersion.V2_0).toString());
		return calendars.getFirst();
	}

	private static List<ICalendar> read(String text) throws IOException {
		try (ICalReader reader = new ICalReader(text)) {
			return reader.readAll();
		}
	}

	@Test
	void writesAFileForEachCalendar() throws Exception {
		ExportReport report = export(new ICalExporter(), new CalendarDataSet(), CalendarSamples::items17);
		assertEquals(Set.of("Home.ics", "Birthdays.ics"), files.paths());
		assertEquals(3, report.recordsWritten());
		assertEquals(2, report.filesWritten());
		assertTrue(files.text("Home.ics").contains("X-WR-CALNAME:Home\r\n"));
	}

	@Test
	void writesAMeetingSoThatOthersReadIt() throws Exception {
		export(new ICalExporter.Single(), new CalendarDataSet(), CalendarSamples::items9);
		VEvent meeting = parsed("calendar.ics").getEvents().getFirst();
		assertEquals("Planning, part 1; Q3", meeting.getSummary().getValue());
		assertEquals(Instant.ofEpochSecond(978_307_200L + 460_000_000),
				meeting.getDateStart().getValue().toInstant());
		assertEquals("plan@example.org", meeting.getUid().getValue());
		assertEquals("ada@example.org", meeting.getAttendees().getFirst().getEmail());
		assertEquals("Ada Lovelace", meeting.getAttendees().getFirst().getCommonName());
		assertEquals("boss@example.org", meeting.getOrganizer().getEmail());
		assertEquals("Café Central\nHerrengasse 14\nWien", meeting.getLocation().getValue());
		assertEquals(48.2103, meeting.getGeo().getLatitude());
		assertEquals(2, meeting.getAlarms().size());
		String text = files.text("calendar.ics");
		assertTrue(text.contains("DTSTART;TZID=Europe/Berlin:20150731T"), text);
		assertTrue(text.contains("RRULE:FREQ=MONTHLY;INTERVAL=2;COUNT=5;WKST=MO;BYMONTH=1,6;BYDAY=2MO\r\n"), text);
		assertTrue(text.contains("EXDATE;TZID=Europe/Berlin:"), text);
		assertTrue(text.contains("RECURRENCE-ID;TZID=Europe/Berlin:"), text);
		assertTrue(text.indexOf("BEGIN:VTIMEZONE") < text.indexOf("BEGIN:VEVENT"), "a zone is defined before its use");
		assertEquals(text.indexOf("BEGIN:VTIMEZONE"), text.lastIndexOf("BEGIN:VTIMEZONE"), "and once");
	}

	@Test
	void writesWholeDaysAsDaysAndTimesWithoutAZoneAsSuch() throws Exception {
		export(new ICalExporter.Single(), new CalendarDataSet(), CalendarSamples::items9);
		String text = files.text("calendar.ics");
		assertTrue(text.contains("DTSTART;VALUE=DATE:20150802\r\n"), text);
		assertTrue(text.contains("DTEND;VALUE=DATE:20150804\r\n"), text);
		assertEquals(Set.of("calendar.ics"), files.paths());
	}

	@Test
	void writesTimesOnTheWall() throws Exception {
		export(new ICalExporter.Single(), new CalendarDataSet(), CalendarSamples::items17);
		parsed("calendar.ics");
		assertTrue(files.text("calendar.ics").contains("DTSTART:20231026T"), files.text("calendar.ics"));
		assertTrue(files.text("calendar.ics").contains("STATUS:CANCELLED"));
		assertTrue(files.text("calendar.ics").contains("CATEGORIES:Birthday"));
	}

	@Test
	void writesWhenAndWhereRemindersAreTold() throws Exception {
		export(new ICalExporter(), new RemindersDataSet(), CalendarSamples::reminders17);
		VTodo bread = parsed("Shopping 2.ics").getTodos().getFirst();
		assertEquals(5, bread.getAlarms().size());
		assertEquals(Instant.parse("2024-06-13T17:33:20Z"),
				bread.getAlarms().getFirst().getTrigger().getDate().toInstant());
		String text = files.text("Shopping 2.ics");
		assertEquals("When messaging +43 1 5550100, baker@example.org", bread.getComments().getFirst().getValue());
		assertTrue(text.contains("TRIGGER;RELATED=END:-PT15M\r\n"), text);
		assertTrue(text.contains("TRIGGER;RELATED=END:-PT2H\r\n"), text);
		assertTrue(text.contains("TRIGGER;VALUE=DATE-TIME:19760401T005545Z\r\n"), text);
		assertTrue(text.contains("\r\nPROXIMITY:DEPART\r\n"), text);
		assertTrue(text.replace("\r\n ", "").contains(
				"X-APPLE-STRUCTURED-LOCATION;X-TITLE=Work;X-APPLE-RADIUS=250.5;VALUE=URI:geo:47.07,15.44\r\n"), text);
	}

	@Test
	void writesAlarmsOfEarlierStoresAndNamesThatHaveQuotes() throws Exception {
		export(new ICalExporter(), new RemindersDataSet(), CalendarSamples::reminders14);
		assertEquals(2, parsed("Errands.ics").getTodos().getFirst().getAlarms().size());
		assertTrue(files.text("Errands.ics").replace("\r\n ", "").contains("X-TITLE=Post 'office'"));
	}

	@Test
	void writesRemindersAsTasks() throws Exception {
		ExportReport report = export(new ICalExporter(), new RemindersDataSet(), CalendarSamples::reminders17);
		assertEquals(4, report.recordsRead());
		assertEquals(3, report.recordsWritten());
		assertEquals(1, report.remarks().size());
		List<VTodo> tasks = parsed("Shopping 2.ics").getTodos();
		assertEquals("Bread", tasks.getFirst().getSummary().getValue());
		assertEquals(9, tasks.getFirst().getPriority().getValue());
		assertEquals(Instant.ofEpochSecond(978_307_200L + 740_000_000),
				tasks.getFirst().getDateDue().getValue().toInstant());
		List<VTodo> others = parsed("Shopping.ics").getTodos();
		assertEquals(List.of("Stay", "Rye"), others.stream().map(task -> task.getSummary().getValue()).toList());
		assertEquals("L-1", others.getLast().getRelatedTo().getFirst().getValue());
		assertTrue(others.getLast().getStatus().isCompleted());
	}

	/** As read by the library, whose reader knows one standard offset of a zone: zones that changed it are not among them. */
	@ParameterizedTest
	@ValueSource(strings = { "Europe/Berlin", "America/New_York", "Asia/Kolkata", "Australia/Sydney",
			"America/Santiago", "Europe/London", "Asia/Jerusalem", "America/Sao_Paulo" })
	void definesZonesAsJavaKnowsThem(String name) throws Exception {
		ZoneId zone = ZoneId.of(name);
		List<Instant> moments = new ArrayList<>();
		for (int month = 0; month < 12 * 60; month += 5) {
			moments.add(LocalDateTime.of(1975, 1, 15, 12, 0).plusMonths(month).atZone(zone).toInstant());
		}
		MemoryOutput output = new MemoryOutput();
		try (ICalFile file = new ICalFile(output, "zone.ics", null, "")) {
			ICalTimes times = new ICalTimes(false, name);
			for (Instant moment : moments) {
				VEvent event = new VEvent();
				times.add(event, "DTSTART", moment);
				file.add(event, times.zone());
			}
			file.commit();
		}
		assertEquals(moments, read(output.text("zone.ics")).getFirst().getEvents().stream()
				.map(event -> event.getDateStart().getValue().toInstant()).toList());
	}
}
