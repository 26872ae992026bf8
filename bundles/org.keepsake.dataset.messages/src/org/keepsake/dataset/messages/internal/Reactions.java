// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.dataset.messages.internal;

import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import org.keepsake.core.dataset.DataRecord.Attachment;
import org.keepsake.dataset.base.Row;
import org.keepsake.dataset.base.Tables;
import org.keepsake.dataset.messages.Message.Reaction;
import org.keepsake.dataset.messages.Message.Tapback;

/**
 * Reactions, which are rows of the table {@code message} too: they belong to the message whose GUID they name. Numbers as
 * ReagentX/imessage-exporter ({@code imessage-database/src/tables/messages/message.rs}) has found them.
 */
final class Reactions {

	private static final int ADDED = 2000;
	private static final int REMOVED = 3000;
	private static final int PLACED_STICKER = 1000;
	private static final Tapback[] KINDS = Tapback.values();
	private static final String[] EMOJI = { "❤️", "👍", "👎", "😂", "‼️", "❓", "", "" };
	private static final int MOST = 10_000;
	/** A row that is a reaction, and the GUID of its message; {@code r} is the row. */
	private static final String IS_REACTION = "(r.associated_message_type BETWEEN 2000 AND 2007"
			+ " OR r.associated_message_type BETWEEN 3000 AND 3007 OR r.associated_message_type = 1000)";
	private static final String TARGET = "CASE WHEN r.associated_message_guid LIKE 'bp:%' THEN"
			+ " substr(r.associated_message_guid, 4) WHEN r.associated_message_guid LIKE 'p:%' THEN"
			+ " substr(r.associated_message_guid, instr(r.associated_message_guid, '/') + 1)"
			+ " ELSE r.associated_message_guid END";

	private final Tables tables;
	private final Handles handles;
	private final Files files;
	private final PackedIndex byTarget = new PackedIndex();

	Reactions(Tables tables, Handles handles, Files files) throws IOException {
		this.tables = tables;
		this.handles = handles;
		this.files = files;
		if (are(tables)) {
			tables.query("SELECT r.ROWID AS id, " + TARGET + " AS target FROM message r WHERE " + attached(), List.of(),
					row -> {
						byTarget.add(row.textOrEmpty("target").hashCode(), row.integer("id"));
						return true;
					});
		}
	}

	private static boolean are(Tables tables) throws IOException {
		return tables.has("message", "associated_message_guid") && tables.has("message", "associated_message_type")
				&& tables.has("message", "guid");
	}

	/** The condition that a row {@code r} is a reaction to a message that is there. */
	static String attachedOrNever(Tables tables) throws IOException {
		return are(tables) ? attached() : "0";
	}

	private static String attached() {
		return "COALESCE(" + IS_REACTION + " AND " + TARGET + " IN (SELECT guid FROM message), 0)";
	}

	/** Whether a row is a reaction, attached or not. */
	static boolean is(long type) {
		return type == PLACED_STICKER || type >= ADDED && type < ADDED + KINDS.length
				|| type >= REMOVED && type < REMOVED + KINDS.length;
	}

	/** Whether a reaction takes one back. */
	static boolean removes(long type) {
		return type >= REMOVED;
	}

	/** Whether the row is a reaction to a message that is there, and is given with it. */
	boolean isAttached(Row row) throws SQLException {
		if (!is(row.integer("associated_message_type"))) {
			return false;
		}
		Long id = row.integer("id");
		return byTarget.rows(target(row.textOrEmpty("associated_message_guid")).hashCode()).contains(id);
	}

	/** What is shown of a reaction. */
	static String emoji(Row row) throws SQLException {
		int kind = kind(row.integer("associated_message_type"));
		String own = row.textOrEmpty("associated_message_emoji");
		return KINDS[kind] == Tapback.EMOJI ? own.isBlank() ? "\uFFFD" : own.strip() : EMOJI[kind];
	}

	private static int kind(long type) {
		return type == PLACED_STICKER ? Tapback.STICKER.ordinal() : (int) (type % 1000);
	}

	/** The GUID without what stands before it: {@code p:0/} or {@code bp:}. */
	static String target(String associated) {
		if (associated.startsWith("bp:")) {
			return associated.substring(3);
		}
		return associated.startsWith("p:") ? associated.substring(associated.indexOf('/') + 1) : associated;
	}

	private static int part(String associated) {
		int slash = associated.indexOf('/');
		if (!associated.startsWith("p:") || slash < 3 || slash > 8) {
			return 0;
		}
		String digits = associated.substring(2, slash);
		return digits.matches("\\d+") ? Integer.parseInt(digits) : 0;
	}

	/** The reactions to a message, without those that were taken back. */
	List<Reaction> to(String guid) throws IOException {
		List<Long> rows = byTarget.rows(guid.hashCode());
		if (rows.isEmpty()) {
			return List.of();
		}
		List<Reaction> found = new ArrayList<>();
		List<Long> some = rows.subList(0, Math.min(MOST, rows.size()));
		for (int from = 0; from < some.size(); from += 500) {
			List<Long> batch = some.subList(from, Math.min(some.size(), from + 500));
			tables.query("SELECT m.ROWID AS id, "
					+ tables.columns("message", "m", "date", "handle_id", "is_from_me", "associated_message_guid",
							"associated_message_type", "associated_message_emoji")
					+ " FROM message m WHERE m.ROWID IN (" + "?, ".repeat(batch.size() - 1)
					+ "?) ORDER BY m.date, m.ROWID",
					batch, row -> {
						if (target(row.textOrEmpty("associated_message_guid")).equals(guid)) {
							apply(row, found);
						}
						return true;
					});
		}
		return found;
	}

	private void apply(Row row, List<Reaction> found) throws IOException, SQLException {
		long type = row.integer("associated_message_type");
		boolean mine = row.flag("is_from_me");
		String sender = mine ? "" : handles.name(row.integer("handle_id"));
		int part = part(row.textOrEmpty("associated_message_guid"));
		Tapback kind = KINDS[kind(type)];
		String emoji = emoji(row);
		if (removes(type)) {
			found.removeIf(earlier -> earlier.fromMe() == mine && Objects.equals(earlier.sender(), sender)
					&& earlier.part() == part && earlier.kind() == kind
					&& (kind != Tapback.EMOJI || earlier.emoji().equals(emoji)));
			return;
		}
		List<Attachment> pictures = kind == Tapback.STICKER ? files.of(row.integer("id")) : List.of();
		Attachment sticker = pictures.isEmpty() ? null : pictures.getFirst();
		found.add(new Reaction(kind, emoji, mine, sender, row.cocoa("date"), part, sticker));
	}
}
