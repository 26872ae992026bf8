// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.dataset.whatsapp.internal;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.keepsake.core.dataset.BackupContent;
import org.keepsake.core.dataset.DataSet.RecordVisitor;
import org.keepsake.dataset.base.Row;
import org.keepsake.dataset.base.Tables;
import org.keepsake.dataset.whatsapp.ChatEntry;
import org.keepsake.dataset.whatsapp.ChatEntry.Kind;
import org.keepsake.dataset.whatsapp.internal.WhatsAppDataSet.App;

/**
 * Streams {@code CallHistory.sqlite}. Columns and numbers as KnugiHK/WhatsApp-Chat-Exporter
 * ({@code Whatsapp_Chat_Exporter/ios_handler.py}) has found them.
 */
final class CallReader {

	private static final long LONGEST_SECONDS = 30 * 86_400;
	private static final int MOST_PARTICIPANTS = 1_000;

	private final App app;
	private final Tables tables;
	private final Names names;

	CallReader(BackupContent content, App app, Tables tables) throws IOException {
		this.app = app;
		this.tables = tables;
		names = Names.of(content, app);
	}

	void read(RecordVisitor visitor) throws IOException {
		boolean aggregate = tables.has("ZWAAGGREGATECALLEVENT", "Z_PK") && tables.has("ZWACDCALLEVENT", "Z1CALLEVENTS");
		String date = tables.has("ZWACDCALLEVENT", "ZDATE") ? "e.ZDATE, " : "";
		List<String> columns = new ArrayList<>();
		for (String column : new String[] { "ZVIDEO", "ZINCOMING", "ZMISSED" }) {
			columns.add((aggregate && tables.has("ZWAAGGREGATECALLEVENT", column) ? "a." + column : "NULL") + " AS "
					+ column);
		}
		tables.query("SELECT e.ROWID AS id, "
				+ tables.columns("ZWACDCALLEVENT", "e", "ZCALLIDSTRING", "ZGROUPCALLCREATORUSERJIDSTRING",
						"ZGROUPJIDSTRING", "ZDATE", "ZDURATION", "ZOUTCOME")
				+ ", " + String.join(", ", columns) + " FROM ZWACDCALLEVENT e"
				+ (aggregate ? " LEFT JOIN ZWAAGGREGATECALLEVENT a ON a.Z_PK = e.Z1CALLEVENTS" : "") + " ORDER BY "
				+ date
				+ "e.ROWID", List.of(), row -> visitor.visit(call(row)));
	}

	private ChatEntry call(Row row) throws IOException, SQLException {
		List<String> others = participants(row.integer("id"));
		String creator = row.textOrEmpty("ZGROUPCALLCREATORUSERJIDSTRING");
		boolean incoming = row.number("ZINCOMING") != null ? row.flag("ZINCOMING") : others.contains(creator);
		boolean missed = incoming && (row.flag("ZMISSED") || row.integer("ZOUTCOME") != 0);
		String first = others.isEmpty() ? creator : others.getFirst();
		String caller = incoming ? creator.isEmpty() ? first : creator : "";
		List<String> named = new ArrayList<>();
		others.forEach(other -> named.add(names.name(other, "")));
		String who = named.isEmpty() ? first.isEmpty() ? Texts.text("chat.unknown") : names.name(first, "")
				: String.join(", ", named);
		String sentence = (row.flag("ZVIDEO") ? "call.video-" : "call.voice-")
				+ (missed ? "missed" : incoming ? "in" : "out");
		double seconds = row.real("ZDURATION");
		return new ChatEntry("call-" + row.textOrEmpty("ZCALLIDSTRING") + '-' + row.integer("id")
				+ (app == WhatsAppDataSet.APPS.getFirst() ? "" : "-business"), row.cocoa("ZDATE"), Kind.CALL,
				app.name(),
				named.size() == 1 ? named.getFirst() : Texts.text("chat.calls"), others.size() == 1 ? first : "",
				others.size() > 1 || !row.textOrEmpty("ZGROUPJIDSTRING").isEmpty(), !incoming,
				caller.isEmpty() ? "" : names.name(caller, ""), caller, Texts.text(sentence, who), false, "", List.of(),
				null,
				null, seconds > 0 && seconds < LONGEST_SECONDS ? Duration.ofMillis(Math.round(seconds * 1000)) : null,
				List.of());
	}

	private List<String> participants(long call) throws IOException {
		List<String> found = new ArrayList<>();
		if (tables.has("ZWACDCALLEVENTPARTICIPANT", "Z1PARTICIPANTS")
				&& tables.has("ZWACDCALLEVENTPARTICIPANT", "ZJIDSTRING")) {
			tables.query("SELECT ZJIDSTRING FROM ZWACDCALLEVENTPARTICIPANT WHERE Z1PARTICIPANTS = ? LIMIT "
					+ MOST_PARTICIPANTS, List.of(call), row -> {
						String jid = row.textOrEmpty("ZJIDSTRING");
						if (!jid.isEmpty() && !found.contains(jid)) {
							found.add(jid);
						}
						return true;
					});
		}
		return found;
	}
}
