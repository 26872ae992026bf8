// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.dataset.messages.internal;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.core.JobMonitor;
import org.keepsake.core.dataset.BackupContent;
import org.keepsake.core.dataset.DataSet.RecordVisitor;
import org.keepsake.core.dataset.Selection;
import org.keepsake.dataset.base.People;
import org.keepsake.dataset.base.Row;
import org.keepsake.dataset.base.Tables;
import org.keepsake.dataset.messages.Message.Chat;

/**
 * Streams {@code sms.db} as it is since iOS 6: conversation by conversation, in each by time, then what belongs to none. A
 * message that is in several conversations is given in the first.
 */
final class MessageReader {

	private static final String JOIN = "chat_message_join";
	private static final String RECOVERABLE = "chat_recoverable_message_join";
	private static final int MOST_DELETED = 500_000;
	/** Seconds and nanoseconds in one order. */
	private static final String MOMENT = "CASE WHEN abs(x.date) > 1e15 THEN x.date ELSE x.date * 1000000000 END";

	private final Tables tables;
	private final Selection selection;
	private final RecordVisitor visitor;
	private final JobMonitor monitor;
	private final Handles handles;
	private final Chats chats;
	private final MessageRows rows;
	private final boolean dated;
	private final BitSet given = new BitSet();
	private boolean more = true;

	MessageReader(BackupContent content, Tables tables, Selection selection, RecordVisitor visitor, JobMonitor monitor)
			throws IOException {
		this.tables = tables;
		this.selection = selection;
		this.visitor = visitor;
		this.monitor = monitor;
		dated = dated(tables);
		handles = new Handles(tables, People.of(content));
		chats = new Chats(tables, handles);
		Files files = new Files(content, tables);
		rows = new MessageRows(tables, handles, new Reactions(tables, handles, files), files, deleted());
	}

	private Map<Long, Instant> deleted() throws IOException {
		Map<Long, Instant> found = new HashMap<>();
		if (tables.has(RECOVERABLE, "delete_date")) {
			tables.query("SELECT message_id, delete_date FROM " + RECOVERABLE + " LIMIT " + MOST_DELETED, List.of(),
					row -> {
						Instant date = row.cocoa("delete_date");
						found.put(row.integer("message_id"), date == null ? Instant.EPOCH : date);
						return true;
					});
		}
		return found;
	}

	void read() throws IOException {
		String joins = joins();
		if (!joins.isEmpty()) {
			List<Long> ids = new ArrayList<>();
			tables.query("SELECT DISTINCT chat_id FROM (" + joins + ") WHERE chat_id IS NOT NULL ORDER BY chat_id",
					List.of(),
					row -> ids.add(row.integer("chat_id")));
			for (int i = 0; i < ids.size() && more; i++) {
				chat(ids.get(i), joins);
			}
		}
		if (more) {
			without(joins);
		}
	}

	/** The numbers of conversations and of the messages in them; empty if there are no such tables. */
	private String joins() throws IOException {
		List<String> selects = new ArrayList<>();
		for (String table : List.of(JOIN, RECOVERABLE)) {
			if (tables.has(table, "chat_id") && tables.has(table, "message_id")) {
				selects.add("SELECT chat_id, message_id FROM " + table);
			}
		}
		return String.join(" UNION ALL ", selects);
	}

	/**
	 * The numbers are put in order first, so that what is put in order is small; the rows are looked up behind. Since iOS
	 * 11 the moment stands with the numbers.
	 */
	private void chat(long id, String joins) throws IOException {
		Chat chat = chats.chat(id);
		String order;
		if (dated) {
			order = "SELECT message_id AS mid FROM (SELECT message_id, message_date AS moment FROM " + JOIN
					+ " WHERE chat_id = ?1"
					+ (joins.contains(RECOVERABLE)
							? " UNION ALL SELECT message_id, (SELECT x.date FROM message x WHERE x.ROWID = message_id) FROM "
									+ RECOVERABLE + " WHERE chat_id = ?1"
							: "")
					+ ") ORDER BY " + MOMENT.replace("x.date", "moment") + ", message_id";
		} else {
			order = "SELECT x.ROWID AS mid FROM (" + joins.replace("SELECT chat_id, message_id", "SELECT message_id")
					.replace(" UNION ALL ", " WHERE chat_id = ?1 UNION ALL ") + " WHERE chat_id = ?1) j"
					+ " CROSS JOIN message x ON x.ROWID = j.message_id" + order();
		}
		tables.query("SELECT " + rows.columns() + " FROM (" + order + " LIMIT -1) s CROSS JOIN message m"
				+ " ON m.ROWID = s.mid", List.of(id), row -> visit(row, chat));
	}

	/** Whether each message's moment stands with its conversation. */
	private static boolean dated(Tables tables) throws IOException {
		return tables.has(JOIN, "message_date") && tables.has("message", "date")
				&& tables.count("SELECT count(*) FROM (SELECT 1 FROM " + JOIN
						+ " WHERE COALESCE(message_date, 0) = 0 LIMIT 1)") == 0;
	}

	private String order() throws IOException {
		return tables.has("message", "date") ? " ORDER BY " + MOMENT + ", x.ROWID" : " ORDER BY x.ROWID";
	}

	private void without(String joins) throws IOException {
		String none = joins.isEmpty() ? ""
				: " WHERE x.ROWID NOT IN (SELECT message_id FROM (" + joins
						+ ") WHERE message_id IS NOT NULL AND chat_id IS NOT NULL)";
		String by = tables.has("message", "handle_id") ? "x.handle_id" : "NULL";
		long[] last = { Long.MIN_VALUE };
		@Nullable
		Chat[] chat = { null };
		tables.query("SELECT " + rows.columns() + " FROM (SELECT x.ROWID AS mid FROM message x" + none
				+ order().replace("ORDER BY", "ORDER BY " + by + ',') + " LIMIT -1) s"
				+ " CROSS JOIN message m ON m.ROWID = s.mid", List.of(), row -> {
					Chat own = chat[0];
					long handle = row.integer("handle_id");
					if (own == null || handle != last[0]) {
						own = chats.without(handle);
						chat[0] = own;
						last[0] = handle;
					}
					return visit(row, own);
				});
	}

	private boolean visit(Row row, Chat chat) throws IOException, SQLException {
		monitor.throwIfCancelled();
		long id = row.integer("id");
		if (id >= 0 && id < 1 << 28) {
			if (given.get((int) id)) {
				return true;
			}
			given.set((int) id);
		}
		if (isOutOfTime(row) || rows.belongsToAnother(row)) {
			return true;
		}
		more = visitor.visit(rows.message(row, chat));
		return more;
	}

	/** Whether it needs not even be looked at. */
	private boolean isOutOfTime(Row row) throws SQLException {
		Instant since = selection.since();
		Instant until = selection.until();
		if (since == null && until == null) {
			return false;
		}
		Instant date = row.cocoa("date");
		return date == null || since != null && date.isBefore(since) || until != null && !date.isBefore(until);
	}
}
