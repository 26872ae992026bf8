// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.dataset.organizer.internal;

import org.junit.jupiter.api.Nested;
import org.keepsake.core.dataset.DataSet;
import org.keepsake.core.dataset.Exporter;
import org.keepsake.testing.ExporterContract;
import org.keepsake.testing.FolderContent;

/** The formats of this bundle keep what all exporters promise. */
class ExportersTest {

	@Nested
	class Calendars extends ExporterContract {
		@Override
		protected Exporter exporter() {
			return new ICalExporter();
		}

		@Override
		protected DataSet dataSet() {
			return new CalendarDataSet();
		}

		@Override
		protected void fill(FolderContent content) throws Exception {
			CalendarSamples.items17(content);
		}
	}

	@Nested
	class AllCalendarsInOne extends ExporterContract {
		@Override
		protected Exporter exporter() {
			return new ICalExporter.Single();
		}

		@Override
		protected DataSet dataSet() {
			return new CalendarDataSet();
		}

		@Override
		protected void fill(FolderContent content) throws Exception {
			CalendarSamples.items17(content);
		}
	}

	@Nested
	class Reminders extends ExporterContract {
		@Override
		protected Exporter exporter() {
			return new ICalExporter();
		}

		@Override
		protected DataSet dataSet() {
			return new RemindersDataSet();
		}

		@Override
		protected void fill(FolderContent content) throws Exception {
			CalendarSamples.reminders17(content);
		}
	}

	@Nested
	class Bookmarks extends ExporterContract {
		@Override
		protected Exporter exporter() {
			return new BookmarksExporter();
		}

		@Override
		protected DataSet dataSet() {
			return new SafariDataSet();
		}

		@Override
		protected void fill(FolderContent content) throws Exception {
			SafariSamples.home12(content);
		}
	}
}
