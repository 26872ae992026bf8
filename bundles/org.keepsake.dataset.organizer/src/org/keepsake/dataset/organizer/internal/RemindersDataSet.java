// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.dataset.organizer.internal;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.core.JobMonitor;
import org.keepsake.core.ProblemException;
import org.keepsake.core.dataset.BackupContent;
import org.keepsake.core.dataset.ContentFile;
import org.keepsake.core.dataset.DataRecord;
import org.keepsake.core.dataset.DataSet;
import org.keepsake.core.dataset.Selection;
import org.keepsake.core.dataset.Survey;
import org.keepsake.dataset.base.DataProblems;
import org.keepsake.dataset.base.Span;
import org.keepsake.dataset.base.Tables;
import org.keepsake.dataset.organizer.Reminder;

/**
 * Reminders: of the stores in the domain of their group (iOS 17 and later) or in that of the home folder (iOS 13 to 16),
 * one store for each account; before, tasks of the calendar's database. What an older iOS left behind is not read beside
 * what a newer one made of it.
 */
public final class RemindersDataSet implements DataSet {

	private static final List<Source> STORES = List.of(
			Source.database("AppDomainGroup-group.com.apple.reminders", "Container_v1/Stores/Data-*.sqlite"),
			Source.database("HomeDomain", "Library/Reminders/Container_v1/Stores/Data-*.sqlite"));
	private static final int MOST_STORES = 200;

	@Override
	public String id() {
		return "reminders";
	}

	@Override
	public String title() {
		return Texts.text("reminders.title");
	}

	@Override
	public Class<? extends DataRecord> recordType() {
		return Reminder.class;
	}

	@Override
	public List<Source> sources() {
		return List.of(STORES.getFirst(), STORES.getLast(), CalendarSchema.SOURCE);
	}

	private static List<ContentFile> stores(BackupContent content) throws IOException {
		List<ContentFile> files = new ArrayList<>();
		for (Source source : STORES) {
			content.forEach(source.domain(), source.path(), file -> {
				files.add(file);
				return files.size() < MOST_STORES;
			});
			if (!files.isEmpty()) {
				break;
			}
		}
		return files;
	}

	@Override
	public Survey survey(BackupContent content, JobMonitor monitor) throws IOException {
		List<ContentFile> stores = stores(content);
		Tally tally = new Tally();
		try {
			for (ContentFile file : stores) {
				monitor.throwIfCancelled();
				try (ReminderStore store = ReminderStore.of(Tables.open(content, file))) {
					tally.add(store);
				} catch (ProblemException e) {
					tally.failed(e);
				}
			}
			if (stores.isEmpty() && !tally.addTasks(content)) {
				return Survey.absent("");
			}
		} catch (ProblemException e) {
			return Unreadable.survey(e);
		}
		return tally.survey(stores.size());
	}

	@Override
	public void read(BackupContent content, Selection selection, RecordVisitor visitor, JobMonitor monitor)
			throws IOException {
		List<ContentFile> stores = stores(content);
		if (stores.isEmpty()) {
			readTasks(content, visitor, monitor);
			return;
		}
		ProblemException problem = null;
		int failed = 0;
		for (ContentFile file : stores) {
			try (ReminderStore store = ReminderStore.of(Tables.open(content, file))) {
				if (!ReminderReader.read(store, visitor, monitor)) {
					return;
				}
			} catch (ProblemException e) {
				if (!e.is(DataProblems.UNREADABLE)) {
					throw e;
				}
				problem = e;
				failed++;
			}
		}
		if (problem != null && failed == stores.size()) {
			throw problem;
		}
	}

	private static void readTasks(BackupContent content, RecordVisitor visitor, JobMonitor monitor)
			throws IOException {
		CalendarSchema schema = CalendarSchema.open(content);
		if (schema == null) {
			return;
		}
		try (Tables tables = schema.tables(); CalendarFollowers followers = new CalendarFollowers(content, schema)) {
			tables.query(schema.select(true, "summary", "description", "location", "due_date", "due_tz", "due_all_day",
					"completion_date", "priority", "url", "creation_date", "last_modified", "UUID"), List.of(), row -> {
						monitor.throwIfCancelled();
						return visitor.visit(ReminderReader.task(row, followers));
					});
		}
	}

	/** Counts over several stores. */
	private static final class Tally {

		private final Span span = new Span();
		private final List<String> remarks = new ArrayList<>();
		private @Nullable ProblemException problem;
		private int failed;
		private long open;
		private long completed;
		private long deleted;

		void add(ReminderStore store) throws IOException {
			Tables tables = store.tables();
			String count = "SELECT COUNT(*) FROM " + store.from();
			long all = tables.count(count);
			long gone = tables.count(count + " AND " + store.deleted());
			long done = tables.count(count + " AND " + store.completed() + " AND NOT " + store.deleted());
			if (all > 0 && tables.has(store.from().substring(0, store.from().indexOf(' ')), "ZCREATIONDATE")) {
				span.includeCocoa(tables, "r.ZCREATIONDATE", store.from());
			}
			deleted += gone;
			completed += done;
			open += all - gone - done;
		}

		/** @return false if there is no database that could have tasks, or it has none */
		boolean addTasks(BackupContent content) throws IOException {
			CalendarSchema schema = CalendarSchema.open(content);
			if (schema == null) {
				return false;
			}
			try (Tables tables = schema.tables()) {
				long all = tables.count("SELECT COUNT(*) FROM " + schema.tasks());
				if (all > 0) {
					boolean known = tables.has("CalendarItem", "completion_date");
					completed = known ? tables.count(
							"SELECT COUNT(*) FROM " + schema.tasks() + " AND COALESCE(i.completion_date, 0) != 0") : 0;
					if (tables.has("CalendarItem", "creation_date")) {
						span.includeCocoa(tables, "i.creation_date", schema.tasks());
					}
				}
				open = all - completed;
				return all > 0;
			}
		}

		void failed(ProblemException e) throws ProblemException {
			remarks.addAll(Unreadable.survey(e).remarks());
			problem = e;
			failed++;
		}

		Survey survey(int stores) throws ProblemException {
			ProblemException last = problem;
			if (last != null && failed == stores) {
				return Unreadable.survey(last);
			}
			Map<String, Long> parts = new LinkedHashMap<>();
			put(parts, "reminders.open", open);
			put(parts, "reminders.completed", completed);
			put(parts, "reminders.deleted", deleted);
			return Survey.present(open + completed + deleted, span.first(), span.last()).withParts(parts)
					.withRemarks(remarks);
		}

		private static void put(Map<String, Long> parts, String key, long number) {
			if (number > 0) {
				parts.put(Texts.text(key), number);
			}
		}
	}
}
