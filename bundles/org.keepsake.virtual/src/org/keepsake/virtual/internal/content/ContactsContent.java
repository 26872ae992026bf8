// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.virtual.internal.content;

import java.io.IOException;

/** The address book: {@code AddressBook.sqlitedb} and the pictures beside it. */
final class ContactsContent {

	private static final String SCHEMA = """
			CREATE TABLE ABPerson (ROWID INTEGER PRIMARY KEY AUTOINCREMENT, First TEXT, Last TEXT, Middle TEXT,
				FirstPhonetic TEXT, MiddlePhonetic TEXT, LastPhonetic TEXT, Organization TEXT, Department TEXT, Note TEXT,
				Kind INTEGER, Birthday TEXT, JobTitle TEXT, Nickname TEXT, Prefix TEXT, Suffix TEXT, FirstSort TEXT,
				LastSort TEXT, CreationDate INTEGER, ModificationDate INTEGER, CompositeNameFallback TEXT, StoreID INTEGER,
				DisplayName TEXT, guid TEXT, ImageURI TEXT, PersonLink INTEGER DEFAULT -1);
			CREATE TABLE ABMultiValue (UID INTEGER PRIMARY KEY, record_id INTEGER, property INTEGER, identifier INTEGER,
				label INTEGER, value TEXT, guid TEXT);
			CREATE TABLE ABMultiValueLabel (value TEXT, UNIQUE(value));
			CREATE TABLE ABMultiValueEntry (parent_id INTEGER, key INTEGER, value TEXT);
			CREATE TABLE ABMultiValueEntryKey (value TEXT, UNIQUE(value));
			CREATE TABLE ABGroup (ROWID INTEGER PRIMARY KEY AUTOINCREMENT, Name TEXT, ExternalIdentifier TEXT, StoreID INTEGER);
			CREATE TABLE ABGroupMembers (UID INTEGER PRIMARY KEY, group_id INTEGER, member_type INTEGER, member_id INTEGER);
			CREATE TABLE ABStore (ROWID INTEGER PRIMARY KEY AUTOINCREMENT, Name TEXT, Type INTEGER, Enabled INTEGER DEFAULT 1);
			CREATE INDEX ABMultiValueRecordIdIndex ON ABMultiValue(record_id)
			""";

	private ContactsContent() {
	}

	static void fill(Shelf shelf, Cast cast) throws IOException {
		shelf.database("HomeDomain", "Library/AddressBook/AddressBook.sqlitedb", cast.now(), db -> {
			db.run(SCHEMA);
			db.insert("ABStore(Name, Type)", "", 0);
			for (String label : new String[] { "_$!<Mobile>!$_", "_$!<Home>!$_", "_$!<Work>!$_", "Ferienhaus" }) {
				db.insert("ABMultiValueLabel(value)", label);
			}
			for (String key : new String[] { "Street", "City", "ZIP", "Country", "CountryCode" }) {
				db.insert("ABMultiValueEntryKey(value)", key);
			}
			db.insert("ABGroup(Name, StoreID)", "Family", 1);
			for (Cast.Person person : cast.people()) {
				person(db, cast, person);
			}
		});
		shelf.database("HomeDomain", "Library/AddressBook/AddressBookImages.sqlitedb", cast.now(), db -> {
			db.run("CREATE TABLE ABThumbnailImage (record_id INTEGER, format INTEGER, derived_from_format INTEGER, data BLOB);"
					+ "CREATE TABLE ABFullSizeImage (record_id INTEGER, format INTEGER, crop_x INTEGER, crop_y INTEGER,"
					+ " crop_width INTEGER, data BLOB)");
			for (Cast.Person person : cast.people().subList(0, Math.min(10, cast.people().size()))) {
				byte[] picture = Jpeg.picture(person.id(), 96, 96, cast.now(), null);
				db.insert("ABThumbnailImage(record_id, format, data)", person.id(), 0, picture);
				db.insert("ABFullSizeImage(record_id, format, crop_x, crop_y, crop_width, data)", person.id(), 0, 0, 0,
						96, picture);
			}
		});
	}

	private static void person(Database db, Cast cast, Cast.Person person) throws java.sql.SQLException {
		boolean company = person.id() % 17 == 0;
		double made = Cast.cocoa(cast.within(2000));
		db.insert(
				"ABPerson(ROWID, First, Last, Organization, Kind, Birthday, Note, CreationDate, ModificationDate, StoreID,"
						+ " guid)",
				person.id(), company ? null : person.first(), company ? null : person.last(),
				company ? person.last() + " GmbH" : null, company ? 1 : 0,
				person.id() % 3 == 0 ? Double.toString(-400_000_000.0 + person.id() * 86_400.0) : null,
				person.id() % 5 == 0 ? "Met at the lake" : null, made, made, 1, cast.uuid());
		int value = person.id() * 10;
		String columns = "ABMultiValue(UID, record_id, property, identifier, label, value)";
		db.insert(columns, value, person.id(), 3, 0, 1, person.phone());
		db.insert(columns, value + 1, person.id(), 4, 0, 2, person.mail());
		if (person.id() % 4 == 0) {
			db.insert(columns, value + 2, person.id(), 3, 1, 4, "+4989" + (1_000_000 + person.id()));
			db.insert(columns, value + 3, person.id(), 5, 0, 2, null);
			db.insert("ABMultiValueEntry(parent_id, key, value)", value + 3, 1, "Seestraße " + person.id());
			db.insert("ABMultiValueEntry(parent_id, key, value)", value + 3, 2, "München");
			db.insert("ABMultiValueEntry(parent_id, key, value)", value + 3, 4, "Germany");
			db.insert("ABGroupMembers(group_id, member_type, member_id)", 1, 0, person.id());
		}
	}
}
