// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.dataset.organizer.internal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

import org.keepsake.core.JobMonitor;
import org.keepsake.core.dataset.DataRecord.Attachment;
import org.keepsake.core.dataset.DataSet.RecordVisitor;
import org.keepsake.dataset.base.Followers;
import org.keepsake.dataset.base.Row;
import org.keepsake.dataset.organizer.Alarm;
import org.keepsake.dataset.organizer.Reminder;
import org.keepsake.dataset.organizer.Reminder.Priority;
import org.keepsake.dataset.organizer.RepeatRule;

/** Makes records of the rows of one generation of reminders. */
final class ReminderReader {

	private static final int MOST = 5000;

	private ReminderReader() {
	}

	/** Streams a store of iOS 13 or later. @return false if the visitor ended the visit */
	static boolean read(ReminderStore store, RecordVisitor visitor, JobMonitor monitor) throws IOException {
		boolean[] goOn = { true };
		String sql = store.followers();
		String name = store.tables().file().name().replaceFirst("\\.sqlite$", "");
		try (Followers followers = sql == null ? null : Followers.of(store.tables(), sql)) {
			store.tables().query(store.select(), List.of(), row -> {
				monitor.throwIfCancelled();
				Belongings belongings = new Belongings(zone(row));
				if (followers != null) {
					followers.forEach(row.integer("id"), belongings::take);
				}
				belongings.alarms.addAll(ReminderAlarms.early(row));
				goOn[0] = visitor.visit(reminder(row, name, belongings));
				return goOn[0];
			});
		}
		return goOn[0];
	}

	private static Reminder reminder(Row row, String store, Belongings belongings) throws SQLException {
		return new Reminder(key(row, "ZIDENTIFIER", "ZCKIDENTIFIER", "id", store), row.textOrEmpty("title"),
				row.textOrEmpty("ZNOTES"), row.textOrEmpty("list"), row.textOrEmpty("account"),
				row.number("parent") == null ? "" : key(row, "parent_identifier", "parent_ck", "parent", store),
				row.cocoa("ZDUEDATE"), row.flag("ZALLDAY"), zone(row), row.flag("ZCOMPLETED"),
				row.cocoa("ZCOMPLETIONDATE"), row.flag("ZFLAGGED"), priority(row.integer("ZPRIORITY")), belongings.url,
				belongings.tags, belongings.rules, belongings.alarms, ReminderAlarms.messaging(row),
				row.flag("ZMARKEDFORDELETION"),
				row.cocoa("ZCREATIONDATE"),
				row.cocoa("ZLASTMODIFIEDDATE"), belongings.files);
	}

	private static String zone(Row row) throws SQLException {
		String zone = row.textOrEmpty("ZTIMEZONE");
		return zone.equals("_float") ? "" : zone;
	}

	/** A task of a calendar's database, of iOS 12 or earlier. */
	static Reminder task(Row row, CalendarFollowers followers) throws SQLException, IOException {
		long id = row.integer("id");
		String key = row.textOrEmpty("UUID");
		String zone = row.textOrEmpty("due_tz");
		return new Reminder(key.isEmpty() ? "task-" + id : key, row.textOrEmpty("summary"),
				row.textOrEmpty("description"), row.textOrEmpty("c_title"), row.textOrEmpty("s_name"), "",
				row.cocoa("due_date"), row.flag("due_all_day"), zone.equals("_float") ? "" : zone,
				row.cocoa("completion_date") != null, row.cocoa("completion_date"), false,
				priority(row.integer("priority")), row.textOrEmpty("url"), List.of(), followers.rules(id),
				followers.alarms(id), List.of(), false, row.cocoa("creation_date"), row.cocoa("last_modified"),
				followers.files(id));
	}

	private static String key(Row row, String identifier, String other, String number, String store)
			throws SQLException {
		byte[] bytes = row.bytes(identifier);
		if (bytes != null && bytes.length == 16) {
			ByteBuffer buffer = ByteBuffer.wrap(bytes);
			return new UUID(buffer.getLong(), buffer.getLong()).toString().toUpperCase(Locale.ROOT);
		}
		String text = bytes == null ? row.textOrEmpty(identifier) : "";
		if (text.isEmpty()) {
			text = row.textOrEmpty(other);
		}
		return text.isEmpty() ? store + '-' + row.integer(number) : text;
	}

	/** As in iCalendar: 1 to 4 is high, 5 medium, up to 9 low. */
	private static Priority priority(long value) {
		return value <= 0 ? Priority.NONE : value < 5 ? Priority.HIGH : value == 5 ? Priority.MEDIUM : Priority.LOW;
	}

	/** What belongs to a reminder. */
	private static final class Belongings {

		private final List<String> tags = new ArrayList<>();
		private final List<RepeatRule> rules = new ArrayList<>();
		private final List<Attachment> files = new ArrayList<>();
		private final List<Alarm> alarms = new ArrayList<>();
		private final String zone;
		private String url = "";
		private int count;

		Belongings(String zone) {
			this.zone = zone;
		}

		boolean take(Row row) throws SQLException {
			switch (row.textOrEmpty("kind")) {
				case "tag" -> tags.add(row.textOrEmpty("name"));
				case "url" -> url = url.isEmpty() ? row.textOrEmpty("ZURL") : url + '\n' + row.textOrEmpty("ZURL");
				case "rule" -> {
					RepeatRule rule = row.number("ZFREQUENCY") == null ? null
							: RuleReader.rule(row.integer("ZFREQUENCY"), row.integer("ZINTERVAL"),
									row.integer("ZOCCURRENCECOUNT"), row.cocoa("ZENDDATE"), null, "");
					if (rule != null) {
						rules.add(rule);
					}
				}
				case "file" -> files.add(new Attachment(row.textOrEmpty("ZFILENAME"), "", "", "", false));
				default -> {
					Alarm alarm = ReminderAlarms.of(row, zone);
					if (alarm != null) {
						alarms.add(alarm);
					}
				}
			}
			return ++count < MOST;
		}
	}
}
