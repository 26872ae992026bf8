// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.dataset.base;

import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.core.ProblemException;
import org.keepsake.core.dataset.BackupContent;

/**
 * The names of people by their telephone numbers and mail addresses, out of the backup's address book. The same for all
 * data sets of an open backup. Immutable, thread-safe.
 *
 * <p>
 * Numbers are compared by their digits; one with its country's code also agrees with the same number as it is dialled
 * within the country ({@code +49 170 5551234} and {@code 0170 5551234}). Where people of different names have a number,
 * or the agreement could be chance, there is no name: a wrong one is worse than none.
 */
public final class People {

	/** Where the address book lies. */
	public static final String DOMAIN = "HomeDomain";
	/** Where the address book lies, below {@link #DOMAIN}. */
	public static final String ADDRESS_BOOK = "Library/AddressBook/AddressBook.sqlitedb";

	private static final int PHONE = 3;
	private static final int MAIL = 4;
	/** Shorter numbers are compared as they are: emergency calls and short codes have no country. */
	private static final int SHORTEST = 7;
	private static final int LONGEST_COUNTRY_CODE = 3;
	private static final int MAX_ADDRESSES = 500_000;

	private final Map<String, String> mails = new HashMap<>();
	/** Numbers by their last seven digits; shorter ones by all of them. */
	private final Map<String, List<Entry>> numbers = new HashMap<>();

	private record Entry(Number number, String name) {
	}

	/**
	 * A telephone number.
	 *
	 * @param digits        its digits, without what is dialled before the country's or the area's code
	 * @param international whether it begins with the country's code
	 */
	private record Number(String digits, boolean international) {

		static @Nullable Number of(String written) {
			StringBuilder digits = new StringBuilder();
			boolean plus = false;
			for (int i = 0; i < written.length(); i++) {
				char c = written.charAt(i);
				int digit = Character.digit(c, 10);
				if (digit >= 0) {
					digits.append((char) ('0' + digit));
				} else if ((c == '+' || c == '\uFF0B') && digits.isEmpty()) {
					plus = true;
				} else if (c == ';' || c == ',' || c == '#' || c == '*') {
					break;
				} else if (Character.isLetter(c)) {
					return null;
				}
			}
			if (digits.length() < SHORTEST) {
				return digits.isEmpty() ? null : new Number(digits.toString(), false);
			}
			boolean international = plus || digits.length() > 9 && digits.indexOf("00") == 0;
			int from = 0;
			while (from < digits.length() - 1 && digits.charAt(from) == '0') {
				from++;
			}
			return new Number(digits.substring(from), international);
		}

		String tail() {
			return digits.length() <= SHORTEST ? digits : digits.substring(digits.length() - SHORTEST);
		}

		boolean agrees(Number other) {
			if (digits.equals(other.digits)) {
				return true;
			}
			if (international == other.international) {
				return false;
			}
			String longer = international ? digits : other.digits;
			String shorter = international ? other.digits : digits;
			int code = longer.length() - shorter.length();
			return shorter.length() >= SHORTEST && code > 0 && code <= LONGEST_COUNTRY_CODE && longer.endsWith(shorter);
		}
	}

	private People() {
	}

	/** The people of the backup: none if it has no address book, or one that is damaged. */
	public static People of(BackupContent content) throws IOException {
		return content.shared(People.class, People::read);
	}

	private static People read(BackupContent content) throws IOException {
		People people = new People();
		try {
			Optional<Tables> book = Tables.open(content, DOMAIN, ADDRESS_BOOK);
			if (book.isPresent()) {
				try (Tables tables = book.get()) {
					people.read(tables);
				}
			}
		} catch (ProblemException _) {
			// Whoever reads the contacts is told; here names are an addition.
		}
		return people;
	}

	private void read(Tables tables) throws IOException {
		if (!tables.has("ABPerson") || !tables.has("ABMultiValue", "value")) {
			return;
		}
		String names = tables.columns("ABPerson", "p", "First", "Middle", "Last", "Nickname", "Organization",
				"DisplayName");
		tables.query("SELECT v.property AS property, v.value AS value, " + names
				+ " FROM ABMultiValue v JOIN ABPerson p ON p.ROWID = v.record_id WHERE v.property IN (?, ?) AND v.value"
				+ " IS NOT NULL LIMIT ?", List.of(PHONE, MAIL, MAX_ADDRESSES), row -> {
					add(row.integer("property") == MAIL, row.textOrEmpty("value"), name(row));
					return true;
				});
	}

	/** What a person of the address book is called, by the columns of {@code ABPerson}; empty if by nothing. */
	public static String name(Row row) throws SQLException {
		List<String> parts = new ArrayList<>();
		for (String column : new String[] { "First", "Middle", "Last" }) {
			String part = row.textOrEmpty(column).strip();
			if (!part.isEmpty()) {
				parts.add(part);
			}
		}
		String name = String.join(" ", parts);
		for (String column : new String[] { "DisplayName", "Nickname", "Organization" }) {
			name = name.isEmpty() ? row.textOrEmpty(column).strip() : name;
		}
		return name;
	}

	private void add(boolean mail, String address, String name) {
		if (name.isEmpty()) {
			return;
		}
		if (mail) {
			mails.merge(address.strip().toLowerCase(Locale.ROOT), name, (a, b) -> a.equals(b) ? a : "");
			return;
		}
		Number number = Number.of(address);
		if (number != null) {
			numbers.computeIfAbsent(number.tail(), _ -> new ArrayList<>(1)).add(new Entry(number, name));
		}
	}

	/**
	 * The name of whoever has a telephone number or mail address.
	 *
	 * @param address as any database writes it, be it with {@code tel:} or {@code mailto:} before it; may be null
	 * @return null if it is not known, or not for sure
	 */
	public @Nullable String name(@Nullable String address) {
		if (address == null || address.isBlank()) {
			return null;
		}
		String plain = address.strip();
		int colon = plain.indexOf(':');
		if (colon > 0 && colon < 8 && !Character.isDigit(plain.charAt(0))) {
			plain = plain.substring(colon + 1);
		}
		if (plain.indexOf('@') >= 0) {
			String name = mails.get(plain.toLowerCase(Locale.ROOT));
			return name == null || name.isEmpty() ? null : name;
		}
		Number number = Number.of(plain);
		return number == null ? null : name(number);
	}

	private @Nullable String name(Number number) {
		String exact = null;
		String similar = null;
		boolean severalExact = false;
		boolean severalSimilar = false;
		for (Entry entry : numbers.getOrDefault(number.tail(), List.of())) {
			if (entry.number.equals(number)) {
				severalExact |= exact != null && !exact.equals(entry.name);
				exact = entry.name;
			} else if (entry.number.agrees(number)) {
				severalSimilar |= similar != null && !similar.equals(entry.name);
				similar = entry.name;
			}
		}
		if (exact != null) {
			return severalExact ? null : exact;
		}
		return severalSimilar ? null : similar;
	}

	/** The name if it is known, else the address as it is. */
	public String nameOr(String address) {
		String name = name(address);
		return name == null ? address : name;
	}
}
