// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.dataset.messages.internal;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.keepsake.core.JobMonitor;
import org.keepsake.core.ProblemException;
import org.keepsake.core.dataset.BackupContent;
import org.keepsake.core.dataset.DataSet;
import org.keepsake.core.dataset.Selection;
import org.keepsake.core.dataset.Survey;
import org.keepsake.dataset.base.DateRange;
import org.keepsake.dataset.base.Tables;
import org.keepsake.dataset.messages.Message;

/** iMessage, SMS and RCS: {@code sms.db}, and the attachments in the media domain. */
public final class MessagesDataSet implements DataSet {

	private static final String DOMAIN = "HomeDomain";
	private static final String DATABASE = "Library/SMS/sms.db";

	@Override
	public String id() {
		return "messages";
	}

	@Override
	public String title() {
		return Texts.text("messages.title");
	}

	@Override
	public Class<Message> recordType() {
		return Message.class;
	}

	@Override
	public List<Source> sources() {
		return List.of(Source.database(DOMAIN, DATABASE), Source.files(Files.DOMAIN, "Library/SMS/Attachments/**"));
	}

	@Override
	public Survey survey(BackupContent content, JobMonitor monitor) throws IOException {
		Optional<Tables> database = Tables.open(content, DOMAIN, DATABASE);
		if (database.isEmpty()) {
			return Survey.absent(Texts.text("messages.icloud"));
		}
		try (Tables tables = database.get()) {
			if (OldMessages.are(tables)) {
				return new OldMessages(content, tables).survey();
			}
			return tables.has("message") ? survey(tables) : Survey.absent("");
		} catch (ProblemException e) {
			return Survey.unreadable(e.problem().cause());
		}
	}

	/** All in one pass: a million messages are half a gigabyte. */
	private static Survey survey(Tables tables) throws IOException {
		String mine = tables.has("message", "is_from_me") ? "COALESCE(CAST(r.is_from_me AS INTEGER), 0) <> 0" : "0";
		String date = tables.has("message", "date") ? "r.date" : "NULL";
		long[] counts = new long[2];
		DateRange[] range = { DateRange.NONE };
		tables.query(
				"SELECT count(*) AS number, COALESCE(sum(mine), 0) AS sent, " + extremes("abs(moment) < 2.5e11", "s")
						+ ", " + extremes("abs(moment) > 1e15 AND abs(moment) < 9e18", "n") + " FROM (SELECT " + mine
						+ " AS mine, CASE WHEN typeof(" + date + ") IN ('integer', 'real') AND " + date + " <> 0 THEN "
						+ date
						+ " END AS moment FROM message r WHERE NOT (" + Reactions.attachedOrNever(tables) + "))",
				List.of(), row -> {
					counts[0] = row.integer("number");
					counts[1] = row.integer("sent");
					for (String column : List.of("smin", "smax", "nmin", "nmax")) {
						range[0] = range[0].with(row.cocoa(column));
					}
					return false;
				});
		Map<String, Long> parts = new LinkedHashMap<>();
		parts.put(Texts.text("messages.sent"), counts[1]);
		parts.put(Texts.text("messages.received"), counts[0] - counts[1]);
		return Survey.present(counts[0], range[0].first(), range[0].last()).withParts(parts)
				.withRemarks(remarks(tables));
	}

	private static String extremes(String condition, String name) {
		String value = "(CASE WHEN " + condition + " THEN moment END)";
		return "min" + value + " AS " + name + "min, max" + value + " AS " + name + "max";
	}

	private static List<String> remarks(Tables tables) throws IOException {
		List<String> remarks = new ArrayList<>();
		if (tables.has("chat_recoverable_message_join", "message_id")) {
			long deleted = tables.count("SELECT count(DISTINCT message_id) FROM chat_recoverable_message_join WHERE"
					+ " message_id IN (SELECT ROWID FROM message)");
			if (deleted > 0) {
				remarks.add(Texts.text("messages.deleted", deleted));
			}
		}
		return remarks;
	}

	@Override
	public void read(BackupContent content, Selection selection, RecordVisitor visitor, JobMonitor monitor)
			throws IOException {
		Optional<Tables> database = Tables.open(content, DOMAIN, DATABASE);
		if (database.isEmpty()) {
			return;
		}
		try (Tables tables = database.get()) {
			if (OldMessages.are(tables)) {
				new OldMessages(content, tables).read(visitor, monitor);
			} else if (tables.has("message")) {
				new MessageReader(content, tables, selection, visitor, monitor).read();
			}
		}
	}
}
