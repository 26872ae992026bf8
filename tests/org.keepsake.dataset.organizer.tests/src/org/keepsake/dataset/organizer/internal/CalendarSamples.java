// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.dataset.organizer.internal;

import java.io.IOException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

import org.keepsake.testing.FolderContent;
import org.keepsake.testing.Plists;

/** Calendars and reminders in the schemas of several iOS; dates are seconds since 2001. */
final class CalendarSamples {

	static final String DOMAIN = "HomeDomain";
	static final String PATH = "Library/Calendar/Calendar.sqlitedb";
	static final String GROUP = "AppDomainGroup-group.com.apple.reminders";

	private CalendarSamples() {
	}

	/** iOS 4: the table is called Event, and the place is a text. One event that repeats, with an exception. */
	static void events4(FolderContent content) throws IOException {
		content.sql(DOMAIN, PATH,
				"""
						CREATE TABLE Calendar (ROWID INTEGER PRIMARY KEY AUTOINCREMENT, store_id INTEGER, title TEXT, color_r INTEGER);
						CREATE TABLE Event (ROWID INTEGER PRIMARY KEY AUTOINCREMENT, summary TEXT, location TEXT, description TEXT,
						 start_date REAL, start_tz TEXT, end_date REAL, all_day INTEGER, calendar_id INTEGER, orig_event_id INTEGER,
						 orig_start_date REAL, organizer_id INTEGER, last_modified REAL, status INTEGER, availability INTEGER, url TEXT);
						CREATE TABLE Recurrence (ROWID INTEGER PRIMARY KEY AUTOINCREMENT, frequency INTEGER, interval INTEGER,
						 week_start INTEGER, count INTEGER, end_date REAL, specifier TEXT, event_id INTEGER);
						CREATE TABLE EventExceptionDate (ROWID INTEGER PRIMARY KEY AUTOINCREMENT, date REAL, event_id INTEGER);
						CREATE TABLE Alarm (ROWID INTEGER PRIMARY KEY AUTOINCREMENT, trigger_date REAL, trigger_interval INTEGER, type INTEGER, event_id INTEGER);
						INSERT INTO Calendar VALUES (1, 1, 'Home', 255);
						INSERT INTO Event (summary, location, start_date, start_tz, end_date, all_day, calendar_id, organizer_id)
						 VALUES ('Chorus', 'Town hall', 322500000.0, 'Europe/Berlin', 322507200.0, 0, 1, 0);
						INSERT INTO Recurrence (frequency, interval, count, end_date, specifier, event_id) VALUES (2, 1, 0, 0, 'D=0TU,0TH', 1);
						INSERT INTO EventExceptionDate (date, event_id) VALUES (323104800.0, 1);
						INSERT INTO Alarm (trigger_interval, event_id) VALUES (-900, 1);
						""");
	}

	/** iOS 9: items with tasks among them, attendees, places. Three events and two tasks. */
	static void items9(FolderContent content) throws IOException {
		content.sql(DOMAIN, PATH,
				"""
						CREATE TABLE Store (ROWID INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT, type INTEGER, disabled INTEGER);
						CREATE TABLE Calendar (ROWID INTEGER PRIMARY KEY AUTOINCREMENT, store_id INTEGER, title TEXT, flags INTEGER, color TEXT, UUID TEXT);
						CREATE TABLE Location (ROWID INTEGER PRIMARY KEY AUTOINCREMENT, title TEXT, address TEXT, latitude INTEGER, longitude INTEGER, radius INTEGER,
						 item_owner_id INTEGER, alarm_owner_id INTEGER);
						CREATE TABLE Identity (display_name TEXT, address TEXT, first_name TEXT, last_name TEXT, UNIQUE (display_name, address, first_name, last_name));
						CREATE TABLE Participant (ROWID INTEGER PRIMARY KEY AUTOINCREMENT, entity_type INTEGER, type INTEGER, status INTEGER, role INTEGER,
						 identity_id INTEGER, owner_id INTEGER, UUID TEXT, email TEXT, is_self INTEGER);
						CREATE TABLE Recurrence (ROWID INTEGER PRIMARY KEY AUTOINCREMENT, frequency INTEGER, interval INTEGER, week_start INTEGER, count INTEGER,
						 end_date REAL, specifier TEXT, by_month_months INTEGER, owner_id INTEGER, UUID TEXT);
						CREATE TABLE ExceptionDate (ROWID INTEGER PRIMARY KEY AUTOINCREMENT, owner_id INTEGER, date REAL, sync_order INTEGER);
						CREATE TABLE Alarm (ROWID INTEGER PRIMARY KEY AUTOINCREMENT, trigger_date REAL, trigger_interval INTEGER, type INTEGER,
						 calendaritem_owner_id INTEGER, calendar_owner_id INTEGER, UUID TEXT, proximity INTEGER, disabled INTEGER);
						CREATE TABLE Attachment (ROWID INTEGER PRIMARY KEY AUTOINCREMENT, owner_id INTEGER, url TEXT, UUID TEXT, format TEXT, filename TEXT,
						 local_url TEXT, file_size INTEGER);
						CREATE TABLE CalendarItem (ROWID INTEGER PRIMARY KEY AUTOINCREMENT, summary TEXT, location_id INTEGER, description TEXT, start_date REAL,
						 start_tz TEXT, end_date REAL, all_day INTEGER, calendar_id INTEGER, orig_item_id INTEGER, orig_date REAL, organizer_id INTEGER,
						 status INTEGER, availability INTEGER, url TEXT, last_modified REAL, birthday_id INTEGER, unique_identifier TEXT, hidden INTEGER,
						 has_recurrences INTEGER, has_attendees INTEGER, UUID TEXT, entity_type INTEGER, priority INTEGER, due_date REAL, due_tz TEXT,
						 due_all_day INTEGER, completion_date REAL, creation_date REAL, conference TEXT, calendar_scale TEXT);
						INSERT INTO Store VALUES (1, 'iCloud', 2, 0);
						INSERT INTO Calendar VALUES (1, 1, 'Work', 0, '#FF2968', 'C1');
						INSERT INTO Calendar VALUES (2, 1, 'To do', 0, '#1BADF8', 'C2');
						INSERT INTO Location VALUES (1, 'Café Central', 'Herrengasse 14\nWien', 48.2103, 16.3655, 0, 1, NULL);
						INSERT INTO Location VALUES (2, 'Dairy', 'Milk Street 1', 47.5, 9.7, 120, NULL, 4);
						INSERT INTO Identity VALUES ('Ada Lovelace', 'mailto:ada@example.org', 'Ada', 'Lovelace');
						INSERT INTO CalendarItem (ROWID, summary, location_id, description, start_date, start_tz, end_date, all_day, calendar_id, organizer_id,
						 status, availability, url, last_modified, unique_identifier, UUID, entity_type, creation_date, has_attendees, has_recurrences)
						 VALUES (1, 'Planning, part 1; Q3', 1, 'Bring the papers', 460000000.0, 'Europe/Berlin', 460003600.0, 0, 1, 2, 1, 0,
						 'https://example.org/plan', 459000000.0, 'plan@example.org', 'E1', 2, 458000000.0, 1, 1);
						INSERT INTO CalendarItem (ROWID, summary, start_date, start_tz, end_date, all_day, calendar_id, unique_identifier, UUID, entity_type)
						 VALUES (2, 'Holiday', 460166400.0, '_float', 460339199.0, 1, 1, 'holiday@example.org', 'E2', 2);
						INSERT INTO CalendarItem (ROWID, summary, start_date, start_tz, end_date, all_day, calendar_id, orig_item_id, orig_date, unique_identifier, UUID, entity_type)
						 VALUES (3, 'Planning, moved', 460608400.0, 'Europe/Berlin', 460612000.0, 0, 1, 1, 460604800.0, 'plan@example.org', 'E3', 2);
						INSERT INTO CalendarItem (ROWID, summary, description, calendar_id, UUID, entity_type, priority, due_date, due_tz, creation_date)
						 VALUES (4, 'Buy milk', 'two litres', 2, 'T1', 3, 1, 460100000.0, 'Europe/Berlin', 459900000.0);
						INSERT INTO CalendarItem (ROWID, summary, calendar_id, UUID, entity_type, completion_date, creation_date)
						 VALUES (5, 'Call Ada', 2, 'T2', 3, 460200000.0, 459800000.0);
						INSERT INTO Participant (ROWID, entity_type, status, identity_id, owner_id, email) VALUES (1, 7, 1, 1, 1, NULL);
						INSERT INTO Participant (ROWID, entity_type, status, identity_id, owner_id, email) VALUES (2, 8, 0, NULL, 1, 'boss@example.org');
						INSERT INTO Recurrence (frequency, interval, week_start, count, end_date, specifier, owner_id) VALUES (3, 2, 1, 5, 0, 'D=+2MO;O=1,6', 1);
						INSERT INTO ExceptionDate (owner_id, date) VALUES (1, 461000000.0);
						INSERT INTO Alarm (trigger_interval, calendaritem_owner_id, proximity, disabled) VALUES (-900, 1, 0, 0);
						INSERT INTO Alarm (trigger_date, trigger_interval, calendaritem_owner_id) VALUES (459950000.0, 0, 1);
						INSERT INTO Alarm (trigger_interval, calendaritem_owner_id, disabled) VALUES (-60, 1, 1);
						INSERT INTO Alarm (trigger_interval, calendaritem_owner_id, proximity) VALUES (0, 4, 2);
						INSERT INTO Attachment (owner_id, filename, format, local_url) VALUES (1, 'agenda.pdf', 'application/pdf', 'file:///var/mobile/Library/Calendar/Attachments/agenda.pdf');
						""");
	}

	/** iOS 17: no tasks, files apart, addresses of calls, birthdays. Three events. */
	static void items17(FolderContent content) throws IOException {
		content.sql(DOMAIN, PATH,
				"""
						CREATE TABLE Store (ROWID INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT, type INTEGER);
						CREATE TABLE Calendar (ROWID INTEGER PRIMARY KEY AUTOINCREMENT, store_id INTEGER, title TEXT, color TEXT);
						CREATE TABLE Location (ROWID INTEGER PRIMARY KEY AUTOINCREMENT, title TEXT, address TEXT, latitude REAL, longitude REAL);
						CREATE TABLE Identity (display_name TEXT, address TEXT, first_name TEXT, last_name TEXT);
						CREATE TABLE Participant (ROWID INTEGER PRIMARY KEY AUTOINCREMENT, entity_type INTEGER, status INTEGER, identity_id INTEGER, owner_id INTEGER, email TEXT);
						CREATE TABLE Recurrence (ROWID INTEGER PRIMARY KEY AUTOINCREMENT, frequency INTEGER, interval INTEGER, week_start INTEGER, count INTEGER,
						 end_date REAL, specifier TEXT, owner_id INTEGER);
						CREATE TABLE ExceptionDate (ROWID INTEGER PRIMARY KEY AUTOINCREMENT, owner_id INTEGER, date REAL);
						CREATE TABLE Alarm (ROWID INTEGER PRIMARY KEY AUTOINCREMENT, trigger_date REAL, trigger_interval INTEGER, calendaritem_owner_id INTEGER);
						CREATE TABLE AttachmentFile (ROWID INTEGER PRIMARY KEY AUTOINCREMENT, UUID TEXT, filename TEXT, format TEXT, local_path TEXT, file_size INTEGER);
						CREATE TABLE Attachment (ROWID INTEGER PRIMARY KEY AUTOINCREMENT, owner_id INTEGER, url TEXT, file_id INTEGER);
						CREATE TABLE CalendarItem (ROWID INTEGER PRIMARY KEY AUTOINCREMENT, summary TEXT, location_id INTEGER, description TEXT, start_date REAL,
						 start_tz TEXT, end_date REAL, end_tz TEXT, all_day INTEGER, calendar_id INTEGER, organizer_id INTEGER, status INTEGER, availability INTEGER,
						 url TEXT, conference_url TEXT, conference_url_detected TEXT, last_modified REAL, creation_date REAL, unique_identifier TEXT, UUID TEXT,
						 entity_type INTEGER, calendar_scale TEXT);
						INSERT INTO Store VALUES (1, 'Default', 0);
						INSERT INTO Calendar VALUES (1, 1, 'Home', '#34AADC');
						INSERT INTO Calendar VALUES (2, 1, 'Birthdays', '#888888');
						INSERT INTO CalendarItem (ROWID, summary, start_date, start_tz, end_date, all_day, calendar_id, UUID, entity_type, conference_url_detected)
						 VALUES (1, 'Call', 720000000.5, 'America/New_York', 720003600.0, 0, 1, 'F1', 2, 'https://meet.example.org/1');
						INSERT INTO CalendarItem (ROWID, summary, start_date, start_tz, end_date, all_day, calendar_id, UUID, entity_type, calendar_scale)
						 VALUES (2, 'Ada Lovelace', -5838566400.0, '_float', -5838480001.0, 1, 2, 'F2', 2, 'gregorian');
						INSERT INTO CalendarItem (ROWID, summary, start_date, start_tz, end_date, all_day, calendar_id, UUID, entity_type, status)
						 VALUES (3, 'Alarm clock', 720050000.0, '_float', 720050060.0, 0, 1, 'F3', 2, 3);
						INSERT INTO Recurrence (frequency, interval, count, owner_id) VALUES (4, 1, 0, 2);
						INSERT INTO AttachmentFile VALUES (1, 'A', 'ticket.pdf', 'application/pdf', 'Attachments/ticket.pdf', 5);
						INSERT INTO Attachment VALUES (1, 1, NULL, 1);
						""");
		content.put(DOMAIN, "Library/Calendar/Attachments/ticket.pdf", "%PDF");
	}

	/** iOS 14: all entities in one table. Two reminders, one of them deleted, beside a list. */
	static void reminders14(FolderContent content) throws IOException {
		content.sql(DOMAIN, "Library/Reminders/Container_v1/Stores/Data-local.sqlite",
				"""
						CREATE TABLE Z_PRIMARYKEY (Z_ENT INTEGER PRIMARY KEY, Z_NAME VARCHAR, Z_SUPER INTEGER, Z_MAX INTEGER);
						CREATE TABLE ZREMCDOBJECT (Z_PK INTEGER PRIMARY KEY, Z_ENT INTEGER, ZIDENTIFIER BLOB, ZCKIDENTIFIER VARCHAR, ZNAME VARCHAR, ZNAME1 VARCHAR,
						 ZTITLE VARCHAR, ZTITLE1 VARCHAR, ZNOTES VARCHAR, ZLIST INTEGER, ZLIST1 INTEGER, ZACCOUNT INTEGER, ZREMINDER INTEGER, ZREMINDER1 INTEGER,
						 ZPARENTREMINDER INTEGER, ZDUEDATE TIMESTAMP, ZALLDAY INTEGER, ZTIMEZONE VARCHAR, ZCOMPLETED INTEGER, ZCOMPLETIONDATE TIMESTAMP,
						 ZFLAGGED INTEGER, ZPRIORITY INTEGER, ZMARKEDFORDELETION INTEGER, ZCREATIONDATE TIMESTAMP, ZLASTMODIFIEDDATE TIMESTAMP,
						 ZURL VARCHAR, ZFREQUENCY INTEGER, ZINTERVAL INTEGER, ZOCCURRENCECOUNT INTEGER, ZENDDATE TIMESTAMP,
						 ZALARM INTEGER, ZALARM1 INTEGER, ZDATECOMPONENTSDATA BLOB, ZTIMEINTERVAL FLOAT, ZLATITUDE FLOAT, ZLONGITUDE FLOAT,
						 ZRADIUS FLOAT, ZPROXIMITY INTEGER, ZADDRESS VARCHAR);
						INSERT INTO Z_PRIMARYKEY VALUES (6, 'REMCDAlarm', 0, 1), (8, 'REMCDAlarmDateTrigger', 7, 1), (9, 'REMCDAlarmLocationTrigger', 7, 1);
						INSERT INTO Z_PRIMARYKEY VALUES (12, 'REMCDList', 0, 1), (24, 'REMCDReminder', 0, 2), (30, 'REMCDURLAttachment', 0, 1),
						 (31, 'REMCDRecurrenceRule', 0, 1), (5, 'REMCDAccount', 0, 1);
						INSERT INTO ZREMCDOBJECT (Z_PK, Z_ENT, ZNAME1) VALUES (1, 12, 'Errands');
						INSERT INTO ZREMCDOBJECT (Z_PK, Z_ENT, ZNAME) VALUES (2, 5, 'On my iPhone');
						INSERT INTO ZREMCDOBJECT (Z_PK, Z_ENT, ZIDENTIFIER, ZTITLE1, ZNOTES, ZLIST1, ZACCOUNT, ZDUEDATE, ZALLDAY, ZFLAGGED, ZPRIORITY, ZCREATIONDATE)
						 VALUES (3, 24, X'00112233445566778899AABBCCDDEEFF', 'Post the letter', 'stamps!', 1, 2, 630000000.0, 1, 1, 5, 629000000.0);
						INSERT INTO ZREMCDOBJECT (Z_PK, Z_ENT, ZCKIDENTIFIER, ZTITLE1, ZLIST1, ZMARKEDFORDELETION, ZCREATIONDATE, ZPARENTREMINDER)
						 VALUES (4, 24, 'CK-4', 'Old one', 1, 1, 628000000.0, 3);
						INSERT INTO ZREMCDOBJECT (Z_PK, Z_ENT, ZREMINDER1, ZURL) VALUES (5, 30, 3, 'https://example.org/post');
						INSERT INTO ZREMCDOBJECT (Z_PK, Z_ENT, ZREMINDER, ZFREQUENCY, ZINTERVAL, ZOCCURRENCECOUNT) VALUES (6, 31, 3, 1, 2, 4);
						INSERT INTO ZREMCDOBJECT (Z_PK, Z_ENT, ZREMINDER1) VALUES (7, 6, 3), (8, 6, 3);
						INSERT INTO ZREMCDOBJECT (Z_PK, Z_ENT, ZALARM1, ZTITLE, ZLATITUDE, ZLONGITUDE, ZRADIUS, ZPROXIMITY, ZADDRESS)
						 VALUES (9, 9, 7, 'Post "office"', 48.2, 16.37, 100, 1, 'Postgasse 8');
						"""
						+ archived(10, 8));
	}

	/** Whom a message must be written to, as the framework archives it. */
	private static byte[] contact() {
		return Plists.archive(Plists.reference(1), List.of("$null",
				Map.of("$class", Plists.reference(7), "phones", Plists.reference(2), "emails", Plists.reference(5)),
				Map.of("$class", Plists.reference(8), "NS.objects",
						List.of(Plists.reference(3), Plists.reference(4))),
				"+43 1 5550100", " ", Map.of("$class", Plists.reference(8), "NS.objects", List.of(Plists.reference(6))),
				"baker@example.org", Plists.type("REMContactRepresentation"), Plists.type("NSArray")));
	}

	/** A date trigger whose components are archived, as the framework does itself. */
	private static String archived(int number, int alarm) {
		byte[] components = Plists.archive(Plists.reference(1), List.of("$null",
				Map.of("$class", Plists.reference(2), "NS.year", 2020L, "NS.month", 12L, "NS.day", 18L, "NS.hour", 9L,
						"NS.minute", 30L, "NS.timezone", Plists.reference(3)),
				Plists.type("NSDateComponents"), Map.of("$class", Plists.reference(4), "NS.name", Plists.reference(5)),
				Plists.type("NSTimeZone"), "Europe/Vienna"));
		return "INSERT INTO ZREMCDOBJECT (Z_PK, Z_ENT, ZALARM, ZDATECOMPONENTSDATA) VALUES (" + number + ", 8, " + alarm
				+ ", X'" + HexFormat.of().formatHex(components) + "')";
	}

	/** iOS 17: a table of reminders, two stores in the group's domain. Four reminders. */
	static void reminders17(FolderContent content) throws IOException {
		String schema = """
				CREATE TABLE Z_PRIMARYKEY (Z_ENT INTEGER PRIMARY KEY, Z_NAME VARCHAR, Z_SUPER INTEGER, Z_MAX INTEGER);
				CREATE TABLE ZREMCDBASELIST (Z_PK INTEGER PRIMARY KEY, Z_ENT INTEGER, ZNAME VARCHAR, ZSMARTLISTTYPE VARCHAR, ZMARKEDFORDELETION INTEGER);
				CREATE TABLE ZREMCDHASHTAGLABEL (Z_PK INTEGER PRIMARY KEY, ZNAME VARCHAR, ZCANONICALNAME VARCHAR);
				CREATE TABLE ZREMCDOBJECT (Z_PK INTEGER PRIMARY KEY, Z_ENT INTEGER, ZMARKEDFORDELETION INTEGER, ZNAME VARCHAR, ZHASHTAGLABEL INTEGER,
				 ZREMINDER INTEGER, ZREMINDER2 INTEGER, ZREMINDER3 INTEGER, ZREMINDER4 INTEGER, ZURL VARCHAR, ZFILENAME VARCHAR, ZUTI VARCHAR,
				 ZTRIGGER INTEGER, ZALARM INTEGER, ZTIMEINTERVAL FLOAT, ZDATECOMPONENTSDATA BLOB, ZTITLE VARCHAR, ZLATITUDE FLOAT, ZLONGITUDE FLOAT,
				 ZRADIUS FLOAT, ZADDRESS VARCHAR, ZPROXIMITY INTEGER, ZEVENT INTEGER);
				CREATE TABLE ZREMCDREMINDER (Z_PK INTEGER PRIMARY KEY, Z_ENT INTEGER, ZIDENTIFIER BLOB, ZCKIDENTIFIER VARCHAR, ZTITLE VARCHAR, ZNOTES VARCHAR,
				 ZLIST INTEGER, ZACCOUNT INTEGER, ZPARENTREMINDER INTEGER, ZDUEDATE TIMESTAMP, ZALLDAY INTEGER, ZTIMEZONE VARCHAR, ZCOMPLETED INTEGER,
				 ZCOMPLETIONDATE TIMESTAMP, ZFLAGGED INTEGER, ZPRIORITY INTEGER, ZMARKEDFORDELETION INTEGER, ZCREATIONDATE TIMESTAMP, ZLASTMODIFIEDDATE TIMESTAMP, ZDUEDATEDELTAALERTSDATA BLOB,
				 ZCONTACTHANDLES BLOB);
				INSERT INTO Z_PRIMARYKEY VALUES (15, 'REMCDAlarm', 14, 1), (17, 'REMCDAlarmDateTrigger', 16, 1), (18, 'REMCDAlarmLocationTrigger', 16, 1),
				 (19, 'REMCDAlarmTimeIntervalTrigger', 16, 1), (20, 'REMCDAlarmVehicleTrigger', 16, 1);
				INSERT INTO Z_PRIMARYKEY VALUES (7, 'REMCDAccount', 0, 1), (27, 'REMCDURLAttachment', 0, 0), (28, 'REMCDImageAttachment', 0, 0), (32, 'REMCDHashtag', 0, 0);
				INSERT INTO ZREMCDBASELIST VALUES (1, 3, 'Shopping', NULL, 0);
				INSERT INTO ZREMCDOBJECT (Z_PK, Z_ENT, ZNAME) VALUES (1, 7, 'iCloud');
				""";
		content.sql(GROUP, "Container_v1/Stores/Data-local.sqlite",
				schema + """
						INSERT INTO ZREMCDREMINDER (Z_PK, ZCKIDENTIFIER, ZTITLE, ZLIST, ZACCOUNT, ZDUEDATE, ZTIMEZONE, ZCOMPLETED, ZPRIORITY, ZCREATIONDATE)
						 VALUES (1, 'L-1', 'Bread', 1, 1, 740000000.0, 'Europe/Vienna', 0, 9, 739000000.0);
						INSERT INTO ZREMCDREMINDER (Z_PK, ZCKIDENTIFIER, ZTITLE, ZLIST, ZPARENTREMINDER, ZCOMPLETED, ZCOMPLETIONDATE, ZCREATIONDATE)
						 VALUES (2, 'L-2', 'Rye', 1, 1, 1, 739500000.0, 739100000.0);
						INSERT INTO ZREMCDHASHTAGLABEL VALUES (1, 'food', 'food');
						INSERT INTO ZREMCDOBJECT (Z_PK, Z_ENT, ZREMINDER2, ZHASHTAGLABEL) VALUES (2, 32, 1, 1);
						INSERT INTO ZREMCDOBJECT (Z_PK, Z_ENT, ZREMINDER3, ZFILENAME, ZUTI) VALUES (3, 28, 1, 'loaf.jpg', 'public.jpeg');
						INSERT INTO ZREMCDOBJECT (Z_PK, Z_ENT, ZREMINDER, ZURL, ZMARKEDFORDELETION) VALUES (4, 27, 1, 'https://gone.example.org', 1);
						UPDATE ZREMCDREMINDER SET ZDUEDATEDELTAALERTSDATA = '{"dueDateDeltaAlerts":[{"dueDateDeltaUnit":1,"dueDateDeltaCount":-2,"identifier":"D-1"},
						 {"dueDateDeltaUnit":9,"dueDateDeltaCount":-2}]}' WHERE Z_PK = 1;
						INSERT INTO ZREMCDOBJECT (Z_PK, Z_ENT, ZREMINDER, ZTRIGGER) VALUES (10, 15, 1, 20), (11, 15, 1, 21), (12, 15, 1, 22), (13, 15, 1, 23),
						 (14, 15, 1, 24), (15, 15, 2, 25);
						INSERT INTO ZREMCDOBJECT (Z_PK, Z_ENT, ZALARM, ZDATECOMPONENTSDATA) VALUES (20, 17, 10,
						 '{"year":2024,"month":6,"day":13,"hour":19,"minute":33,"second":20,"calendar":{"identifier":"gregorian"}}');
						INSERT INTO ZREMCDOBJECT (Z_PK, Z_ENT, ZALARM, ZTIMEINTERVAL) VALUES (21, 19, 11, -900);
						INSERT INTO ZREMCDOBJECT (Z_PK, Z_ENT, ZALARM, ZTITLE, ZLATITUDE, ZLONGITUDE, ZRADIUS, ZPROXIMITY) VALUES (22, 18, 12, 'Work', 47.07, 15.44, 250.5, 2);
						INSERT INTO ZREMCDOBJECT (Z_PK, Z_ENT, ZALARM, ZEVENT) VALUES (23, 20, 13, 1);
						INSERT INTO ZREMCDOBJECT (Z_PK, Z_ENT, ZALARM, ZDATECOMPONENTSDATA, ZMARKEDFORDELETION) VALUES (24, 17, 14, '{"year":2024,"month":1,"day":1}', 1);
						INSERT INTO ZREMCDOBJECT (Z_PK, Z_ENT, ZALARM, ZDATECOMPONENTSDATA) VALUES (25, 17, 15, '{"year":2024,"month":13,"day":1}');
						UPDATE ZREMCDREMINDER SET ZCONTACTHANDLES = X'%s' WHERE Z_PK = 1;
						UPDATE ZREMCDREMINDER SET ZCONTACTHANDLES = X'62706c69737430' WHERE Z_PK = 2;
						"""
						.formatted(HexFormat.of().formatHex(contact())));
		content.sql(GROUP, "Container_v1/Stores/Data-0B5E.sqlite",
				schema + """
						INSERT INTO ZREMCDREMINDER (Z_PK, ZTITLE, ZNOTES, ZLIST, ZMARKEDFORDELETION, ZCREATIONDATE) VALUES (1, 'Gone', 'soon', 1, 1, 738000000.0);
						INSERT INTO ZREMCDREMINDER (Z_PK, ZTITLE, ZLIST, ZCREATIONDATE) VALUES (2, 'Stay', 1, 738100000.0);
						""");
		content.sql(DOMAIN, "Library/Reminders/Container_v1/Stores/Data-local.sqlite", schema + """
				INSERT INTO ZREMCDREMINDER (Z_PK, ZTITLE, ZLIST) VALUES (1, 'Left behind', 1);
				""");
	}
}
