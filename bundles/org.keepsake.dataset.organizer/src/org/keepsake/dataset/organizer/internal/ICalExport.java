// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.dataset.organizer.internal;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.keepsake.core.JobMonitor;
import org.keepsake.core.dataset.DataRecord;
import org.keepsake.core.dataset.ExportReport;
import org.keepsake.core.dataset.ExportRequest;
import org.keepsake.dataset.base.ExportedFiles;
import org.keepsake.dataset.organizer.CalendarEvent;
import org.keepsake.dataset.organizer.Reminder;

import biweekly.component.ICalComponent;

/** One export to iCalendar: a file for each calendar or list, or one for all. */
final class ICalExport implements AutoCloseable {

	/** So many files are open at the same time; what comes after shares the last. */
	private static final int MOST_FILES = 200;

	private final ExportRequest request;
	private final boolean single;
	private final Map<String, ICalFile> files = new LinkedHashMap<>();
	private long read;
	private long written;
	private long deleted;

	ICalExport(ExportRequest request, boolean single) {
		this.request = request;
		this.single = single;
	}

	ExportReport run(JobMonitor monitor) throws IOException {
		if (single) {
			file(request.dataSet().id(), request.dataSet().title(), "");
		}
		request.forEach(this::add, monitor);
		for (ICalFile file : files.values()) {
			file.commit();
		}
		List<String> remarks = new ArrayList<>();
		if (deleted > 0) {
			remarks.add(Texts.text("ics.deleted", deleted));
		}
		if (read - written > deleted) {
			remarks.add(Texts.text("ics.undated", read - written - deleted));
		}
		return new ExportReport(read, written, files.size(), 0, remarks);
	}

	private boolean add(DataRecord entry) throws IOException {
		read++;
		switch (entry) {
			case CalendarEvent event -> {
				ICalTimes times = new ICalTimes(event.allDay(), event.allDay() ? "" : event.timeZone());
				ICalComponent component = ICalEvents.event(event, times);
				if (component != null) {
					file(event.account() + '/' + event.calendar(), event.calendar(), event.calendarColor())
							.add(component, times.zone());
					written++;
				}
			}
			case Reminder reminder when reminder.deleted() -> deleted++;
			case Reminder reminder -> {
				ICalTimes times = new ICalTimes(reminder.dueAllDay(), reminder.timeZone());
				file(reminder.account() + '/' + reminder.list(), reminder.list(), "")
						.add(ICalEvents.task(reminder, times), times.zone());
				written++;
			}
			default -> throw new IllegalArgumentException("neither an event nor a reminder");
		}
		return true;
	}

	private ICalFile file(String key, String name, String color) throws IOException {
		if (single && !files.isEmpty()) {
			return files.values().iterator().next();
		}
		boolean full = files.size() >= MOST_FILES;
		String which = full && !files.containsKey(key) ? "" : key;
		ICalFile known = files.get(which);
		if (known == null) {
			String title = which.isEmpty() ? Texts.text("ics.others")
					: name.isBlank() ? Texts.text("ics.unnamed") : name;
			String path = single ? key : title.replace('/', '-');
			known = new ICalFile(request.output(), path + ".ics", title, color);
			files.put(which, known);
		}
		return known;
	}

	@Override
	public void close() throws IOException {
		ExportedFiles.closeAll(files.values().stream().map(ICalFile::file).toList());
	}
}
