// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.dataset.people.internal;

import java.time.LocalDate;
import java.time.MonthDay;
import java.time.temporal.TemporalAccessor;
import java.util.List;
import java.util.Locale;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.dataset.people.Contact;
import org.keepsake.dataset.people.Contact.Account;
import org.keepsake.dataset.people.Contact.Labelled;

import ezvcard.VCard;
import ezvcard.parameter.AddressType;
import ezvcard.parameter.EmailType;
import ezvcard.parameter.ImageType;
import ezvcard.parameter.TelephoneType;
import ezvcard.property.Address;
import ezvcard.property.Anniversary;
import ezvcard.property.Birthday;
import ezvcard.property.DateOrTimeProperty;
import ezvcard.property.Email;
import ezvcard.property.FormattedName;
import ezvcard.property.Impp;
import ezvcard.property.Kind;
import ezvcard.property.Organization;
import ezvcard.property.Photo;
import ezvcard.property.RawProperty;
import ezvcard.property.Related;
import ezvcard.property.Revision;
import ezvcard.property.StructuredName;
import ezvcard.property.Telephone;
import ezvcard.property.Uid;
import ezvcard.property.VCardProperty;
import ezvcard.util.PartialDate;

/**
 * A contact as a vCard: RFC 6350, and Apple's own properties for what it lacks ({@code X-ABLabel}, {@code X-ABDATE},
 * {@code X-PHONETIC-FIRST-NAME}, {@code X-SOCIALPROFILE}), which others keep.
 */
final class Cards {

	private final VCard card = new VCard();
	private int labels;

	private Cards() {
	}

	static VCard card(Contact contact) {
		Cards cards = new Cards();
		cards.names(contact);
		cards.reach(contact);
		cards.days(contact);
		cards.rest(contact);
		return cards.card;
	}

	private void names(Contact contact) {
		card.addProperty(
				new Uid(contact.key().matches("[0-9A-Fa-f-]{36}") ? "urn:uuid:" + contact.key() : contact.key()));
		card.addProperty(contact.company() ? Kind.org() : Kind.individual());
		card.addProperty(new FormattedName(contact.name().isBlank() ? contact.key() : contact.name()));
		StructuredName name = new StructuredName();
		name.setFamily(orNull(contact.last()));
		name.setGiven(orNull(contact.first()));
		add(name.getAdditionalNames(), contact.middle());
		add(name.getPrefixes(), contact.prefix());
		add(name.getSuffixes(), contact.suffix());
		card.addProperty(name);
		if (!contact.nickname().isBlank()) {
			card.setNickname(contact.nickname());
		}
		raw("X-PHONETIC-FIRST-NAME", contact.phoneticFirst());
		raw("X-PHONETIC-MIDDLE-NAME", contact.phoneticMiddle());
		raw("X-PHONETIC-LAST-NAME", contact.phoneticLast());
		if (!contact.organisation().isBlank() || !contact.department().isBlank()) {
			Organization organization = new Organization();
			organization.getValues().add(contact.organisation());
			add(organization.getValues(), contact.department());
			card.addProperty(organization);
		}
		if (!contact.jobTitle().isBlank()) {
			card.addTitle(contact.jobTitle());
		}
	}

	private void reach(Contact contact) {
		for (Labelled phone : contact.phones()) {
			Telephone telephone = new Telephone(phone.value());
			TelephoneType type = switch (phone.label().toLowerCase(Locale.ROOT)) {
				case "mobile", "iphone", "apple watch" -> TelephoneType.CELL;
				case "home" -> TelephoneType.HOME;
				case "work" -> TelephoneType.WORK;
				case "homefax", "workfax", "otherfax" -> TelephoneType.FAX;
				case "pager" -> TelephoneType.PAGER;
				default -> null;
			};
			if (type != null) {
				telephone.getTypes().add(type);
			}
			labelled(telephone, phone.label(), type != null && !phone.label().equalsIgnoreCase("iPhone"));
		}
		for (Labelled mail : contact.mails()) {
			Email email = new Email(mail.value());
			EmailType type = home(mail.label()) ? EmailType.HOME : work(mail.label()) ? EmailType.WORK : null;
			if (type != null) {
				email.getTypes().add(type);
			}
			labelled(email, mail.label(), type != null);
		}
		for (Contact.Address one : contact.addresses()) {
			labelled(address(one), one.label(), home(one.label()) || work(one.label()));
		}
		for (Labelled url : contact.urls()) {
			labelled(new ezvcard.property.Url(url.value()), url.label(), false);
		}
		for (Account account : contact.messengers()) {
			labelled(messenger(account), account.label(), false);
		}
		for (Account account : contact.profiles()) {
			RawProperty profile = new RawProperty("X-SOCIALPROFILE",
					account.url().isEmpty() ? "x-apple:" + account.user()
							: account.url());
			profile.setParameter("TYPE", orUnknown(account.service()));
			profile.setParameter("X-USER", account.user());
			card.addProperty(profile);
		}
		for (Labelled relation : contact.relations()) {
			Related related = new Related();
			related.setText(relation.value());
			labelled(related, relation.label(), false);
		}
	}

	private static boolean home(String label) {
		return label.equalsIgnoreCase("home");
	}

	private static boolean work(String label) {
		return label.equalsIgnoreCase("work");
	}

	private static Address address(Contact.Address one) {
		Address address = new Address();
		address.setStreetAddress(orNull(one.street()));
		address.setLocality(orNull(one.city()));
		address.setRegion(orNull(one.state()));
		address.setPostalCode(orNull(one.zip()));
		address.setCountry(orNull(one.country()));
		if (home(one.label()) || work(one.label())) {
			address.getTypes().add(home(one.label()) ? AddressType.HOME : AddressType.WORK);
		}
		if (!one.countryCode().isBlank()) {
			address.setParameter("CC", one.countryCode());
		}
		return address;
	}

	private static VCardProperty messenger(Account account) {
		String scheme = account.service().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
		try {
			return new Impp(scheme.isEmpty() || !Character.isLetter(scheme.charAt(0)) ? "x-im" : scheme,
					account.user());
		} catch (IllegalArgumentException e) {
			// Names that no address can hold.
			return new RawProperty("X-IM", orUnknown(account.service()) + ':' + account.user());
		}
	}

	private void days(Contact contact) {
		TemporalAccessor born = contact.birthday();
		if (born instanceof LocalDate date) {
			card.addProperty(new Birthday(date));
		} else if (born instanceof MonthDay day) {
			card.addProperty(new Birthday(partial(day)));
		}
		for (Contact.Day day : contact.dates()) {
			boolean anniversary = day.label().equalsIgnoreCase("Anniversary");
			if (anniversary && card.getAnniversary() == null) {
				DateOrTimeProperty property = day.date() instanceof MonthDay monthDay
						? new Anniversary(partial(monthDay))
						: new Anniversary(LocalDate.from(day.date()));
				card.addProperty(property);
			} else {
				labelled(new RawProperty("X-ABDATE", day.date().toString()), day.label(), false);
			}
		}
	}

	private static PartialDate partial(MonthDay day) {
		return PartialDate.builder().month(day.getMonthValue()).date(day.getDayOfMonth()).build();
	}

	private void rest(Contact contact) {
		if (!contact.groups().isEmpty()) {
			card.setCategories(contact.groups().toArray(String[]::new));
		}
		if (!contact.note().isBlank()) {
			card.addNote(contact.note());
		}
		byte[] photo = contact.photo();
		if (photo != null && photo.length > 0) {
			card.addProperty(new Photo(photo, image(photo)));
		}
		if (contact.modified() != null) {
			card.addProperty(new Revision(contact.modified()));
		}
	}

	/** By its first bytes; what else it may be is called JPEG, as it nearly always is. */
	private static ImageType image(byte[] photo) {
		if (photo.length > 3 && photo[0] == (byte) 0x89 && photo[1] == 'P') {
			return ImageType.PNG;
		}
		if (photo.length > 12 && photo[4] == 'f' && photo[5] == 't' && photo[6] == 'y' && photo[7] == 'p') {
			return ImageType.get("HEIC", "image/heic", "heic");
		}
		return photo.length > 3 && photo[0] == 'G' && photo[1] == 'I' ? ImageType.GIF : ImageType.JPEG;
	}

	/** A label that the standard has no type for stands in a property of its own, joined by a group. */
	private void labelled(VCardProperty property, String label, boolean said) {
		if (!label.isBlank() && !said) {
			String group = "item" + ++labels;
			property.setGroup(group);
			RawProperty own = new RawProperty("X-ABLabel", label);
			own.setGroup(group);
			card.addProperty(property);
			card.addProperty(own);
		} else {
			card.addProperty(property);
		}
	}

	private void raw(String name, String value) {
		if (!value.isBlank()) {
			card.addProperty(new RawProperty(name, value));
		}
	}

	private static void add(List<String> values, String value) {
		if (!value.isBlank()) {
			values.add(value);
		}
	}

	private static @Nullable String orNull(String text) {
		return text.isBlank() ? null : text;
	}

	private static String orUnknown(String text) {
		return text.isBlank() ? "unknown" : text;
	}
}
