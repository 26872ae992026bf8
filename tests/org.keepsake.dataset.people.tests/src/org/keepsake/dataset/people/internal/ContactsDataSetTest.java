// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.dataset.people.internal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.MonthDay;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.junit.jupiter.api.Test;
import org.keepsake.core.IosVersion;
import org.keepsake.core.JobMonitor;
import org.keepsake.core.dataset.DataSet;
import org.keepsake.core.dataset.ExportReport;
import org.keepsake.core.dataset.ExportRequest;
import org.keepsake.core.dataset.Selection;
import org.keepsake.dataset.people.Contact;
import org.keepsake.dataset.people.Contact.Account;
import org.keepsake.dataset.people.Contact.Address;
import org.keepsake.dataset.people.Contact.Day;
import org.keepsake.dataset.people.Contact.Labelled;
import org.keepsake.testing.DataSetContract;
import org.keepsake.testing.FolderContent;
import org.keepsake.testing.FolderOutput;

import ezvcard.Ezvcard;
import ezvcard.VCard;
import ezvcard.VCardVersion;
import ezvcard.parameter.TelephoneType;
import ezvcard.property.Telephone;

class ContactsDataSetTest extends DataSetContract {

	@Override
	protected DataSet dataSet() {
		return new ContactsDataSet();
	}

	@Override
	protected List<Generation> generations() {
		return List.of(new Generation("6.1", 2, AddressBooks::ios6), new Generation("12.4", 2, AddressBooks::ios12),
				new Generation("17.5", 3, AddressBooks::ios17));
	}

	private FolderContent content(Filler filler) throws Exception {
		FolderContent content = new FolderContent(folder().resolve("own"), new IosVersion("17.5"), true);
		filler.fill(content);
		return content;
	}

	private List<Contact> contacts(FolderContent content) throws IOException {
		List<Contact> contacts = new ArrayList<>();
		dataSet().read(content, Selection.ALL, entry -> contacts.add((Contact) entry), JobMonitor.NONE);
		return contacts;
	}

	private Contact anna(Filler filler) throws Exception {
		return contacts(content(filler)).stream().filter(one -> one.last().equals("Müller")).findFirst().orElseThrow();
	}

	@Test
	void givesAllFields() throws Exception {
		Contact anna = anna(AddressBooks::ios17);
		assertEquals("Anna Maria Müller", anna.name());
		assertEquals(List.of("Dr.", "Anna", "Maria", "Müller", "jr.", "Anni", "Ana", "Myller"),
				List.of(anna.prefix(), anna.first(), anna.middle(), anna.last(), anna.suffix(), anna.nickname(),
						anna.phoneticFirst(), anna.phoneticLast()));
		assertEquals(List.of("Lake & Sons; GmbH", "Boats", "Captain"),
				List.of(anna.organisation(), anna.department(), anna.jobTitle()));
		assertEquals(LocalDate.of(1988, 4, 11), anna.birthday());
		assertEquals(List.of(new Labelled("Mobile", "+49 170 5551234"), new Labelled("Ferienhaus", "+49 89 5550000")),
				anna.phones());
		assertEquals(List.of(new Labelled("Home", "anna@example.org")), anna.mails());
		assertEquals(List.of(new Address("Home", "Seestraße 1\nHinterhaus", "München", "", "80331", "Germany", "de")),
				anna.addresses());
		assertEquals(List.of(new Labelled("Work", "https://example.org/anna")), anna.urls());
		assertEquals(List.of(new Account("", "Jabber", "anna.m", "")), anna.messengers());
		assertEquals(List.of(new Account("", "twitter", "anna_m", "https://twitter.example/anna_m")), anna.profiles());
		assertEquals(List.of(new Labelled("Mother", "Berta Müller")), anna.relations());
		assertEquals(List.of(new Day("Anniversary", LocalDate.of(2015, 1, 1))), anna.dates());
		assertEquals(List.of("Family", "Choir"), anna.groups());
		assertEquals("Line one\nline two", anna.note());
		assertEquals(Instant.parse("2013-09-04T15:06:40Z"), anna.created());
		assertArrayEquals(AddressBooks.PICTURE, anna.photo());
		assertEquals("Anna Maria Müller, +49 170 5551234", anna.headline());
		assertTrue(anna.searchText().contains("+491705551234"), "found by its digits");
	}

	@Test
	void aBirthdayMayHaveNoYear() throws Exception {
		assertEquals(MonthDay.of(2, 5), anna(AddressBooks::ios12).birthday());
	}

	@Test
	void tellsCompaniesAndTheirAccount() throws Exception {
		Contact company = contacts(content(AddressBooks::ios12)).stream().filter(Contact::company).findFirst()
				.orElseThrow();
		assertEquals("Example Inc.", company.name());
		assertEquals("Work account", company.account());
		assertEquals("5F0C0B0E-8A1E-4B1F-9D3B-2B6E1C3C0002", company.key());
		assertEquals(List.of(), company.groups(), "a group within a group is no member");
	}

	@Test
	void oldAddressBooksHaveKeysToo() throws Exception {
		Contact anna = anna(AddressBooks::ios6);
		assertEquals("contact-1", anna.key());
		assertNull(anna.photo());

	}

	@Test
	void contactsAreReadWherePicturesCannotBe() throws Exception {
		FolderContent content = content(AddressBooks::ios17);
		content.put("HomeDomain", ContactsDataSet.IMAGES, "no database, but long enough to look at ".repeat(50));
		assertEquals(3, contacts(content).size());
	}

	@Test
	void searchFindsNumbersAsTheyAreDialled() throws Exception {
		List<Contact> contacts = contacts(content(AddressBooks::ios17));
		Selection search = new Selection("1705551234", null, null, false);
		assertEquals(1, contacts.stream().filter(search::accepts).count());
	}

	private VCard exported(FolderOutput output, Filler filler, String name) throws Exception {
		ExportReport report = new VCardExporter().export(
				new ExportRequest(dataSet(), content(filler), Selection.ALL, output, Map.of()), JobMonitor.NONE);
		assertEquals(List.of("contacts.vcf"), output.files());
		assertEquals(0, output.open());
		List<VCard> cards = Ezvcard.parse(output.text("contacts.vcf")).all();
		assertEquals(report.recordsWritten(), cards.size());
		return cards.stream().filter(card -> card.getFormattedName().getValue().equals(name)).findFirst().orElseThrow();
	}

	@Test
	void vCardHoldsEverything() throws Exception {
		FolderOutput output = new FolderOutput(folder().resolve("out"));
		VCard card = exported(output, AddressBooks::ios17, "Anna Maria Müller");
		assertEquals(VCardVersion.V4_0, card.getVersion());
		assertEquals("Müller", card.getStructuredName().getFamily());
		assertEquals(List.of("Maria"), card.getStructuredName().getAdditionalNames());
		assertEquals(List.of("Lake & Sons; GmbH", "Boats"), card.getOrganization().getValues());
		Telephone mobile = card.getTelephoneNumbers().getFirst();
		assertEquals("+49 170 5551234", mobile.getText());
		assertEquals(List.of(TelephoneType.CELL), mobile.getTypes());
		String group = card.getTelephoneNumbers().get(1).getGroup();
		assertEquals("Ferienhaus", card.getExtendedProperties("X-ABLabel").stream()
				.filter(label -> Objects.equals(label.getGroup(), group)).findFirst().orElseThrow().getValue());
		assertEquals("München", card.getAddresses().getFirst().getLocality());
		assertEquals("Seestraße 1\nHinterhaus", card.getAddresses().getFirst().getStreetAddress());
		assertEquals(LocalDate.of(1988, 4, 11), card.getBirthday().getDate());
		assertEquals(LocalDate.of(2015, 1, 1), card.getAnniversary().getDate());
		assertEquals(List.of("Family", "Choir"), card.getCategories().getValues());
		assertEquals("Line one\nline two", card.getNotes().getFirst().getValue());
		assertArrayEquals(AddressBooks.PICTURE, card.getPhotos().getFirst().getData());
		assertEquals("Berta Müller", card.getRelations().getFirst().getText());
		assertEquals("anna.m", card.getImpps().getFirst().getHandle());
		assertTrue(output.text("contacts.vcf").contains("UID:5F0C0B0E"),
				"it stays the same card when it is read again");
		assertFalse(output.text("contacts.vcf").lines().anyMatch(line -> line.length() > 76), "lines are folded");
	}

	@Test
	void vCardKnowsBirthdaysWithoutYearAndCompanies() throws Exception {
		FolderOutput output = new FolderOutput(folder().resolve("out"));
		VCard anna = exported(output, AddressBooks::ios12, "Anna Müller");
		assertEquals(2, anna.getBirthday().getPartialDate().getMonth());
		assertTrue(output.text("contacts.vcf").contains("BDAY:--0205"));
		assertTrue(output.text("contacts.vcf").contains("KIND:org"));
	}
}
