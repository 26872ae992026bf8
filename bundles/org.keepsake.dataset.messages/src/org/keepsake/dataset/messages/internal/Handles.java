// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.dataset.messages.internal;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.keepsake.dataset.base.People;
import org.keepsake.dataset.base.Tables;

/** Addresses and names by the numbers of the table {@code handle}; the ones used last are remembered. */
final class Handles {

	private static final int REMEMBERED = 20_000;

	private final Tables tables;
	private final People people;
	private final boolean known;
	private final Map<Long, String> addresses = new LinkedHashMap<>(64, 0.75f, true) {
		private static final long serialVersionUID = 1L;

		@Override
		protected boolean removeEldestEntry(Map.Entry<Long, String> eldest) {
			return size() > REMEMBERED;
		}
	};

	Handles(Tables tables, People people) throws IOException {
		this.tables = tables;
		this.people = people;
		known = tables.has("handle", "id");
	}

	/** The address; empty if there is none. */
	String address(long handle) throws IOException {
		if (handle <= 0 || !known) {
			return "";
		}
		String address = addresses.get(handle);
		if (address == null) {
			String[] found = { "" };
			tables.query("SELECT substr(id, 1, 1000) AS id FROM handle WHERE ROWID = ?", List.of(handle), row -> {
				found[0] = row.textOrEmpty("id").strip();
				return false;
			});
			address = found[0];
			addresses.put(handle, address);
		}
		return address;
	}

	/** The name by the address book, else the address. */
	String name(long handle) throws IOException {
		return people.nameOr(address(handle));
	}

	/** The name by the address book, else the address. */
	String name(String address) {
		return people.nameOr(address);
	}
}
