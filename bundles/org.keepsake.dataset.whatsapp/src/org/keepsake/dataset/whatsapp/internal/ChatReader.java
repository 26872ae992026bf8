// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.dataset.whatsapp.internal;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.core.dataset.BackupContent;
import org.keepsake.core.dataset.DataRecord.Attachment;
import org.keepsake.core.dataset.DataSet.RecordVisitor;
import org.keepsake.dataset.base.ProtobufReader;
import org.keepsake.dataset.base.Row;
import org.keepsake.dataset.base.Tables;
import org.keepsake.dataset.whatsapp.ChatEntry;
import org.keepsake.dataset.whatsapp.ChatEntry.Kind;
import org.keepsake.dataset.whatsapp.ChatEntry.Reaction;
import org.keepsake.dataset.whatsapp.internal.WhatsAppDataSet.App;

/**
 * Streams {@code ChatStorage.sqlite}, chat by chat. Columns and numbers as KnugiHK/WhatsApp-Chat-Exporter
 * ({@code Whatsapp_Chat_Exporter/ios_handler.py}) and abrignoni/iLEAPP ({@code scripts/artifacts/whatsApp.py},
 * {@code whatsAppExtended.py}) have found them.
 */
final class ChatReader {

	private static final Kind[] KINDS = { Kind.TEXT, Kind.IMAGE, Kind.VIDEO, Kind.AUDIO, Kind.CONTACT, Kind.LOCATION,
			Kind.EVENT, Kind.LINK, Kind.DOCUMENT, Kind.OTHER, Kind.EVENT, Kind.GIF, Kind.OTHER, Kind.OTHER,
			Kind.DELETED,
			Kind.STICKER };
	private static final int GROUP = 1;
	private static final int QUOTED = 5;
	private static final int REACTIONS = 7;
	private static final int MOST_REACTIONS = 10_000;
	private static final int MOST_BYTES = 4 << 20;
	private static final long LONGEST_SECONDS = 30 * 86_400;

	private final BackupContent content;
	private final App app;
	private final Tables tables;
	private final Names names;
	private long session = Long.MIN_VALUE;
	private Chat chat = new Chat("", "", false);

	private record Chat(String name, String id, boolean group) {
	}

	ChatReader(BackupContent content, App app, Tables tables) throws IOException {
		this.content = content;
		this.app = app;
		this.tables = tables;
		names = Names.of(content, app);
	}

	void read(RecordVisitor visitor) throws IOException {
		String chats = tables.has("ZWAMESSAGE", "ZCHATSESSION") ? "x.ZCHATSESSION, " : "";
		String date = tables.has("ZWAMESSAGE", "ZMESSAGEDATE") ? "x.ZMESSAGEDATE, " : "";
		tables.query("SELECT m.ROWID AS id, "
				+ tables.columns("ZWAMESSAGE", "m", "ZCHATSESSION", "ZISFROMME", "ZFROMJID", "ZPUSHNAME",
						"ZMESSAGETYPE",
						"ZMESSAGEDATE", "ZSTANZAID", "ZSTARRED")
				+ ", " + (tables.has("ZWAMESSAGE", "ZTEXT") ? "substr(m.ZTEXT, 1, 1000000)" : "NULL") + " AS body, "
				+ joined("ZWAMEDIAITEM", "ZMEDIAITEM", "i", "ZMEDIALOCALPATH", "ZVCARDSTRING", "ZVCARDNAME", "ZTITLE",
						"ZMOVIEDURATION", "ZLATITUDE", "ZLONGITUDE", "ZMETADATA")
				+ ", " + joined("ZWAGROUPMEMBER", "ZGROUPMEMBER", "g", "ZMEMBERJID", "ZCONTACTNAME") + ", "
				+ joined("ZWAMESSAGEINFO", "ZMESSAGEINFO", "f", "ZRECEIPTINFO")
				+ " FROM (SELECT x.ROWID AS mid FROM ZWAMESSAGE x ORDER BY " + chats + date
				+ "x.ROWID LIMIT -1) s CROSS JOIN ZWAMESSAGE m ON m.ROWID = s.mid"
				+ join("ZWAMEDIAITEM", "ZMEDIAITEM", "i") + join("ZWAGROUPMEMBER", "ZGROUPMEMBER", "g")
				+ join("ZWAMESSAGEINFO", "ZMESSAGEINFO", "f"), List.of(), row -> visitor.visit(entry(row)));
	}

	private boolean joins(String table, String reference) throws IOException {
		return tables.has(table, "Z_PK") && tables.has("ZWAMESSAGE", reference);
	}

	private String join(String table, String reference, String alias) throws IOException {
		return joins(table, reference)
				? " LEFT JOIN " + table + ' ' + alias + " ON " + alias + ".Z_PK = m." + reference
				: "";
	}

	/** Columns of a table that may not be there; none holds more than is sensible. */
	private String joined(String table, String reference, String alias, String... columns) throws IOException {
		List<String> list = new ArrayList<>();
		for (String column : columns) {
			String value = alias + '.' + column;
			list.add((joins(table, reference) && tables.has(table, column)
					? "CASE WHEN length(" + value + ") <= " + MOST_BYTES + " THEN " + value + " END"
					: "NULL") + " AS " + column);
		}
		return String.join(", ", list);
	}

	private ChatEntry entry(Row row) throws IOException, SQLException {
		Chat own = chat(row.integer("ZCHATSESSION"));
		boolean mine = row.flag("ZISFROMME");
		String senderId = mine ? "" : sender(row, own);
		String sender = mine ? "" : senderId.isEmpty() ? own.name
				: names.name(senderId, first(row.textOrEmpty("ZCONTACTNAME"), readable(row.textOrEmpty("ZPUSHNAME"))));
		int type = Math.clamp(row.integer("ZMESSAGETYPE"), -1, KINDS.length);
		Kind kind = type >= 0 && type < KINDS.length ? KINDS[type] : Kind.OTHER;
		boolean place = kind == Kind.LOCATION && row.number("ZLATITUDE") != null;
		double seconds = row.real("ZMOVIEDURATION");
		boolean plays = (kind == Kind.AUDIO || kind == Kind.VIDEO) && seconds > 0 && seconds < LONGEST_SECONDS;
		return new ChatEntry(
				row.textOrEmpty("ZSTANZAID") + '-' + row.integer("id") + (app == WhatsAppDataSet.APPS.getFirst()
						? ""
						: "-business"),
				row.cocoa("ZMESSAGEDATE"), kind, app.name(), own.name, own.id, own.group, mine, sender,
				senderId, text(kind, row), row.flag("ZSTARRED"), quoted(row.bytes("ZMETADATA")),
				reactions(row.bytes("ZRECEIPTINFO")), place ? row.real("ZLATITUDE") : null,
				place ? row.real("ZLONGITUDE") : null, plays ? Duration.ofMillis(Math.round(seconds * 1000)) : null,
				media(row));
	}

	private Chat chat(long id) throws IOException {
		if (id != session) {
			session = id;
			chat = new Chat(Texts.text("chat.unknown"), "", false);
			if (tables.has("ZWACHATSESSION", "Z_PK")) {
				tables.query("SELECT "
						+ tables.columns("ZWACHATSESSION", "c", "ZCONTACTJID", "ZPARTNERNAME", "ZSESSIONTYPE",
								"ZGROUPINFO")
						+ " FROM ZWACHATSESSION c WHERE c.Z_PK = ?", List.of(id), row -> {
							String jid = row.textOrEmpty("ZCONTACTJID");
							boolean group = row.integer("ZSESSIONTYPE") == GROUP || jid.endsWith("@g.us");
							String partner = row.textOrEmpty("ZPARTNERNAME").strip();
							String name = group ? partner : names.name(jid, partner);
							chat = new Chat(name.isBlank() ? Texts.text("chat.unknown") : name, jid, group);
							return false;
						});
			}
		}
		return chat;
	}

	private static String sender(Row row, Chat own) throws SQLException {
		String member = row.textOrEmpty("ZMEMBERJID");
		if (!member.isEmpty()) {
			return member;
		}
		String from = row.textOrEmpty("ZFROMJID");
		return own.group && from.equals(own.id) ? "" : from;
	}

	/** Newer versions keep bytes of their own in the column of the name. */
	private static String readable(String name) {
		return name.codePoints().anyMatch(Character::isISOControl) || name.matches("[A-Za-z0-9+/]{16,}=*") ? "" : name;
	}

	private static String first(String one, String other) {
		return one.isBlank() ? other.strip() : one.strip();
	}

	private static String text(Kind kind, Row row) throws SQLException {
		String text = row.textOrEmpty("body");
		return switch (kind) {
			case EVENT -> text.isBlank() || text.matches("[\\d@.a-z,;:-]+") ? Texts.text("event.other")
					: Texts.text("event.renamed", text.strip());
			case CONTACT -> first(text, row.textOrEmpty("ZVCARDNAME").replace("_$!<Name-Separator>!$_", ", "));
			case DELETED -> "";
			default -> first(text, row.textOrEmpty("ZTITLE"));
		};
	}

	private static String quoted(byte @Nullable [] metadata) {
		String id = metadata == null ? null : new ProtobufReader(metadata).text(QUOTED);
		return id == null || !id.matches("[\\w.-]{8,64}") ? "" : id;
	}

	/** Of others with their identifier (1), of the owner without (2). */
	private List<Reaction> reactions(byte @Nullable [] info) {
		if (info == null) {
			return List.of();
		}
		List<Reaction> found = new ArrayList<>();
		for (ProtobufReader all : new ProtobufReader(info).messages(REACTIONS)) {
			for (ProtobufReader one : all.messages(1)) {
				add(found, one.text(3), one.text(2), one.number(4));
			}
			for (ProtobufReader one : all.messages(2)) {
				add(found, one.text(2), null, one.number(3));
			}
		}
		return found;
	}

	private void add(List<Reaction> found, @Nullable String emoji, @Nullable String who, long millis) {
		if (emoji != null && !emoji.isBlank() && emoji.length() <= 64 && found.size() < MOST_REACTIONS) {
			boolean dated = millis > 0 && millis < 253_402_300_799_000L;
			found.add(new Reaction(emoji, who == null ? "" : names.name(who, ""),
					dated ? Instant.ofEpochMilli(millis) : null));
		}
	}

	private List<Attachment> media(Row row) throws IOException, SQLException {
		String local = row.textOrEmpty("ZMEDIALOCALPATH").strip();
		if (local.isEmpty()) {
			return List.of();
		}
		String relative = local.startsWith("/") ? local.substring(1) : local;
		String path = relative.startsWith("Message/") ? relative : "Message/" + relative;
		String type = row.textOrEmpty("ZVCARDSTRING");
		return List.of(new Attachment(path.substring(path.lastIndexOf('/') + 1),
				type.matches("[a-zA-Z0-9.+-]{1,60}/[a-zA-Z0-9.+-]{1,100}(;.*)?") ? type : "", app.domain(), path,
				content.find(app.domain(), path).isPresent()));
	}
}
