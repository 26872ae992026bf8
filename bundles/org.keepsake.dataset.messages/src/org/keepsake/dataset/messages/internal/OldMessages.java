// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.dataset.messages.internal;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.core.JobMonitor;
import org.keepsake.core.dataset.BackupContent;
import org.keepsake.core.dataset.DataSet.RecordVisitor;
import org.keepsake.core.dataset.Survey;
import org.keepsake.dataset.base.DateRange;
import org.keepsake.dataset.base.People;
import org.keepsake.dataset.base.Row;
import org.keepsake.dataset.base.Tables;
import org.keepsake.dataset.messages.Message;
import org.keepsake.dataset.messages.Message.Chat;
import org.keepsake.dataset.messages.Message.Kind;

/**
 * {@code sms.db} up to iOS 5: each row has its address, SMS counts from 1970, and iMessage, which iOS 5 brought, has columns
 * of its own that count from 2001. Attachments are not read.
 */
final class OldMessages {

	/** Flags of SMS, and of iMessage, that say that the owner sent it. */
	private static final int SENT = 1;
	private static final int MADRID_SENT = 4;

	private final Tables tables;
	private final People people;
	private final boolean madrid;

	OldMessages(BackupContent content, Tables tables) throws IOException {
		this.tables = tables;
		people = People.of(content);
		madrid = tables.has("message", "is_madrid");
	}

	static boolean are(Tables tables) throws IOException {
		return tables.has("message", "address") && !tables.has("message", "guid");
	}

	Survey survey() throws IOException {
		DateRange range = DateRange.unix(tables, "date",
				madrid ? "message WHERE COALESCE(is_madrid, 0) = 0" : "message");
		if (madrid) {
			range = range.with(DateRange.cocoa(tables, "date", "message WHERE is_madrid <> 0"));
		}
		return Survey.present(tables.count("SELECT count(*) FROM message"), range.first(), range.last());
	}

	void read(RecordVisitor visitor, JobMonitor monitor) throws IOException {
		String address = madrid ? "COALESCE(NULLIF(m.address, ''), m.madrid_handle)" : "m.address";
		tables.query("SELECT m.ROWID AS id, " + address + " AS who, substr(m.text, 1, 1000000) AS body, "
				+ tables.columns("message", "m", "date", "flags", "group_id", "subject", "is_madrid", "madrid_flags",
						"madrid_guid", "madrid_date_read", "madrid_date_delivered", "madrid_roomname")
				+ " FROM message m ORDER BY COALESCE(m.group_id, 0), m.ROWID", List.of(), row -> {
					monitor.throwIfCancelled();
					return visitor.visit(message(row));
				});
	}

	private Message message(Row row) throws IOException, SQLException {
		boolean imessage = row.flag("is_madrid");
		boolean mine = imessage ? (row.integer("madrid_flags") & MADRID_SENT) != 0 : (row.integer("flags") & SENT) != 0;
		String address = row.textOrEmpty("who").strip();
		String name = people.nameOr(address);
		Instant date = imessage ? row.cocoa("date") : row.unix("date");
		String guid = row.textOrEmpty("madrid_guid");
		return new Message(guid.isEmpty() ? "message-" + row.integer("id") : guid, date, Kind.MESSAGE,
				chat(row.integer("group_id"), name), imessage ? "iMessage" : "SMS", mine, mine ? "" : name,
				mine ? "" : address, row.textOrEmpty("subject"), row.textOrEmpty("body"), "",
				seen(row, "madrid_date_delivered"), seen(row, "madrid_date_read"), null, false, List.of(), null,
				List.of(),
				List.of(), null, List.of());
	}

	private static @Nullable Instant seen(Row row, String column) throws SQLException {
		return row.cocoa(column);
	}

	private Chat chat(long group, String name) throws IOException {
		List<String> others = new ArrayList<>();
		if (tables.has("group_member", "address")) {
			tables.query("SELECT address FROM group_member WHERE group_id = ? LIMIT 1000", List.of(group),
					row -> others.add(people.nameOr(row.textOrEmpty("address"))));
		}
		if (others.isEmpty() && !name.isEmpty()) {
			others.add(name);
		}
		return new Chat("group-" + group, others.isEmpty() ? Texts.text("chat.unknown") : String.join(", ", others),
				others.size() > 1, others);
	}
}
