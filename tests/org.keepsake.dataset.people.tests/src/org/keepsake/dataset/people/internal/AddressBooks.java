// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.dataset.people.internal;

import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

import org.keepsake.dataset.base.People;
import org.keepsake.testing.FolderContent;

/** Address books as three generations of iOS write them. Tables and columns as far as they are read, and some more. */
final class AddressBooks {

	static final byte[] PICTURE = { (byte) 0xFF, (byte) 0xD8, (byte) 0xFF, (byte) 0xE0, 1, 2, 3, (byte) 0xFF,
			(byte) 0xD9 };

	private static final String VALUES = """
			CREATE TABLE ABMultiValue (UID INTEGER PRIMARY KEY, record_id INTEGER, property INTEGER, identifier INTEGER,
				label INTEGER, value TEXT);
			CREATE TABLE ABMultiValueLabel (value TEXT, UNIQUE(value));
			CREATE TABLE ABMultiValueEntry (parent_id INTEGER, key INTEGER, value TEXT, UNIQUE(parent_id, key));
			CREATE TABLE ABMultiValueEntryKey (value TEXT, UNIQUE(value));
			CREATE TABLE ABGroup (ROWID INTEGER PRIMARY KEY AUTOINCREMENT, Name TEXT);
			CREATE TABLE ABGroupMembers (UID INTEGER PRIMARY KEY, group_id INTEGER, member_type INTEGER, member_id INTEGER,
				UNIQUE(group_id, member_type, member_id));
			INSERT INTO ABMultiValueLabel(value) VALUES ('_$!<Mobile>!$_'), ('_$!<Home>!$_'), ('_$!<Work>!$_'), ('Ferienhaus'),
				('_$!<Anniversary>!$_'), ('_$!<Mother>!$_');
			INSERT INTO ABMultiValueEntryKey(value) VALUES ('Street'), ('City'), ('ZIP'), ('Country'), ('CountryCode'),
				('username'), ('service'), ('url'), ('State');
			INSERT INTO ABGroup(Name) VALUES ('Family'), ('Choir');
			INSERT INTO ABGroupMembers(group_id, member_type, member_id) VALUES (1, 0, 1), (2, 0, 1), (2, 1, 2);
			INSERT INTO ABMultiValue VALUES (10, 1, 3, 0, 1, '+49 170 5551234'), (11, 1, 3, 1, 4, '+49 89 5550000'),
				(12, 1, 4, 0, 2, 'anna@example.org'), (13, 1, 5, 0, 2, NULL), (14, 1, 22, 0, 3, 'https://example.org/anna'),
				(15, 1, 13, 0, NULL, NULL), (16, 1, 46, 0, NULL, NULL), (17, 1, 23, 0, 6, 'Berta Müller'),
				(18, 1, 12, 0, 5, '441763200'), (20, 2, 3, 0, 3, '+1 415 555 0123'), (21, 2, 16, 0, NULL, 'tone');
			INSERT INTO ABMultiValueEntry VALUES (13, 1, 'Seestraße 1' || char(10) || 'Hinterhaus'), (13, 2, 'München'),
				(13, 3, '80331'), (13, 4, 'Germany'), (13, 5, 'de'), (15, 6, 'anna.m'), (15, 7, 'Jabber'),
				(16, 6, 'anna_m'), (16, 7, 'twitter'), (16, 8, 'https://twitter.example/anna_m')
			""";

	private AddressBooks() {
	}

	/** iOS 5 and 6: no identifiers, no accounts. */
	static void ios6(FolderContent content) throws IOException {
		content.sql(People.DOMAIN, People.ADDRESS_BOOK,
				"""
						CREATE TABLE ABPerson (ROWID INTEGER PRIMARY KEY AUTOINCREMENT, First TEXT, Last TEXT, Middle TEXT,
							FirstPhonetic TEXT, MiddlePhonetic TEXT, LastPhonetic TEXT, Organization TEXT, Department TEXT, Note TEXT,
							Kind INTEGER, Birthday TEXT, JobTitle TEXT, Nickname TEXT, Prefix TEXT, Suffix TEXT,
							CreationDate INTEGER, ModificationDate INTEGER);
						INSERT INTO ABPerson(ROWID, First, Last, Birthday, Note, CreationDate, ModificationDate) VALUES
							(1, 'Anna', 'Müller', '-401544000', 'Met at the lake', 400000000, 500000000);
						INSERT INTO ABPerson(ROWID, Organization, Kind, CreationDate) VALUES (2, 'Example Inc.', 1, 410000000);
						"""
						+ VALUES);
	}

	/** iOS 7 to 15: with accounts. */
	static void ios12(FolderContent content) throws IOException {
		content.sql(People.DOMAIN, People.ADDRESS_BOOK,
				"""
						CREATE TABLE ABStore (ROWID INTEGER PRIMARY KEY AUTOINCREMENT, Name TEXT, Type INTEGER, Enabled INTEGER);
						INSERT INTO ABStore(Name, Type) VALUES ('', 0), ('Work account', 3);
						CREATE TABLE ABPerson (ROWID INTEGER PRIMARY KEY AUTOINCREMENT, First TEXT, Last TEXT, Middle TEXT,
							FirstPhonetic TEXT, MiddlePhonetic TEXT, LastPhonetic TEXT, Organization TEXT, Department TEXT, Note TEXT,
							Kind INTEGER, Birthday TEXT, JobTitle TEXT, Nickname TEXT, Prefix TEXT, Suffix TEXT, FirstSort TEXT,
							LastSort TEXT, CreationDate INTEGER, ModificationDate INTEGER, CompositeNameFallback TEXT,
							ExternalIdentifier TEXT, StoreID INTEGER, DisplayName TEXT, ExternalUUID TEXT, PersonLink INTEGER);
						INSERT INTO ABPerson(ROWID, First, Last, Birthday, CreationDate, StoreID, ExternalUUID) VALUES
							(1, 'Anna', 'Müller', '-12525105600', 400000000, 1, '5F0C0B0E-8A1E-4B1F-9D3B-2B6E1C3C0001');
						INSERT INTO ABPerson(ROWID, Organization, Kind, CreationDate, StoreID, ExternalUUID) VALUES
							(2, 'Example Inc.', 1, 410000000.5, 2, '5F0C0B0E-8A1E-4B1F-9D3B-2B6E1C3C0002');
						"""
						+ VALUES);
	}

	/** iOS 16 and later. */
	static void ios17(FolderContent content) throws IOException {
		content.sql(People.DOMAIN, People.ADDRESS_BOOK,
				"""
						CREATE TABLE ABStore (ROWID INTEGER PRIMARY KEY AUTOINCREMENT, Name TEXT, Type INTEGER, Enabled INTEGER,
							guid TEXT);
						INSERT INTO ABStore(Name, Type) VALUES ('', 0), ('Card', 1);
						CREATE TABLE ABPerson (ROWID INTEGER PRIMARY KEY AUTOINCREMENT, First TEXT, Last TEXT, Middle TEXT,
							FirstPhonetic TEXT, MiddlePhonetic TEXT, LastPhonetic TEXT, Organization TEXT, Department TEXT, Note TEXT,
							Kind INTEGER, Birthday TEXT, JobTitle TEXT, Nickname TEXT, Prefix TEXT, Suffix TEXT,
							CreationDate INTEGER, ModificationDate INTEGER, StoreID INTEGER, DisplayName TEXT, guid TEXT,
							ImageURI TEXT, PersonLink INTEGER DEFAULT -1, IsPreferredName INTEGER DEFAULT 1);
						INSERT INTO ABPerson(ROWID, Prefix, First, Middle, Last, Suffix, Nickname, FirstPhonetic, LastPhonetic,
							Organization, Department, JobTitle, Note, Birthday, Kind, CreationDate, ModificationDate, StoreID, guid) VALUES
							(1, 'Dr.', 'Anna', 'Maria', 'Müller', 'jr.', 'Anni', 'Ana', 'Myller', 'Lake & Sons; GmbH', 'Boats', 'Captain',
							'Line one' || char(10) || 'line two', '-401544000', 0, 400000000, 500000000, 1,
							'5F0C0B0E-8A1E-4B1F-9D3B-2B6E1C3C0001:ABPerson');
						INSERT INTO ABPerson(ROWID, Organization, Kind, CreationDate, StoreID, guid) VALUES
							(2, 'Example Inc.', 1, 410000000, 2, '5F0C0B0E-8A1E-4B1F-9D3B-2B6E1C3C0002:ABPerson');
						INSERT INTO ABPerson(ROWID, First, CreationDate, StoreID, guid) VALUES
							(3, '<script>alert(1)</script>', NULL, 1, '5F0C0B0E-8A1E-4B1F-9D3B-2B6E1C3C0003:ABPerson');
						"""
						+ VALUES);
		content.sql(People.DOMAIN, ContactsDataSet.IMAGES,
				"""
						CREATE TABLE ABThumbnailImage (record_id INTEGER, format INTEGER, derived_from_format INTEGER, data BLOB,
							UNIQUE(record_id, format));
						CREATE TABLE ABFullSizeImage (ROWID INTEGER PRIMARY KEY AUTOINCREMENT, record_id INTEGER, crop_x INTEGER,
							crop_y INTEGER, crop_width INTEGER, data BLOB);
						INSERT INTO ABThumbnailImage(record_id, format, data) VALUES (1, 0, x'ffd8ffd9');
						""");
		try (Connection connection = content.writable(People.DOMAIN, ContactsDataSet.IMAGES);
				PreparedStatement add = connection
						.prepareStatement("INSERT INTO ABFullSizeImage(record_id, data) VALUES (1, ?)")) {
			add.setBytes(1, PICTURE);
			add.execute();
		} catch (SQLException e) {
			throw new IOException(e);
		}
	}
}
