// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.dataset.organizer.internal;

import java.io.Closeable;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.core.dataset.BackupContent;
import org.keepsake.core.dataset.DataRecord.Attachment;
import org.keepsake.dataset.base.Followers;
import org.keepsake.dataset.base.Row;
import org.keepsake.dataset.base.Tables;
import org.keepsake.dataset.organizer.Alarm;
import org.keepsake.dataset.organizer.CalendarEvent.Answer;
import org.keepsake.dataset.organizer.CalendarEvent.Attendee;
import org.keepsake.dataset.organizer.RepeatRule;

/** What belongs to the items of a calendar, read in step with them. */
final class CalendarFollowers implements Closeable {

	private static final int ATTENDEE = 7;
	private static final int ORGANIZER = 8;
	/** Of one kind for one item; more cannot be meant. */
	private static final int MOST = 5000;
	private static final long LONGEST_SECONDS = 10L * 366 * 86_400;
	private static final List<String> OWNERS = List.of("owner_id", "event_id");

	private final BackupContent content;
	private final List<Closeable> open = new ArrayList<>();
	private final @Nullable Followers people;
	private final @Nullable Followers rules;
	private final @Nullable Followers exceptions;
	private final @Nullable Followers alarms;
	private final @Nullable Followers files;

	CalendarFollowers(BackupContent content, CalendarSchema schema) throws IOException {
		this.content = content;
		Tables tables = schema.tables();
		boolean named = tables.has("Identity") && tables.has("Participant", "identity_id");
		people = follow(tables, schema.followers("Participant",
				named ? " LEFT JOIN Identity d ON d.ROWID = x.identity_id" : "",
				(named ? ", d.display_name, d.address" : ", NULL AS display_name, NULL AS address"), OWNERS,
				"entity_type", "status", "email"));
		rules = follow(tables, schema.followers("Recurrence", "", "", OWNERS, "frequency", "interval", "week_start",
				"count", "end_date", "specifier"));
		String exceptionTable = tables.has("ExceptionDate") ? "ExceptionDate" : "EventExceptionDate";
		exceptions = follow(tables, schema.followers(exceptionTable, "", "", OWNERS, "date"));
		alarms = follow(tables,
				schema.followers("Alarm", places(tables), placeColumns(tables),
						List.of("calendaritem_owner_id", "owner_id", "event_id"), "trigger_date", "trigger_interval",
						"disabled", "proximity"));
		boolean apart = tables.has("AttachmentFile") && tables.has("Attachment", "file_id");
		files = follow(tables, schema.followers("Attachment",
				apart ? " LEFT JOIN AttachmentFile f ON f.ROWID = x.file_id" : "",
				apart ? ", " + tables.columns("AttachmentFile", "f", "filename", "format", "local_path")
						: ", " + tables.columns("Attachment", "x", "filename", "format")
								+ ", " + column(tables, "local_url") + " AS local_path",
				OWNERS, "url"));
	}

	/** Where somebody is told is a location that the alarm names, or that names the alarm. */
	private static String places(Tables tables) throws IOException {
		return !tables.has("Alarm", "proximity") ? ""
				: tables.has("Alarm", "location_id") && tables.has("Location", "title")
						? " LEFT JOIN Location l ON l.ROWID = x.location_id"
						: tables.has("Location", "alarm_owner_id")
								? " LEFT JOIN Location l ON l.alarm_owner_id = x.ROWID"
								: "";
	}

	private static String placeColumns(Tables tables) throws IOException {
		return ", " + (places(tables).isEmpty()
				? "NULL AS title, NULL AS address, NULL AS latitude, NULL AS longitude, NULL AS radius"
				: tables.columns("Location", "l", "title", "address", "latitude", "longitude", "radius"));
	}

	private static String column(Tables tables, String name) throws IOException {
		return tables.has("Attachment", name) ? "x." + name : "NULL";
	}

	private @Nullable Followers follow(Tables tables, @Nullable String sql) throws IOException {
		if (sql == null) {
			return null;
		}
		try {
			Followers followers = Followers.of(tables, sql);
			open.add(followers);
			return followers;
		} catch (IOException e) {
			close();
			throw e;
		}
	}

	/** Those who are invited to the item; the organizer, if known, comes as the first and alone in the other list. */
	void people(long item, long organizerId, List<Attendee> attendees, List<Attendee> organizers) throws IOException {
		each(people, item, row -> {
			Attendee person = attendee(row);
			long type = row.integer("entity_type");
			if (type == ORGANIZER || organizerId != 0 && row.integer("id") == organizerId) {
				organizers.add(person);
			} else if (type == ATTENDEE || type == 0) {
				attendees.add(person);
			}
		});
	}

	private static Attendee attendee(Row row) throws SQLException {
		String address = row.textOrEmpty("email");
		if (address.isEmpty()) {
			address = row.textOrEmpty("address");
		}
		if (address.regionMatches(true, 0, "mailto:", 0, 7)) {
			address = address.substring(7);
		}
		Answer answer = switch ((int) row.integer("status")) {
			case 0, 7 -> Answer.NONE;
			case 1 -> Answer.ACCEPTED;
			case 2 -> Answer.DECLINED;
			case 3 -> Answer.MAYBE;
			default -> Answer.OTHER;
		};
		return new Attendee(row.textOrEmpty("display_name"), address, answer);
	}

	List<RepeatRule> rules(long item) throws IOException {
		List<RepeatRule> found = new ArrayList<>();
		each(rules, item, row -> {
			RepeatRule rule = RuleReader.calendar(row);
			if (rule != null) {
				found.add(rule);
			}
		});
		return found;
	}

	List<Instant> exceptions(long item) throws IOException {
		List<Instant> found = new ArrayList<>();
		each(exceptions, item, row -> {
			Instant date = row.cocoa("date");
			if (date != null) {
				found.add(date);
			}
		});
		return found;
	}

	List<Alarm> alarms(long item) throws IOException {
		List<Alarm> found = new ArrayList<>();
		each(alarms, item, row -> {
			Instant at = row.cocoa("trigger_date");
			long before = -row.integer("trigger_interval");
			if (row.flag("disabled") || Math.abs(before) > LONGEST_SECONDS) {
				return;
			}
			if (row.flag("proximity")) {
				found.add(new Alarm(null, null,
						ReminderAlarms.place(row.integer("proximity"), row.textOrEmpty("title"),
								row.textOrEmpty("address"), row.number("latitude"), row.number("longitude"),
								row.number("radius"))));
				return;
			}
			found.add(at == null ? new Alarm(null, before) : new Alarm(at, null));
		});
		return found;
	}

	List<Attachment> files(long item) throws IOException {
		List<Attachment> found = new ArrayList<>();
		each(files, item, row -> found.add(file(row)));
		return found;
	}

	private Attachment file(Row row) throws SQLException, IOException {
		String name = row.textOrEmpty("filename");
		String path = row.textOrEmpty("local_path").replaceFirst("^file://", "")
				.replaceFirst("^(/private)?/var/mobile/",
						"")
				.replaceFirst("^~/", "");
		if (!path.isEmpty() && !path.startsWith("Library/")) {
			path = "Library/Calendar/" + path;
		}
		boolean present = !path.isEmpty() && content.find(CalendarSchema.DOMAIN, path).isPresent();
		return new Attachment(name.isEmpty() ? row.textOrEmpty("url") : name,
				row.textOrEmpty("format").contains("/") ? row.textOrEmpty("format") : "",
				path.isEmpty() ? "" : CalendarSchema.DOMAIN, path, present);
	}

	private static void each(@Nullable Followers followers, long item, Each each) throws IOException {
		if (followers == null) {
			return;
		}
		int[] count = new int[1];
		followers.forEach(item, row -> {
			each.row(row);
			return ++count[0] < MOST;
		});
	}

	@Override
	public void close() throws IOException {
		for (Closeable one : open) {
			one.close();
		}
	}

	@FunctionalInterface
	private interface Each {
		void row(Row row) throws SQLException, IOException;
	}
}
