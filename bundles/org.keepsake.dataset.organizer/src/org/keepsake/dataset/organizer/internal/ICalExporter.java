// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.dataset.organizer.internal;

import java.io.IOException;

import org.keepsake.core.JobMonitor;
import org.keepsake.core.dataset.DataSet;
import org.keepsake.core.dataset.ExportReport;
import org.keepsake.core.dataset.ExportRequest;
import org.keepsake.core.dataset.Exporter;
import org.keepsake.dataset.organizer.CalendarEvent;
import org.keepsake.dataset.organizer.Reminder;

/** Events and reminders as iCalendar (RFC 5545), a file for each calendar or list. */
public class ICalExporter implements Exporter {

	@Override
	public String id() {
		return "ics";
	}

	@Override
	public String title() {
		return Texts.text("ics.title");
	}

	@Override
	public boolean accepts(DataSet dataSet) {
		return dataSet.recordType() == CalendarEvent.class || dataSet.recordType() == Reminder.class;
	}

	@Override
	public boolean isSingleFile() {
		return false;
	}

	@Override
	public final ExportReport export(ExportRequest request, JobMonitor monitor) throws IOException {
		try (ICalExport export = new ICalExport(request, isSingleFile())) {
			return export.run(monitor);
		}
	}

	/** The same with all calendars in one file. */
	public static final class Single extends ICalExporter {

		@Override
		public String id() {
			return "ics-single";
		}

		@Override
		public String title() {
			return Texts.text("ics.single.title");
		}

		@Override
		public boolean isSingleFile() {
			return true;
		}
	}
}
