// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.dataset.organizer.internal;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.dataset.base.DataProblems;
import org.keepsake.dataset.base.Tables;

/**
 * The tables of a store of reminders, {@code Data-*.sqlite}: {@code ZREMCDREMINDER} since iOS 16; before, all entities
 * share {@code ZREMCDOBJECT}, whose columns of the same name have numbers that differ from one iOS to the next. Schema:
 * {@code abrignoni/iLEAPP} {@code scripts/artifacts/reminders.py}, and databases' own.
 */
final class ReminderStore implements Closeable {

	private static final String OBJECTS = "ZREMCDOBJECT";
	private static final String REMINDERS = "ZREMCDREMINDER";
	private static final String LISTS = "ZREMCDBASELIST";

	private final Tables tables;
	private final String table;
	private final String condition;

	private ReminderStore(Tables tables, String table, String condition) {
		this.tables = tables;
		this.table = table;
		this.condition = condition;
	}

	/** Takes over a database; closes it if it is none of reminders. */
	static ReminderStore of(Tables tables) throws IOException {
		try {
			if (tables.has(REMINDERS)) {
				return new ReminderStore(tables, REMINDERS, "1");
			}
			if (tables.has(OBJECTS)) {
				return new ReminderStore(tables, OBJECTS, "r.Z_ENT = " + entity(tables, "REMCDReminder"));
			}
			throw DataProblems.UNREADABLE.exception(tables.file().domain() + '/' + tables.file().path(),
					Texts.text("reminders.no-table"));
		} catch (IOException e) {
			tables.close();
			throw e;
		}
	}

	/** The number of an entity of Core Data; -1 if the store has none of that name. */
	private static long entity(Tables tables, String name) throws IOException {
		long[] number = { -1 };
		if (tables.has("Z_PRIMARYKEY")) {
			tables.query("SELECT Z_ENT AS number FROM Z_PRIMARYKEY WHERE Z_NAME = ?", List.of(name), row -> {
				number[0] = row.integer("number");
				return false;
			});
		}
		return number[0];
	}

	Tables tables() {
		return tables;
	}

	/** What follows FROM for the reminders, as {@code r}. */
	String from() {
		return table + " r WHERE " + condition;
	}

	/** What tells whether a reminder is deleted. */
	String deleted() throws IOException {
		return tables.has(table, "ZMARKEDFORDELETION") ? "COALESCE(r.ZMARKEDFORDELETION, 0) != 0" : "0";
	}

	/** What tells whether a reminder is done. */
	String completed() throws IOException {
		return tables.has(table, "ZCOMPLETED") ? "COALESCE(r.ZCOMPLETED, 0) != 0" : "0";
	}

	/** A SELECT of all reminders, ordered by {@code id}. */
	String select() throws IOException {
		List<String> list = new ArrayList<>();
		list.add("r.Z_PK AS id");
		list.add(numbered(table, "r", "ZTITLE", false) + " AS title");
		list.add(
				tables.columns(table, "r", "ZNOTES", "ZIDENTIFIER", "ZCKIDENTIFIER", "ZDUEDATE", "ZALLDAY", "ZTIMEZONE",
						"ZCOMPLETED", "ZCOMPLETIONDATE", "ZFLAGGED", "ZPRIORITY", "ZCREATIONDATE", "ZLASTMODIFIEDDATE",
						"ZMARKEDFORDELETION", "ZDUEDATEDELTAALERTSDATA", "ZCONTACTHANDLES"));
		StringBuilder from = new StringBuilder(table + " r");
		named(list, from, "l", "ZLIST", tables.has(LISTS) ? LISTS : OBJECTS, "list");
		named(list, from, "a", "ZACCOUNT", OBJECTS, "account");
		String parent = numbered(table, "r", "ZPARENTREMINDER", false);
		if (parent.equals("NULL")) {
			list.add("NULL AS parent, NULL AS parent_identifier, NULL AS parent_ck");
		} else {
			from.append(" LEFT JOIN ").append(table).append(" p ON p.Z_PK = ").append(parent);
			list.add("p.Z_PK AS parent, " + optional("p", "ZIDENTIFIER") + " AS parent_identifier, "
					+ optional("p", "ZCKIDENTIFIER") + " AS parent_ck");
		}
		return "SELECT " + String.join(", ", list) + " FROM " + from + " WHERE " + condition + " ORDER BY r.Z_PK";
	}

	private String optional(String alias, String column) throws IOException {
		return tables.has(table, column) ? alias + '.' + column : "NULL";
	}

	private void named(List<String> list, StringBuilder from, String alias, String link, String target, String as)
			throws IOException {
		String reference = numbered(table, "r", link, false);
		if (reference.equals("NULL") || !tables.has(target, "Z_PK")) {
			list.add("NULL AS " + as);
			return;
		}
		from.append(" LEFT JOIN ").append(target).append(' ').append(alias).append(" ON ").append(alias)
				.append(".Z_PK = ").append(reference);
		list.add(numbered(target, alias, "ZNAME", true) + " AS " + as);
	}

	/** Of the columns of that name, with a number after it or not, the first that has a value. */
	private String numbered(String of, String alias, String name, boolean text) throws IOException {
		List<String> names = tables.columns(of).stream()
				.filter(column -> column.matches(name.toLowerCase(Locale.ROOT) + "\\d{0,2}")).sorted()
				.map(column -> text ? "NULLIF(" + alias + '.' + column + ", '')" : alias + '.' + column).toList();
		return names.isEmpty() ? "NULL"
				: names.size() == 1 ? names.getFirst() : "COALESCE(" + String.join(", ", names) + ')';
	}

	/**
	 * A query of what belongs to reminders, ordered by {@code owner}; {@code kind} is one of {@code tag}, {@code url},
	 * {@code file}, {@code rule}, and for an alarm what triggers it: {@code date}, {@code interval}, {@code place},
	 * {@code car}.
	 *
	 * @return null if the store has none
	 */
	@Nullable
	String followers() throws IOException {
		String owner = numbered(OBJECTS, "o", "ZREMINDER", false);
		if (owner.equals("NULL") || !tables.has(OBJECTS, "Z_ENT")) {
			return null;
		}
		List<Long> numbers = new ArrayList<>();
		String kind = kinds("o", numbers, new String[][] { { "REMCDHashtag", "tag" }, { "REMCDURLAttachment", "url" },
				{ "REMCDFileAttachment", "file" }, { "REMCDImageAttachment", "file" },
				{ "REMCDAudioAttachment", "file" }, { "REMCDRecurrenceRule", "rule" } });
		long alarm = entity(tables, "REMCDAlarm");
		String joined = alarm < 0 ? "" : trigger();
		if (!joined.isEmpty()) {
			numbers.add(alarm);
			kind = kind + " WHEN " + alarm + " THEN "
					+ kinds("t", new ArrayList<>(), new String[][] { { "REMCDAlarmDateTrigger", "date" },
							{ "REMCDAlarmTimeIntervalTrigger", "interval" }, { "REMCDAlarmLocationTrigger", "place" },
							{ "REMCDAlarmVehicleTrigger", "car" } })
					+ " ELSE '' END";
		}
		if (numbers.isEmpty()) {
			return null;
		}
		boolean labels = tables.has("ZREMCDHASHTAGLABEL", "ZNAME") && tables.has(OBJECTS, "ZHASHTAGLABEL");
		String name = numbered(OBJECTS, "o", "ZNAME", true);
		return "SELECT " + owner + " AS owner, " + kind + " END AS kind, "
				+ (labels ? "COALESCE(h.ZNAME, " + name + ")" : name) + " AS name, "
				+ tables.columns(OBJECTS, "o", "ZURL", "ZFILENAME", "ZUTI", "ZFREQUENCY", "ZINTERVAL",
						"ZOCCURRENCECOUNT", "ZENDDATE")
				+ ", " + ofTrigger(!joined.isEmpty()) + " FROM " + OBJECTS + " o" + joined
				+ (labels ? " LEFT JOIN ZREMCDHASHTAGLABEL h ON h.Z_PK = o.ZHASHTAGLABEL" : "") + " WHERE o.Z_ENT IN ("
				+ numbers.stream().map(String::valueOf).collect(Collectors.joining(", ")) + ")" + kept("o")
				+ " AND typeof(" + owner + ") = 'integer' ORDER BY 1, o.Z_PK";
	}

	/** The beginning of a choice by the entities that the store has. @param numbers receives these */
	private String kinds(String alias, List<Long> numbers, String[][] entities) throws IOException {
		StringBuilder kind = new StringBuilder("CASE " + alias + ".Z_ENT WHEN -1 THEN ''");
		for (String[] entity : entities) {
			long number = entity(tables, entity[0]);
			if (number >= 0) {
				numbers.add(number);
				kind.append(" WHEN ").append(number).append(" THEN '").append(entity[1]).append('\'');
			}
		}
		return kind.toString();
	}

	/** Joins an alarm with what triggers it, by whichever of the two names the other; empty if neither does. */
	private String trigger() throws IOException {
		String forth = numbered(OBJECTS, "o", "ZTRIGGER", false);
		String back = numbered(OBJECTS, "t", "ZALARM", false);
		return forth.equals("NULL") && back.equals("NULL") ? ""
				: " LEFT JOIN " + OBJECTS + " t ON "
						+ (forth.equals("NULL") ? back + " = o.Z_PK" : "t.Z_PK = " + forth) + kept("t");
	}

	private String ofTrigger(boolean joined) throws IOException {
		String[] columns = { "ZTIMEINTERVAL", "ZDATECOMPONENTSDATA", "ZLATITUDE", "ZLONGITUDE", "ZRADIUS",
				"ZPROXIMITY", "ZADDRESS", "ZEVENT" };
		List<String> list = new ArrayList<>();
		for (String column : columns) {
			list.add((joined ? numbered(OBJECTS, "t", column, false) : "NULL") + " AS " + column);
		}
		list.add((joined ? numbered(OBJECTS, "t", "ZTITLE", true) : "NULL") + " AS place");
		return String.join(", ", list);
	}

	private String kept(String alias) throws IOException {
		return tables.has(OBJECTS, "ZMARKEDFORDELETION") ? " AND COALESCE(" + alias + ".ZMARKEDFORDELETION, 0) = 0"
				: "";
	}

	@Override
	public void close() throws IOException {
		tables.close();
	}
}
