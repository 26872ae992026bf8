// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.dataset.organizer.internal;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.core.dataset.BackupContent;
import org.keepsake.core.dataset.ContentFile;
import org.keepsake.core.dataset.DataSet.Source;
import org.keepsake.dataset.base.DataProblems;
import org.keepsake.dataset.base.Tables;

/**
 * The names by which the generations of {@code Calendar.sqlitedb} call the same things: {@code Event} with columns
 * {@code event_id} (to iOS 4), {@code CalendarItem} with owners since. Tasks are among the items to iOS 12. Schema:
 * {@code abrignoni/iLEAPP} {@code scripts/artifacts/calendarAll.py}, and databases' own.
 */
final class CalendarSchema {

	static final String DOMAIN = "HomeDomain";
	static final String PATH = "Library/Calendar/Calendar.sqlitedb";
	static final Source SOURCE = Source.database(DOMAIN, PATH);

	private static final int TASK = 3;

	private final Tables tables;
	private final String items;

	private CalendarSchema(Tables tables, String items) {
		this.tables = tables;
		this.items = items;
	}

	/** Opens the database; null if the backup has none. Who gets it closes its {@link #tables}. */
	static @Nullable CalendarSchema open(BackupContent content) throws IOException {
		Optional<ContentFile> file = content.find(DOMAIN, PATH);
		if (file.isEmpty()) {
			return null;
		}
		Tables tables = Tables.open(content, file.get());
		try {
			String items = tables.has("CalendarItem") ? "CalendarItem" : tables.has("Event") ? "Event" : null;
			if (items == null) {
				throw DataProblems.UNREADABLE.exception(DOMAIN + '/' + PATH, Texts.text("calendar.no-table"));
			}
			return new CalendarSchema(tables, items);
		} catch (IOException e) {
			tables.close();
			throw e;
		}
	}

	Tables tables() {
		return tables;
	}

	/** What follows FROM for the events alone: items that are no tasks, as {@code i}. */
	String events() throws IOException {
		return items + " i WHERE " + (hasTasks() ? "i.entity_type IS NOT " + TASK : "1");
	}

	/** What follows FROM for the tasks alone, as {@code i}. */
	String tasks() throws IOException {
		return items + " i WHERE " + (hasTasks() ? "i.entity_type = " + TASK : "0");
	}

	private boolean hasTasks() throws IOException {
		return tables.has(items, "entity_type");
	}

	/** A SELECT of the columns, and of calendar, account and place, with what follows WHERE, ordered by {@code id}. */
	String select(boolean tasks, String... columns) throws IOException {
		List<String> list = new ArrayList<>();
		list.add("i.ROWID AS id");
		list.add(tables.columns(items, "i", columns));
		StringBuilder from = new StringBuilder(items + " i");
		join(from, list, "Calendar", "c", "i", "calendar_id", items, "title", "color");
		if (tables.has("Calendar")) {
			join(from, list, "Store", "s", "c", "store_id", "Calendar", "name");
		} else {
			list.add("NULL AS s_name");
		}
		join(from, list, "Location", "l", "i", "location_id", items, "title", "address", "latitude", "longitude");
		String where = (tasks ? tasks() : events()).substring(items.length() + 2);
		return "SELECT " + String.join(", ", list) + " FROM " + from + where + " ORDER BY i.ROWID";
	}

	private void join(StringBuilder from, List<String> list, String table, String alias, String owner, String link,
			String ownerTable, String... columns) throws IOException {
		boolean linked = tables.has(table) && tables.has(ownerTable, link);
		if (linked) {
			from.append(" LEFT JOIN ").append(table).append(' ').append(alias).append(" ON ").append(alias)
					.append(".ROWID = ").append(owner).append('.').append(link);
		}
		for (String column : columns) {
			list.add((linked && tables.has(table, column) ? alias + '.' + column : "NULL") + " AS " + alias + '_'
					+ column);
		}
	}

	/**
	 * A query of the rows that belong to items, ordered by {@code owner}.
	 *
	 * @param join   what follows the table {@code x} in FROM
	 * @param extra  further list, with a comma in front of it
	 * @param owners the names that the reference to the item had
	 * @return null if this generation has no such rows
	 */
	@Nullable
	String followers(String table, String join, String extra, List<String> owners, String... columns)
			throws IOException {
		String owner = tables.firstOf(table, owners.toArray(String[]::new));
		if (owner == null) {
			return null;
		}
		return "SELECT x." + owner + " AS owner, x.ROWID AS id, " + tables.columns(table, "x", columns) + extra
				+ " FROM " + table + " x" + join + " WHERE typeof(x." + owner + ") = 'integer' ORDER BY x." + owner
				+ ", x.ROWID";
	}
}
