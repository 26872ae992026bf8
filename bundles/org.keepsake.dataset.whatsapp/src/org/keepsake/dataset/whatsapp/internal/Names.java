// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.dataset.whatsapp.internal;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.core.ProblemException;
import org.keepsake.core.dataset.BackupContent;
import org.keepsake.dataset.base.People;
import org.keepsake.dataset.base.Tables;
import org.keepsake.dataset.whatsapp.internal.WhatsAppDataSet.App;

/**
 * Names of people by their identifiers ({@code 491705551234@s.whatsapp.net}, or {@code 1234567@lid} where the number is
 * hidden): as the app's contacts have them, as the address book has them, as they call themselves; else the number. The
 * databases beside the chats only add names: one that cannot be read is passed over.
 */
final class Names {

	private static final int MOST = 200_000;

	private final People people;
	private final Map<String, String> contacts = new HashMap<>();
	private final Map<String, String> pushed = new HashMap<>();
	private final Map<String, String> phones = new HashMap<>();

	private Names(People people) {
		this.people = people;
	}

	static Names of(BackupContent content, App app) throws IOException {
		Names names = new Names(People.of(content));
		names.from(content, app, WhatsAppDataSet.CONTACTS, names::contacts);
		names.from(content, app, WhatsAppDataSet.IDENTITIES, names::identities);
		names.from(content, app, WhatsAppDataSet.CHATS, names::pushNames);
		return names;
	}

	@FunctionalInterface
	private interface Reader {
		void read(Tables tables) throws IOException;
	}

	private void from(BackupContent content, App app, String database, Reader reader) throws IOException {
		try {
			Optional<Tables> found = Tables.open(content, app.domain(), database);
			if (found.isPresent()) {
				try (Tables tables = found.get()) {
					reader.read(tables);
				}
			}
		} catch (ProblemException _) {
			// Names only add to the chats, whose own damage is told.
		}
	}

	private void contacts(Tables tables) throws IOException {
		if (tables.has("ZWAADDRESSBOOKCONTACT", "ZFULLNAME")) {
			tables.query("SELECT "
					+ tables.columns("ZWAADDRESSBOOKCONTACT", "c", "ZFULLNAME", "ZWHATSAPPID", "ZPHONENUMBER", "ZLID")
					+ " FROM ZWAADDRESSBOOKCONTACT c LIMIT " + MOST, List.of(), row -> {
						String name = row.textOrEmpty("ZFULLNAME").strip();
						for (String column : new String[] { "ZWHATSAPPID", "ZPHONENUMBER", "ZLID" }) {
							String id = user(row.textOrEmpty(column));
							if (!name.isEmpty() && !id.isEmpty()) {
								contacts.putIfAbsent(id, name);
							}
						}
						return true;
					});
		}
	}

	private void pushNames(Tables tables) throws IOException {
		if (tables.has("ZWAPROFILEPUSHNAME", "ZJID") && tables.has("ZWAPROFILEPUSHNAME", "ZPUSHNAME")) {
			tables.query("SELECT ZJID, ZPUSHNAME FROM ZWAPROFILEPUSHNAME LIMIT " + MOST, List.of(), row -> {
				pushed.putIfAbsent(user(row.textOrEmpty("ZJID")), row.textOrEmpty("ZPUSHNAME").strip());
				return true;
			});
		}
	}

	/**
	 * Which table pairs hidden identifiers with numbers differs by version: it is known by its columns. In
	 * {@code ZWAPHONENUMBERLIDPAIR} that of the hidden one has a name that tells, in {@code ZWAZACCOUNT} it does not.
	 */
	private void identities(Tables tables) throws IOException {
		for (String table : tables.tablesLike("Z%")) {
			String lid = "";
			String phone = "";
			for (String column : tables.columns(table)) {
				String name = column.toUpperCase(Locale.ROOT);
				boolean hidden = name.equals("ZIDENTIFIER") || name.contains("LID") && !name.contains("VALID");
				lid = hidden && lid.isEmpty() ? column : lid;
				phone = (name.contains("PHONE") || name.contains("JID") && !name.contains("LID")) && phone.isEmpty()
						? column
						: phone;
			}
			if (table.matches("Z\\w+") && lid.matches("\\w+") && phone.matches("\\w+")) {
				tables.query("SELECT " + lid + " AS lid, " + phone + " AS phone FROM " + table + " LIMIT " + MOST,
						List.of(),
						row -> {
							String number = user(row.textOrEmpty("phone"));
							if (!number.isEmpty()) {
								phones.putIfAbsent(user(row.textOrEmpty("lid")), number);
							}
							return true;
						});
			}
		}
	}

	/** What stands before the at sign, of a number its digits. */
	private static String user(String id) {
		int at = id.indexOf('@');
		String user = (at < 0 ? id : id.substring(0, at)).strip();
		int device = user.indexOf(':');
		user = device < 0 ? user : user.substring(0, device);
		return user.matches("[+\\d()\\s./-]+") ? user.replaceAll("\\D", "") : user;
	}

	/** The name of whoever has the identifier. @param fallback the name if nothing better is known */
	String name(String id, String fallback) {
		String user = user(id);
		String number = phones.getOrDefault(user, user);
		String name = first(contacts.get(user), contacts.get(number));
		if (name != null) {
			return name;
		}
		boolean hidden = id.endsWith("@lid") && number.equals(user);
		String known = hidden || !number.matches("\\d{7,15}") ? null : people.name('+' + number);
		if (known != null) {
			return known;
		}
		String own = first(fallback, first(pushed.get(user), pushed.get(number)));
		return own != null ? own : hidden || !number.matches("\\d{5,15}") ? user : '+' + number;
	}

	private static @Nullable String first(@Nullable String one, @Nullable String other) {
		return one != null && !one.isBlank() ? one : other != null && !other.isBlank() ? other : null;
	}
}
