// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.dataset.people;

import java.time.Instant;
import java.time.temporal.TemporalAccessor;
import java.util.List;
import java.util.StringJoiner;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.core.dataset.DataRecord;

/**
 * Somebody in the address book. Texts are empty where nothing is recorded.
 *
 * @param key            stays the same as long as the contact exists
 * @param name           what a person calls it
 * @param company        whether it is an organisation rather than a person
 * @param prefix         such as {@code Dr.}
 * @param first          given name
 * @param middle         further given names
 * @param last           family name
 * @param suffix         such as {@code jr.}
 * @param nickname       what friends say
 * @param phoneticFirst  how the given name is said
 * @param phoneticMiddle how the further given names are said
 * @param phoneticLast   how the family name is said
 * @param organisation   where the person works, or the organisation's name
 * @param department     part of the organisation
 * @param jobTitle       what the person does there
 * @param birthday       a {@code LocalDate}, or a {@code MonthDay} where the year is not known; null if none is recorded
 * @param phones         telephone numbers
 * @param mails          mail addresses
 * @param addresses      postal addresses
 * @param urls           web pages
 * @param messengers     accounts of instant messengers
 * @param profiles       accounts of social networks
 * @param relations      names of related people
 * @param dates          further days, such as anniversaries
 * @param groups         names of the groups it is in
 * @param account        the account it belongs to; empty for the device itself
 * @param note           what the owner noted
 * @param created        null if it is not known
 * @param modified       null if it is not known
 * @param photo          a picture as it is stored, such as JPEG; null if there is none
 */
public record Contact(String key, String name, boolean company, String prefix, String first, String middle, String last,
		String suffix, String nickname, String phoneticFirst, String phoneticMiddle, String phoneticLast,
		String organisation, String department, String jobTitle, @Nullable TemporalAccessor birthday,
		List<Labelled> phones, List<Labelled> mails, List<Address> addresses, List<Labelled> urls,
		List<Account> messengers, List<Account> profiles, List<Labelled> relations, List<Day> dates,
		List<String> groups, String account, String note, @Nullable Instant created, @Nullable Instant modified,
		byte @Nullable [] photo) implements DataRecord {

	/** Copies the lists. */
	public Contact {
		phones = List.copyOf(phones);
		mails = List.copyOf(mails);
		addresses = List.copyOf(addresses);
		urls = List.copyOf(urls);
		messengers = List.copyOf(messengers);
		profiles = List.copyOf(profiles);
		relations = List.copyOf(relations);
		dates = List.copyOf(dates);
		groups = List.copyOf(groups);
	}

	/**
	 * A number, an address or a name with what it is.
	 *
	 * @param label such as {@code Mobile}, or what the owner wrote; empty if there is none
	 * @param value the number, address or name
	 */
	public record Labelled(String label, String value) {
	}

	/**
	 * A postal address.
	 *
	 * @param label       such as {@code Home}; empty if there is none
	 * @param street      street and number, perhaps in several lines
	 * @param city        town
	 * @param state       state or region
	 * @param zip         postal code
	 * @param country     country's name
	 * @param countryCode country's code of two letters
	 */
	public record Address(String label, String street, String city, String state, String zip, String country,
			String countryCode) {
	}

	/**
	 * An account of a service.
	 *
	 * @param label   such as {@code Home}; empty if there is none
	 * @param service the service's name
	 * @param user    the name there
	 * @param url     where it is on the web; empty if that is not recorded
	 */
	public record Account(String label, String service, String user, String url) {
	}

	/**
	 * A day with what it is.
	 *
	 * @param label such as {@code Anniversary}; empty if there is none
	 * @param date  a {@code LocalDate}, or a {@code MonthDay} where the year is not known
	 */
	public record Day(String label, TemporalAccessor date) {
	}

	@Override
	public @Nullable Instant date() {
		return created;
	}

	@Override
	public String headline() {
		StringJoiner line = new StringJoiner(", ");
		line.add(name.isBlank() ? key : name);
		if (!phones.isEmpty()) {
			line.add(phones.getFirst().value);
		} else if (!mails.isEmpty()) {
			line.add(mails.getFirst().value);
		}
		return line.toString().replaceAll("\\s+", " ").strip();
	}

	@Override
	public String searchText() {
		StringJoiner text = new StringJoiner("\n");
		for (String part : new String[] { name, prefix, first, middle, last, suffix, nickname, phoneticFirst,
				phoneticMiddle, phoneticLast, organisation, department, jobTitle, note }) {
			if (!part.isEmpty()) {
				text.add(part);
			}
		}
		for (List<Labelled> several : List.of(phones, mails, urls, relations)) {
			several.forEach(one -> text.add(one.value));
		}
		phones.forEach(phone -> text.add(phone.value.replaceAll("[^0-9+]", "")));
		addresses.forEach(one -> text.add(one.street).add(one.zip + ' ' + one.city).add(one.state).add(one.country));
		messengers.forEach(one -> text.add(one.service + ' ' + one.user));
		profiles.forEach(one -> text.add(one.service + ' ' + one.user));
		groups.forEach(text::add);
		return text.toString();
	}
}
