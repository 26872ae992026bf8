// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.dataset.people.internal;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

import org.keepsake.core.JobMonitor;
import org.keepsake.core.ProblemException;
import org.keepsake.core.dataset.BackupContent;
import org.keepsake.core.dataset.DataSet;
import org.keepsake.core.dataset.Selection;
import org.keepsake.core.dataset.Survey;
import org.keepsake.dataset.base.DateRange;
import org.keepsake.dataset.base.People;
import org.keepsake.dataset.base.Tables;
import org.keepsake.dataset.people.Contact;

/** The address book: {@code AddressBook.sqlitedb}, and the pictures beside it. */
public final class ContactsDataSet implements DataSet {

	static final String IMAGES = "Library/AddressBook/AddressBookImages.sqlitedb";

	@Override
	public String id() {
		return "contacts";
	}

	@Override
	public String title() {
		return Texts.text("contacts.title");
	}

	@Override
	public Class<Contact> recordType() {
		return Contact.class;
	}

	@Override
	public List<Source> sources() {
		return List.of(Source.database(People.DOMAIN, People.ADDRESS_BOOK), Source.database(People.DOMAIN, IMAGES));
	}

	@Override
	public Survey survey(BackupContent content, JobMonitor monitor) throws IOException {
		Optional<Tables> book = Tables.open(content, People.DOMAIN, People.ADDRESS_BOOK);
		if (book.isEmpty()) {
			return Survey.absent("");
		}
		try (Tables tables = book.get()) {
			if (!tables.has("ABPerson")) {
				return Survey.absent("");
			}
			DateRange range = tables.has("ABPerson", "CreationDate")
					? DateRange.cocoa(tables, "CreationDate", "ABPerson")
					: DateRange.NONE;
			return Survey.present(tables.count("SELECT count(*) FROM ABPerson"), range.first(), range.last());
		} catch (ProblemException e) {
			return Survey.unreadable(e.problem().cause());
		}
	}

	@Override
	public void read(BackupContent content, Selection selection, RecordVisitor visitor, JobMonitor monitor)
			throws IOException {
		Optional<Tables> book = Tables.open(content, People.DOMAIN, People.ADDRESS_BOOK);
		if (book.isPresent()) {
			try (Tables tables = book.get(); Photos photos = Photos.open(content)) {
				if (tables.has("ABPerson")) {
					new ContactReader(tables, photos).read(visitor, monitor);
				}
			}
		}
	}
}
