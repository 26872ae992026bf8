// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.dataset.people.internal;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.core.dataset.DataSet.RecordVisitor;
import org.keepsake.dataset.base.DateRange;
import org.keepsake.dataset.base.People;
import org.keepsake.dataset.base.Row;
import org.keepsake.dataset.base.Tables;
import org.keepsake.dataset.people.Call;
import org.keepsake.dataset.people.Call.Direction;
import org.keepsake.dataset.people.Call.Kind;

/**
 * The table of calls in either of its forms. Numbers of kinds and flags as abrignoni/iLEAPP
 * ({@code scripts/artifacts/callHistory.py}) has found them.
 */
abstract sealed class CallTable {

	/** Nobody talks longer: more is damage. */
	private static final double LONGEST_SECONDS = 30 * 86_400;
	private static final int FACETIME_VIDEO = 8;
	private static final int FACETIME_AUDIO = 16;
	private static final int MOST_PARTICIPANTS = 1_000;

	final Tables tables;

	private CallTable(Tables tables) {
		this.tables = tables;
	}

	/** The table in the database; null if it has none. */
	static @Nullable CallTable of(Tables tables) throws IOException {
		if (tables.has("ZCALLRECORD")) {
			return new Store(tables);
		}
		return tables.has("call") ? new Old(tables) : null;
	}

	abstract String table();

	/** Conditions of SQL: the owner called; somebody called in vain. */
	abstract String outgoing() throws IOException;

	abstract String missed() throws IOException;

	abstract DateRange range() throws IOException;

	abstract void read(People people, String prefix, RecordVisitor visitor) throws IOException;

	/** Counts the calls, also by kind into the map. */
	long count(Map<String, Long> parts) throws IOException {
		long all = tables.count("SELECT count(*) FROM " + table());
		long out = tables.count("SELECT count(*) FROM " + table() + " WHERE " + outgoing());
		long missed = tables
				.count("SELECT count(*) FROM " + table() + " WHERE NOT (" + outgoing() + ") AND " + missed());
		parts.merge(Texts.text("calls.outgoing"), out, Long::sum);
		parts.merge(Texts.text("calls.answered"), all - out - missed, Long::sum);
		parts.merge(Texts.text("calls.missed"), missed, Long::sum);
		return all;
	}

	/** A condition that a column's number fulfils; false if there is no such column. */
	final String number(String column, String condition) throws IOException {
		return tables.has(table(), column) ? "CAST(COALESCE(" + column + ", 0) AS INTEGER) " + condition : "0";
	}

	private static Duration seconds(double seconds) {
		return seconds > 0 && seconds <= LONGEST_SECONDS ? Duration.ofMillis(Math.round(seconds * 1000))
				: Duration.ZERO;
	}

	/** {@code CallHistory.storedata}, of Core Data, since iOS 8. */
	private static final class Store extends CallTable {

		private final String handles;

		Store(Tables tables) throws IOException {
			super(tables);
			handles = handles(tables);
		}

		/** Whoever takes part stands in a table whose name, and columns, carry the numbers of a model's entities. */
		private static String handles(Tables tables) throws IOException {
			for (String join : tables.tablesLike("Z\\_%REMOTEPARTICIPANTHANDLES")) {
				String call = "";
				String handle = "";
				for (String column : tables.columns(join)) {
					call = column.matches("z_\\d+remoteparticipantcalls") ? column : call;
					handle = column.matches("z_\\d+remoteparticipanthandles") ? column : handle;
				}
				if (join.matches("Z_\\d+REMOTEPARTICIPANTHANDLES") && !call.isEmpty() && !handle.isEmpty()
						&& tables.has("ZHANDLE", "ZVALUE")) {
					return "SELECT " + tables.columns("ZHANDLE", "h", "ZVALUE", "ZNORMALIZEDVALUE") + " FROM " + join
							+ " j JOIN ZHANDLE h ON h.Z_PK = j." + handle + " WHERE j." + call + " = ? LIMIT "
							+ MOST_PARTICIPANTS;
				}
			}
			return "";
		}

		@Override
		String table() {
			return "ZCALLRECORD";
		}

		@Override
		String outgoing() throws IOException {
			return number("ZORIGINATED", "<> 0");
		}

		@Override
		String missed() throws IOException {
			return number("ZANSWERED", "= 0");
		}

		@Override
		DateRange range() throws IOException {
			return tables.has(table(), "ZDATE") ? DateRange.cocoa(tables, "ZDATE", table()) : DateRange.NONE;
		}

		@Override
		void read(People people, String prefix, RecordVisitor visitor) throws IOException {
			tables.query("SELECT c.ROWID AS id, "
					+ tables.columns("ZCALLRECORD", "c", "ZDATE", "ZDURATION", "ZADDRESS", "ZNAME", "ZORIGINATED",
							"ZANSWERED", "ZCALLTYPE", "ZSERVICE_PROVIDER", "ZLOCATION", "ZISO_COUNTRY_CODE",
							"ZUNIQUE_ID")
					+ " FROM ZCALLRECORD c ORDER BY ZDATE, c.ROWID", List.of(),
					row -> visitor.visit(call(row, people, prefix)));
		}

		private Call call(Row row, People people, String prefix) throws IOException, SQLException {
			String address = row.textOrEmpty("ZADDRESS").strip();
			Set<String> others = participants(row.integer("id"));
			if (address.isEmpty() && !others.isEmpty()) {
				address = others.iterator().next();
			}
			List<String> named = new ArrayList<>();
			if (others.size() > 1) {
				others.forEach(other -> named.add(people.nameOr(other)));
			}
			String noted = row.textOrEmpty("ZNAME").strip();
			String name = people.name(address);
			boolean out = row.flag("ZORIGINATED");
			String unique = row.textOrEmpty("ZUNIQUE_ID");
			String app = row.textOrEmpty("ZSERVICE_PROVIDER");
			return new Call(prefix + (unique.isEmpty() ? "call-" + row.integer("id") : unique), row.cocoa("ZDATE"),
					kind((int) row.integer("ZCALLTYPE"), app), app, out ? Direction.OUTGOING : Direction.INCOMING,
					!out && !row.flag("ZANSWERED"), seconds(row.real("ZDURATION")),
					name != null ? name : noted.isEmpty() ? address : noted, address, named,
					row.textOrEmpty("ZLOCATION"), row.textOrEmpty("ZISO_COUNTRY_CODE"));
		}

		private Set<String> participants(long call) throws IOException {
			Set<String> found = new LinkedHashSet<>();
			if (!handles.isEmpty()) {
				tables.query(handles, List.of(call), row -> {
					String normal = row.textOrEmpty("ZNORMALIZEDVALUE");
					found.add(normal.isEmpty() ? row.textOrEmpty("ZVALUE") : normal);
					return true;
				});
				found.remove("");
			}
			return found;
		}

		private static Kind kind(int type, String app) {
			return switch (type) {
				case FACETIME_VIDEO -> Kind.FACETIME_VIDEO;
				case FACETIME_AUDIO -> Kind.FACETIME_AUDIO;
				case 1 -> Kind.PHONE;
				default -> app.isEmpty() || app.equals("com.apple.Telephony") ? Kind.PHONE
						: app.equals("com.apple.FaceTime") ? Kind.FACETIME_VIDEO : Kind.APP;
			};
		}
	}

	/** {@code call_history.db}, up to iOS 7. Who was called in vain is not recorded: a call that came and took no time. */
	private static final class Old extends CallTable {

		Old(Tables tables) {
			super(tables);
		}

		@Override
		String table() {
			return "call";
		}

		@Override
		String outgoing() throws IOException {
			return number("flags", "& 1 = 1");
		}

		@Override
		String missed() throws IOException {
			return number("duration", "= 0");
		}

		@Override
		DateRange range() throws IOException {
			return tables.has(table(), "date") ? DateRange.unix(tables, "date", table()) : DateRange.NONE;
		}

		@Override
		void read(People people, String prefix, RecordVisitor visitor) throws IOException {
			tables.query("SELECT c.ROWID AS rid, "
					+ tables.columns("call", "c", "address", "date", "duration", "flags", "name", "country_code")
					+ " FROM call c ORDER BY date, c.ROWID", List.of(), row -> visitor.visit(call(row, people)));
		}

		private static Call call(Row row, People people) throws SQLException {
			String address = row.textOrEmpty("address").strip();
			long flags = row.integer("flags");
			boolean out = (flags & 1) != 0;
			String name = people.name(address);
			String noted = row.textOrEmpty("name").strip();
			boolean facetime = (flags & FACETIME_AUDIO) != 0;
			return new Call("call-" + row.integer("rid"), row.unix("date"),
					facetime ? Kind.FACETIME_VIDEO : Kind.PHONE,
					facetime ? "com.apple.FaceTime" : "com.apple.Telephony",
					out ? Direction.OUTGOING : Direction.INCOMING, !out && row.integer("duration") == 0,
					seconds(row.real("duration")), name != null ? name : noted.isEmpty() ? address : noted, address,
					List.of(), "", row.textOrEmpty("country_code"));
		}
	}
}
