// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.dataset.organizer.internal;

import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.core.JobMonitor;
import org.keepsake.core.ProblemException;
import org.keepsake.core.dataset.BackupContent;
import org.keepsake.core.dataset.DataRecord;
import org.keepsake.core.dataset.DataSet;
import org.keepsake.core.dataset.Selection;
import org.keepsake.core.dataset.Survey;
import org.keepsake.dataset.base.Row;
import org.keepsake.dataset.base.Span;
import org.keepsake.dataset.base.Tables;
import org.keepsake.dataset.organizer.CalendarEvent;
import org.keepsake.dataset.organizer.CalendarEvent.Attendee;
import org.keepsake.dataset.organizer.CalendarEvent.Place;
import org.keepsake.dataset.organizer.CalendarEvent.Status;

/** Events of {@code Calendar.sqlitedb}. */
public final class CalendarDataSet implements DataSet {

	private static final int MOST_PARTS = 1000;
	private static final String FLOATING = "_float";

	@Override
	public String id() {
		return "calendar";
	}

	@Override
	public String title() {
		return Texts.text("calendar.title");
	}

	@Override
	public Class<? extends DataRecord> recordType() {
		return CalendarEvent.class;
	}

	@Override
	public List<Source> sources() {
		return List.of(CalendarSchema.SOURCE, Source.files(CalendarSchema.DOMAIN, "Library/Calendar/Attachments/**"));
	}

	@Override
	public Survey survey(BackupContent content, JobMonitor monitor) throws IOException {
		try {
			CalendarSchema schema = CalendarSchema.open(content);
			if (schema == null) {
				return Survey.absent("");
			}
			try (Tables tables = schema.tables()) {
				long count = tables.count("SELECT COUNT(*) FROM " + schema.events());
				Span span = new Span();
				span.includeCocoa(tables, "i.start_date", schema.events());
				Survey survey = Survey.present(count, span.first(), span.last());
				return count == 0 ? survey : survey.withParts(parts(schema, count));
			}
		} catch (ProblemException e) {
			return Unreadable.survey(e);
		}
	}

	private static Map<String, Long> parts(CalendarSchema schema, long count) throws IOException {
		Map<String, Long> parts = new LinkedHashMap<>();
		Tables tables = schema.tables();
		String title = tables.has("Calendar", "title")
				? "(SELECT c.title FROM Calendar c WHERE c.ROWID = i.calendar_id)"
				: "NULL";
		tables.query("SELECT " + title + " AS title, COUNT(*) AS number FROM " + schema.events()
				+ " GROUP BY 1 ORDER BY 2 DESC LIMIT " + MOST_PARTS, List.of(), row -> {
					String name = row.textOrEmpty("title");
					parts.merge(name.isBlank() ? Texts.text("calendar.none") : name, row.integer("number"), Long::sum);
					return true;
				});
		long rest = count - parts.values().stream().mapToLong(Long::longValue).sum();
		if (rest > 0) {
			parts.merge(Texts.text("calendar.others"), rest, Long::sum);
		}
		return parts;
	}

	@Override
	public void read(BackupContent content, Selection selection, RecordVisitor visitor, JobMonitor monitor)
			throws IOException {
		CalendarSchema schema = CalendarSchema.open(content);
		if (schema == null) {
			return;
		}
		try (Tables tables = schema.tables(); CalendarFollowers followers = new CalendarFollowers(content, schema)) {
			tables.query(schema.select(false, "summary", "description", "location", "start_date", "start_tz",
					"end_date",
					"all_day", "status", "availability", "url", "conference_url", "conference_url_detected",
					"calendar_scale", "birthday_id", "organizer_id", "orig_date", "orig_start_date", "creation_date",
					"last_modified", "unique_identifier", "UUID"), List.of(), row -> {
						monitor.throwIfCancelled();
						return visitor.visit(event(row, followers));
					});
		}
	}

	private static CalendarEvent event(Row row, CalendarFollowers followers) throws SQLException, IOException {
		long id = row.integer("id");
		String uid = row.textOrEmpty("unique_identifier");
		String key = row.textOrEmpty("UUID");
		List<Attendee> attendees = new ArrayList<>();
		List<Attendee> organizers = new ArrayList<>();
		followers.people(id, row.integer("organizer_id"), attendees, organizers);
		String zone = row.textOrEmpty("start_tz");
		String conference = row.textOrEmpty("conference_url");
		long birthday = row.integer("birthday_id");
		return new CalendarEvent(key.isEmpty() ? "event-" + id : key, uid, row.textOrEmpty("summary"),
				row.textOrEmpty("description"), row.cocoa("start_date"), row.cocoa("end_date"),
				zone.equals(FLOATING) ? "" : zone, row.flag("all_day"), row.textOrEmpty("c_title"),
				row.textOrEmpty("s_name"), row.textOrEmpty("c_color"),
				birthday > 0 || row.textOrEmpty("calendar_scale").equals("gregorian"), place(row),
				row.textOrEmpty("url"),
				conference.isEmpty() ? row.textOrEmpty("conference_url_detected") : conference,
				status(row.integer("status")), row.integer("availability") == 1,
				organizers.isEmpty() ? null : organizers.getFirst(), attendees, followers.rules(id),
				followers.exceptions(id),
				row.number("orig_date") == null ? row.cocoa("orig_start_date") : row.cocoa("orig_date"),
				followers.alarms(id), row.cocoa("creation_date"), row.cocoa("last_modified"), followers.files(id));
	}

	private static Status status(long status) {
		return switch ((int) status) {
			case 1 -> Status.CONFIRMED;
			case 2 -> Status.TENTATIVE;
			case 3 -> Status.CANCELLED;
			default -> Status.NONE;
		};
	}

	private static @Nullable Place place(Row row) throws SQLException {
		String title = row.textOrEmpty("l_title");
		if (title.isEmpty()) {
			title = row.textOrEmpty("location");
		}
		String address = row.textOrEmpty("l_address");
		Double latitude = degrees(row.number("l_latitude"), 90);
		Double longitude = degrees(row.number("l_longitude"), 180);
		boolean known = latitude != null && longitude != null && (latitude != 0 || longitude != 0);
		if (title.isEmpty() && address.isEmpty() && !known) {
			return null;
		}
		return new Place(title, address, known ? latitude : null, known ? longitude : null);
	}

	private static @Nullable Double degrees(@Nullable Number value, double greatest) {
		if (value == null || !(Math.abs(value.doubleValue()) <= greatest)) {
			return null;
		}
		return value.doubleValue();
	}
}
