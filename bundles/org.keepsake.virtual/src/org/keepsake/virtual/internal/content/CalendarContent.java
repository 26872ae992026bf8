// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.virtual.internal.content;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;

import org.keepsake.virtual.internal.content.AppleContent.Scale;

/** Calendars and reminders: {@code Calendar.sqlitedb} and the reminders' local store. */
final class CalendarContent {

	private static final String SCHEMA = """
			CREATE TABLE Store (ROWID INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT, type INTEGER, disabled INTEGER DEFAULT 0);
			CREATE TABLE Calendar (ROWID INTEGER PRIMARY KEY AUTOINCREMENT, store_id INTEGER, title TEXT, flags INTEGER,
				color TEXT, UUID TEXT);
			CREATE TABLE CalendarItem (ROWID INTEGER PRIMARY KEY AUTOINCREMENT, summary TEXT, location_id INTEGER,
				description TEXT, start_date REAL, start_tz TEXT, end_date REAL, end_tz TEXT, all_day INTEGER,
				calendar_id INTEGER, orig_item_id INTEGER, organizer_id INTEGER, status INTEGER, availability INTEGER, url TEXT,
				has_recurrences INTEGER, has_attendees INTEGER, creation_date REAL, last_modified REAL, UUID TEXT,
				unique_identifier TEXT, entity_type INTEGER, conference_url TEXT);
			CREATE TABLE Location (ROWID INTEGER PRIMARY KEY AUTOINCREMENT, title TEXT, address TEXT, latitude REAL,
				longitude REAL, item_owner_id INTEGER);
			CREATE TABLE Participant (ROWID INTEGER PRIMARY KEY AUTOINCREMENT, entity_type INTEGER, type INTEGER, status INTEGER,
				role INTEGER, identity_id INTEGER, owner_id INTEGER, email TEXT, UUID TEXT);
			CREATE TABLE Identity (ROWID INTEGER PRIMARY KEY AUTOINCREMENT, display_name TEXT, address TEXT, first_name TEXT,
				last_name TEXT);
			CREATE TABLE Recurrence (ROWID INTEGER PRIMARY KEY AUTOINCREMENT, frequency INTEGER, interval INTEGER,
				week_start INTEGER, count INTEGER, end_date REAL, specifier TEXT, owner_id INTEGER);
			CREATE TABLE ExceptionDate (ROWID INTEGER PRIMARY KEY AUTOINCREMENT, owner_id INTEGER, date REAL);
			CREATE TABLE Alarm (ROWID INTEGER PRIMARY KEY AUTOINCREMENT, trigger_date REAL, trigger_interval INTEGER,
				type INTEGER, calendaritem_owner_id INTEGER, UUID TEXT)
			""";
	private static final String REMINDERS = """
			CREATE TABLE ZREMCDBASELIST (Z_PK INTEGER PRIMARY KEY, Z_ENT INTEGER, Z_OPT INTEGER, ZNAME VARCHAR,
				ZSMARTLISTTYPE VARCHAR, ZMARKEDFORDELETION INTEGER);
			CREATE TABLE ZREMCDREMINDER (Z_PK INTEGER PRIMARY KEY, Z_ENT INTEGER, Z_OPT INTEGER, ZLIST INTEGER,
				ZACCOUNT INTEGER, ZTITLE VARCHAR, ZNOTES VARCHAR, ZCREATIONDATE TIMESTAMP, ZLASTMODIFIEDDATE TIMESTAMP,
				ZDUEDATE TIMESTAMP, ZALLDAY INTEGER, ZTIMEZONE VARCHAR, ZCOMPLETIONDATE TIMESTAMP, ZCOMPLETED INTEGER,
				ZFLAGGED INTEGER, ZPRIORITY INTEGER, ZMARKEDFORDELETION INTEGER, ZDUEDATEDELTAALERTSDATA BLOB);
			CREATE TABLE ZREMCDOBJECT (Z_PK INTEGER PRIMARY KEY, Z_ENT INTEGER, Z_OPT INTEGER, ZMARKEDFORDELETION INTEGER,
				ZREMINDER INTEGER, ZTRIGGER INTEGER, ZALARM INTEGER, ZNAME VARCHAR, ZTITLE VARCHAR, ZADDRESS VARCHAR,
				ZLATITUDE FLOAT, ZLONGITUDE FLOAT, ZRADIUS FLOAT, ZPROXIMITY INTEGER, ZTIMEINTERVAL FLOAT,
				ZDATECOMPONENTSDATA BLOB)
			""";
	/** Half an hour before. */
	private static final byte[] EARLY = "{\"dueDateDeltaAlerts\":[{\"dueDateDeltaUnit\":0,\"dueDateDeltaCount\":-30}]}"
			.getBytes(StandardCharsets.UTF_8);
	private static final int WEEKLY = 2;

	private CalendarContent() {
	}

	static void fill(Shelf shelf, Cast cast, Scale scale) throws IOException {
		shelf.database("HomeDomain", "Library/Calendar/Calendar.sqlitedb", cast.now(), db -> {
			db.run(SCHEMA);
			db.insert("Store(name, type)", "Default", 0);
			db.insert("Calendar(store_id, title, color, UUID)", 1, "Home", "#1BADF8", cast.uuid());
			db.insert("Calendar(store_id, title, color, UUID)", 1, "Arbeit", "#FF2968", cast.uuid());
			for (int i = 1; i <= scale.events(); i++) {
				event(db, cast, i);
			}
		});
		shelf.database("AppDomainGroup-group.com.apple.reminders", "Container_v1/Stores/Data-local.sqlite", cast.now(),
				db -> {
					db.coreData("REMCDBaseList", "REMCDObject", "REMCDReminder", "REMCDAccount", "REMCDAlarm",
							"REMCDAlarmTrigger", "REMCDAlarmDateTrigger", "REMCDAlarmLocationTrigger");
					db.run(REMINDERS);
					db.insert("ZREMCDBASELIST(Z_PK, Z_ENT, ZNAME, ZMARKEDFORDELETION)", 1, 1, "Shopping", 0);
					db.insert("ZREMCDOBJECT(Z_PK, Z_ENT, ZMARKEDFORDELETION, ZNAME)", 1, 4, 0, "On My iPhone");
					for (int i = 1; i <= scale.notes(); i++) {
						reminder(db, cast, i);
					}
				});
	}

	private static void reminder(Database db, Cast cast, int number) throws java.sql.SQLException {
		Instant made = cast.within(300);
		boolean due = number % 2 == 0;
		db.insert(
				"ZREMCDREMINDER(Z_PK, Z_ENT, ZLIST, ZACCOUNT, ZTITLE, ZCREATIONDATE, ZLASTMODIFIEDDATE, ZDUEDATE, ZTIMEZONE,"
						+ " ZCOMPLETED, ZFLAGGED, ZPRIORITY, ZMARKEDFORDELETION, ZDUEDATEDELTAALERTSDATA)",
				number, 3, 1, 1, cast.sentence(), Cast.cocoa(made), Cast.cocoa(made),
				due ? Cast.cocoa(made) + 86_400 : null, due ? "Europe/Berlin" : null, number % 3 == 0 ? 1 : 0,
				number % 5 == 0 ? 1 : 0, 0, 0, due && number % 4 == 0 ? EARLY : null);
		if (due) {
			ZonedDateTime at = made.plusSeconds(86_400).atZone(ZoneId.of("Europe/Berlin"));
			String components = "{\"year\":%d,\"month\":%d,\"day\":%d,\"hour\":%d,\"minute\":%d,\"second\":%d}"
					.formatted(at.getYear(), at.getMonthValue(), at.getDayOfMonth(), at.getHour(), at.getMinute(),
							at.getSecond());
			alarm(db, number);
			db.insert("ZREMCDOBJECT(Z_PK, Z_ENT, ZMARKEDFORDELETION, ZALARM, ZDATECOMPONENTSDATA)", 10 * number + 1, 7,
					0, 10 * number, components.getBytes(StandardCharsets.UTF_8));
		} else if (number % 7 == 1) {
			alarm(db, number);
			db.insert(
					"ZREMCDOBJECT(Z_PK, Z_ENT, ZMARKEDFORDELETION, ZALARM, ZTITLE, ZADDRESS, ZLATITUDE, ZLONGITUDE, ZRADIUS,"
							+ " ZPROXIMITY)",
					10 * number + 1, 8, 0, 10 * number, "Bäckerei", "Marktplatz 1", 47.5, 9.74, 100.0, 1);
		}
	}

	private static void alarm(Database db, int reminder) throws java.sql.SQLException {
		db.insert("ZREMCDOBJECT(Z_PK, Z_ENT, ZMARKEDFORDELETION, ZREMINDER, ZTRIGGER)", 10 * reminder, 5, 0, reminder,
				10 * reminder + 1);
	}

	private static void event(Database db, Cast cast, int number) throws java.sql.SQLException {
		double start = Cast.cocoa(cast.within(900));
		boolean weekly = number % 10 == 0;
		boolean meeting = number % 4 == 0;
		db.insert(
				"CalendarItem(ROWID, summary, description, start_date, start_tz, end_date, end_tz, all_day, calendar_id,"
						+ " has_recurrences, has_attendees, creation_date, last_modified, UUID, unique_identifier, entity_type)",
				number,
				cast.sentence(), number % 3 == 0 ? "Bring the papers" : null, start, "Europe/Berlin", start + 3600,
				"Europe/Berlin", number % 8 == 0 ? 1 : 0, 1 + number % 2, weekly ? 1 : 0, meeting ? 1 : 0, start, start,
				cast.uuid(), cast.uuid(), 2);
		if (weekly) {
			db.insert("Recurrence(frequency, interval, count, owner_id)", WEEKLY, 1, 0, number);
			db.insert("ExceptionDate(owner_id, date)", number, start + 7 * 86_400);
		}
		if (meeting) {
			Cast.Person person = cast.anyone();
			db.insert("Identity(ROWID, display_name, address, first_name, last_name)", number, person.full(),
					"mailto:" + person.mail(), person.first(), person.last());
			db.insert("Participant(entity_type, type, status, role, identity_id, owner_id, email)", 7, 1, 1, 1, number,
					number,
					person.mail());
			db.insert("Alarm(trigger_interval, type, calendaritem_owner_id, UUID)", -900, 0, number, cast.uuid());
		}
	}
}
