// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.dataset.people.internal;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.MonthDay;
import java.time.ZoneOffset;
import java.time.temporal.TemporalAccessor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.core.JobMonitor;
import org.keepsake.core.dataset.DataSet.RecordVisitor;
import org.keepsake.dataset.base.AppleTime;
import org.keepsake.dataset.base.People;
import org.keepsake.dataset.base.Row;
import org.keepsake.dataset.base.Tables;
import org.keepsake.dataset.people.Contact;
import org.keepsake.dataset.people.Contact.Account;
import org.keepsake.dataset.people.Contact.Address;
import org.keepsake.dataset.people.Contact.Day;
import org.keepsake.dataset.people.Contact.Labelled;

/**
 * Reads the tables of {@code AddressBook.sqlitedb}. Numbers of the properties as abrignoni/iLEAPP
 * ({@code scripts/artifacts/addressBook.py}) has found them.
 */
final class ContactReader {

	private static final int PHONE = 3;
	private static final int MAIL = 4;
	private static final int ADDRESS = 5;
	private static final int DATE = 12;
	private static final int MESSENGER = 13;
	private static final int URL = 22;
	private static final int RELATION = 23;
	private static final int PROFILE = 46;
	/** What the system writes for the year of a day whose year is not known. */
	private static final int NO_YEAR = 1604;
	private static final int MOST_VALUES = 2_000;

	private final Tables tables;
	private final Photos photos;
	private final String persons;
	private final String values;
	private final boolean hasValues;
	private final boolean hasEntries;
	private final boolean hasGroups;

	ContactReader(Tables tables, Photos photos) throws IOException {
		this.tables = tables;
		this.photos = photos;
		boolean stores = tables.has("ABStore", "Name") && tables.has("ABPerson", "StoreID");
		persons = "SELECT p.ROWID AS id, "
				+ tables.columns("ABPerson", "p", "guid", "ExternalUUID", "First", "Last", "Middle", "Prefix", "Suffix",
						"Nickname", "FirstPhonetic", "MiddlePhonetic", "LastPhonetic", "Organization", "Department",
						"JobTitle", "Note", "Birthday", "Kind", "CreationDate", "ModificationDate", "DisplayName")
				+ ", " + (stores ? "s.Name" : "NULL") + " AS store FROM ABPerson p"
				+ (stores ? " LEFT JOIN ABStore s ON s.ROWID = p.StoreID" : "") + order();
		hasValues = tables.has("ABMultiValue", "record_id");
		boolean labels = tables.has("ABMultiValueLabel", "value") && tables.has("ABMultiValue", "label");
		values = "SELECT " + tables.columns("ABMultiValue", "v", "UID", "property", "value") + ", "
				+ (labels ? "l.value" : "NULL") + " AS label FROM ABMultiValue v"
				+ (labels ? " LEFT JOIN ABMultiValueLabel l ON l.ROWID = v.label" : "")
				+ " WHERE v.record_id = ? ORDER BY v.property, "
				+ (tables.has("ABMultiValue", "identifier") ? "v.identifier" : "v.ROWID") + " LIMIT " + MOST_VALUES;
		hasEntries = tables.has("ABMultiValueEntry", "parent_id") && tables.has("ABMultiValueEntryKey", "value");
		hasGroups = tables.has("ABGroup", "Name") && tables.has("ABGroupMembers", "member_id");
	}

	/** As a telephone lists them. */
	private String order() throws IOException {
		List<String> names = new ArrayList<>();
		for (String column : new String[] { "Last", "First", "Organization" }) {
			if (tables.has("ABPerson", column)) {
				names.add("NULLIF(p." + column + ", '')");
			}
		}
		names.add("''");
		return " ORDER BY lower(" + (names.size() == 1 ? "''" : "COALESCE(" + String.join(", ", names) + ')')
				+ "), p.ROWID";
	}

	void read(RecordVisitor visitor, JobMonitor monitor) throws IOException {
		tables.query(persons, List.of(), row -> {
			monitor.throwIfCancelled();
			return visitor.visit(contact(row));
		});
	}

	/** The several values of a contact. */
	private static final class Values {
		private final Map<Integer, List<Labelled>> plain = new HashMap<>();
		private final List<Address> addresses = new ArrayList<>();
		private final List<Account> messengers = new ArrayList<>();
		private final List<Account> profiles = new ArrayList<>();
		private final List<Day> dates = new ArrayList<>();

		List<Labelled> of(int property) {
			return plain.getOrDefault(property, List.of());
		}
	}

	private Contact contact(Row row) throws IOException, SQLException {
		long id = row.integer("id");
		Values several = values(id);
		String guid = row.textOrEmpty("guid");
		String key = guid.isEmpty() ? row.textOrEmpty("ExternalUUID") : guid;
		return new Contact(key.isEmpty() ? "contact-" + id : key, People.name(row), row.integer("Kind") == 1,
				row.textOrEmpty("Prefix"), row.textOrEmpty("First"), row.textOrEmpty("Middle"), row.textOrEmpty("Last"),
				row.textOrEmpty("Suffix"), row.textOrEmpty("Nickname"), row.textOrEmpty("FirstPhonetic"),
				row.textOrEmpty("MiddlePhonetic"), row.textOrEmpty("LastPhonetic"), row.textOrEmpty("Organization"),
				row.textOrEmpty("Department"), row.textOrEmpty("JobTitle"), day(row.number("Birthday")),
				several.of(PHONE), several.of(MAIL), several.addresses, several.of(URL), several.messengers,
				several.profiles, several.of(RELATION), several.dates, groups(id), row.textOrEmpty("store"),
				row.textOrEmpty("Note"), row.cocoa("CreationDate"), row.cocoa("ModificationDate"), photos.of(id));
	}

	/** A day is stored as a moment of it in Greenwich. */
	private static @Nullable TemporalAccessor day(@Nullable Number seconds) {
		Instant moment = AppleTime.cocoa(seconds);
		if (moment == null) {
			return null;
		}
		LocalDate date = moment.atZone(ZoneOffset.UTC).toLocalDate();
		return date.getYear() == NO_YEAR ? MonthDay.from(date) : date;
	}

	private Values values(long contact) throws IOException {
		Values found = new Values();
		if (hasValues) {
			tables.query(values, List.of(contact), row -> {
				add(found, (int) row.integer("property"), row);
				return true;
			});
		}
		return found;
	}

	private void add(Values found, int property, Row row) throws IOException, SQLException {
		String label = label(row.textOrEmpty("label"));
		switch (property) {
			case ADDRESS -> {
				Map<String, String> entries = entries(row.integer("UID"));
				found.addresses.add(new Address(label, entry(entries, "Street"), entry(entries, "City"),
						entry(entries, "State"), entry(entries, "ZIP"), entry(entries, "Country"),
						entry(entries, "CountryCode")));
			}
			case MESSENGER, PROFILE -> {
				Map<String, String> entries = entries(row.integer("UID"));
				(property == MESSENGER ? found.messengers : found.profiles).add(new Account(label,
						entry(entries, "service"), entry(entries, "username"), entry(entries, "url")));
			}
			case DATE -> {
				TemporalAccessor date = day(row.number("value"));
				if (date != null) {
					found.dates.add(new Day(label, date));
				}
			}
			default -> {
				String value = row.textOrEmpty("value");
				if (!value.isBlank()) {
					found.plain.computeIfAbsent(property, _ -> new ArrayList<>()).add(new Labelled(label, value));
				}
			}
		}
	}

	/** The parts of a value, such as an address, by lower-case name. */
	private Map<String, String> entries(long parent) throws IOException {
		Map<String, String> entries = new HashMap<>();
		if (hasEntries) {
			tables.query("SELECT k.value AS name, e.value AS value FROM ABMultiValueEntry e JOIN ABMultiValueEntryKey k"
					+ " ON k.ROWID = e.key WHERE e.parent_id = ? LIMIT " + MOST_VALUES, List.of(parent), row -> {
						entries.put(row.textOrEmpty("name").toLowerCase(Locale.ROOT), row.textOrEmpty("value"));
						return true;
					});
		}
		return entries;
	}

	private static String entry(Map<String, String> entries, String name) {
		return entries.getOrDefault(name.toLowerCase(Locale.ROOT), "");
	}

	/** Labels of the system stand in brackets of their own. */
	private static String label(String stored) {
		return stored.startsWith("_$!<") && stored.endsWith(">!$_") ? stored.substring(4, stored.length() - 4) : stored;
	}

	private List<String> groups(long contact) throws IOException {
		List<String> names = new ArrayList<>();
		if (hasGroups) {
			tables.query("SELECT g.Name AS name FROM ABGroupMembers m JOIN ABGroup g ON g.ROWID = m.group_id WHERE"
					+ " m.member_id = ?" + (tables.has("ABGroupMembers", "member_type") ? " AND m.member_type = 0" : "")
					+ " ORDER BY g.ROWID LIMIT " + MOST_VALUES, List.of(contact), row -> {
						names.add(row.textOrEmpty("name"));
						return true;
					});
		}
		return names;
	}
}
