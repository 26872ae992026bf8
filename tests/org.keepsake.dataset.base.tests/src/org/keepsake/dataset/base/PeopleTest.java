// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.dataset.base;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.util.Objects;

import org.eclipse.jdt.annotation.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.keepsake.core.IosVersion;
import org.keepsake.testing.FolderContent;

class PeopleTest {

	@TempDir
	@Nullable
	Path folder;

	private @Nullable FolderContent made;

	@BeforeEach
	void makeAddressBook() throws Exception {
		FolderContent content = new FolderContent(Objects.requireNonNull(folder).resolve("backup"),
				new IosVersion("17.5"),
				true);
		content.sql(People.DOMAIN, People.ADDRESS_BOOK, """
				CREATE TABLE ABPerson (ROWID INTEGER PRIMARY KEY, First TEXT, Last TEXT, Organization TEXT);
				CREATE TABLE ABMultiValue (UID INTEGER PRIMARY KEY, record_id INTEGER, property INTEGER, value TEXT);
				""");
		made = content;
	}

	private FolderContent content() {
		return Objects.requireNonNull(made);
	}

	private void person(int id, String first, String last, int property, String... addresses) throws Exception {
		try (Connection connection = content().writable(People.DOMAIN, People.ADDRESS_BOOK)) {
			try (PreparedStatement add = connection.prepareStatement("INSERT INTO ABPerson VALUES (?, ?, ?, NULL)")) {
				add.setInt(1, id);
				add.setString(2, first);
				add.setString(3, last);
				add.execute();
			}
			for (String address : addresses) {
				try (PreparedStatement add = connection
						.prepareStatement("INSERT INTO ABMultiValue(record_id, property, value) VALUES (?, ?, ?)")) {
					add.setInt(1, id);
					add.setInt(2, property);
					add.setString(3, address);
					add.execute();
				}
			}
		}
	}

	private @Nullable String name(@Nullable String address) throws Exception {
		return People.of(content()).name(address);
	}

	@Test
	void findsNumbersHoweverTheyAreWritten() throws Exception {
		person(1, "Anna", "Müller", 3, "+49 (170) 555-1234", "089 / 5550000");
		assertEquals("Anna Müller", name("+491705551234"));
		assertEquals("Anna Müller", name("00491705551234"));
		assertEquals("Anna Müller", name("0170 5551234"));
		assertEquals("Anna Müller", name("tel:+49-170-5551234"));
		assertEquals("Anna Müller", name("+49895550000"), "written within the country, sent from abroad");
		assertEquals("Anna Müller", name("+٤٩١٧٠٥٥٥١٢٣٤"));
	}

	@Test
	void findsNumbersOfAmericaAndItaly() throws Exception {
		person(1, "Bob", "Smith", 3, "(415) 555-0123");
		person(2, "Carla", "Rossi", 3, "06 5550 1234");
		assertEquals("Bob Smith", name("+14155550123"));
		assertEquals("Carla Rossi", name("+390655501234"));
	}

	@Test
	void doesNotGuess() throws Exception {
		person(1, "Anna", "Müller", 3, "+49 170 5551234");
		assertNull(name("+431705551234"), "the same number in another country is somebody else");
		assertNull(name("5551234"), "four digits are missing");
		assertNull(name("+4917055512345"));
		assertNull(name("1234"));
		assertNull(name(""));
		assertNull(name(null));
	}

	@Test
	void aNumberOfTwoPeopleNamesNobody() throws Exception {
		person(1, "Anna", "Müller", 3, "+49 89 5550000");
		person(2, "Jürgen", "Müller", 3, "+49 89 5550000");
		person(3, "Max", "Munich", 3, "+49 170 5550001");
		person(4, "Otto", "Austrian", 3, "+43 170 5550001");
		assertNull(name("+49895550000"));
		assertNull(name("0170 5550001"), "it could be either's");
		assertEquals("Max Munich", name("+491705550001"));
	}

	@Test
	void cardsOfTheSameNameAreOnePerson() throws Exception {
		person(1, "Anna", "Müller", 3, "+49 89 5550000");
		person(2, "Anna", "Müller", 3, "089 5550000");
		assertEquals("Anna Müller", name("+49895550000"));
	}

	@Test
	void shortNumbersAgreeOnlyExactly() throws Exception {
		person(1, "Taxi", "", 3, "22456");
		assertEquals("Taxi", name("22456"));
		assertNull(name("+4922456"));
		assertNull(name("2456"));
	}

	@Test
	void findsMailAddressesInAnyCase() throws Exception {
		person(1, "Anna", "Müller", 4, "Anna@Example.org");
		assertEquals("Anna Müller", name("anna@example.ORG"));
		assertEquals("Anna Müller", name("mailto:anna@example.org"));
		assertNull(name("anna@example.com"));
	}

	@Test
	void namesOfSendersAreNoNumbers() throws Exception {
		person(1, "Anna", "Müller", 3, "+49 170 5551234");
		assertNull(name("AMAZON"));
		assertEquals("AMAZON", People.of(content()).nameOr("AMAZON"));
	}

	@Test
	void isMadeOnceForABackup() throws Exception {
		assertSame(People.of(content()), People.of(content()));
	}

	@Test
	void aDamagedAddressBookNamesNobody() throws Exception {
		content().put(People.DOMAIN, People.ADDRESS_BOOK,
				"This is no database, but long enough to look at.".repeat(100));
		assertNull(name("+491705551234"));
	}
}
