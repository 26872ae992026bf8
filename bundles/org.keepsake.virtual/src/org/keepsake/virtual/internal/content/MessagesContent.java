// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.virtual.internal.content;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.virtual.internal.content.AppleContent.Scale;

/** Messages: {@code sms.db} and the attachments in the media domain. */
final class MessagesContent {

	private static final String SCHEMA = """
			CREATE TABLE _SqliteDatabaseProperties (key TEXT, value TEXT, UNIQUE(key));
			CREATE TABLE handle (ROWID INTEGER PRIMARY KEY AUTOINCREMENT UNIQUE, id TEXT NOT NULL, country TEXT,
				service TEXT NOT NULL, uncanonicalized_id TEXT, person_centric_id TEXT, UNIQUE (id, service));
			CREATE TABLE chat (ROWID INTEGER PRIMARY KEY AUTOINCREMENT, guid TEXT UNIQUE NOT NULL, style INTEGER,
				state INTEGER, account_id TEXT, properties BLOB, chat_identifier TEXT, service_name TEXT, room_name TEXT,
				account_login TEXT, is_archived INTEGER DEFAULT 0, last_addressed_handle TEXT, display_name TEXT, group_id TEXT);
			CREATE TABLE message (ROWID INTEGER PRIMARY KEY AUTOINCREMENT, guid TEXT UNIQUE NOT NULL, text TEXT,
				replace INTEGER DEFAULT 0, service_center TEXT, handle_id INTEGER DEFAULT 0, subject TEXT, country TEXT,
				attributedBody BLOB, version INTEGER DEFAULT 10, type INTEGER DEFAULT 0, service TEXT, account TEXT,
				account_guid TEXT, error INTEGER DEFAULT 0, date INTEGER, date_read INTEGER, date_delivered INTEGER,
				is_delivered INTEGER DEFAULT 0, is_finished INTEGER DEFAULT 1, is_from_me INTEGER DEFAULT 0,
				is_read INTEGER DEFAULT 0, is_sent INTEGER DEFAULT 0, is_audio_message INTEGER DEFAULT 0,
				cache_has_attachments INTEGER DEFAULT 0, item_type INTEGER DEFAULT 0, other_handle INTEGER DEFAULT 0,
				group_title TEXT, group_action_type INTEGER DEFAULT 0, associated_message_guid TEXT,
				associated_message_type INTEGER DEFAULT 0, balloon_bundle_id TEXT, payload_data BLOB,
				expressive_send_style_id TEXT, message_summary_info BLOB, thread_originator_guid TEXT,
				thread_originator_part TEXT, date_retracted INTEGER DEFAULT 0, date_edited INTEGER DEFAULT 0);
			CREATE TABLE attachment (ROWID INTEGER PRIMARY KEY AUTOINCREMENT, guid TEXT UNIQUE NOT NULL,
				created_date INTEGER DEFAULT 0, start_date INTEGER DEFAULT 0, filename TEXT, uti TEXT, mime_type TEXT,
				transfer_state INTEGER DEFAULT 0, is_outgoing INTEGER DEFAULT 0, user_info BLOB, transfer_name TEXT,
				total_bytes INTEGER DEFAULT 0, is_sticker INTEGER DEFAULT 0, hide_attachment INTEGER DEFAULT 0);
			CREATE TABLE chat_message_join (chat_id INTEGER, message_id INTEGER, message_date INTEGER DEFAULT 0,
				PRIMARY KEY (chat_id, message_id));
			CREATE TABLE chat_handle_join (chat_id INTEGER, handle_id INTEGER, UNIQUE(chat_id, handle_id));
			CREATE TABLE message_attachment_join (message_id INTEGER, attachment_id INTEGER,
				UNIQUE(message_id, attachment_id));
			CREATE TABLE chat_recoverable_message_join (chat_id INTEGER, message_id INTEGER, delete_date INTEGER,
				ck_sync_state INTEGER DEFAULT 0, PRIMARY KEY (chat_id, message_id));
			CREATE INDEX message_idx_handle_id ON message(handle_id);
			CREATE INDEX chat_message_join_idx_message_id ON chat_message_join(message_id)
			""";
	private static final int GROUP_STYLE = 43;
	private static final int SINGLE_STYLE = 45;
	private static final int LOVED = 2000;

	private final Shelf shelf;
	private final Cast cast;
	private final Scale scale;

	private MessagesContent(Shelf shelf, Cast cast, Scale scale) {
		this.shelf = shelf;
		this.cast = cast;
		this.scale = scale;
	}

	static void fill(Shelf shelf, Cast cast, Scale scale) throws IOException {
		new MessagesContent(shelf, cast, scale).fill();
	}

	private void fill() throws IOException {
		shelf.database("HomeDomain", "Library/SMS/sms.db", cast.now(), db -> {
			db.run(SCHEMA);
			db.insert("_SqliteDatabaseProperties(key, value)", "_ClientVersion", "18016");
			List<Cast.Person> people = cast.people();
			for (Cast.Person person : people) {
				db.insert("handle(ROWID, id, country, service)", person.id(), person.phone(), "de", "iMessage");
				chat(db, person.id(), SINGLE_STYLE, person.phone(), null);
				db.insert("chat_handle_join(chat_id, handle_id)", person.id(), person.id());
			}
			int group = people.size() + 1;
			chat(db, group, GROUP_STYLE, "chat4711", "Family 👨‍👩‍👧");
			for (Cast.Person person : people.subList(0, Math.min(5, people.size()))) {
				db.insert("chat_handle_join(chat_id, handle_id)", group, person.id());
			}
			for (int i = 1; i <= scale.messages(); i++) {
				message(db, i, group);
			}
			for (int i = 1; i <= scale.attachments(); i++) {
				attachment(db, i);
			}
		});
	}

	private static void chat(Database db, int id, int style, String identifier, @Nullable String name)
			throws SQLException {
		db.insert("chat(ROWID, guid, style, state, chat_identifier, service_name, room_name, display_name)", id,
				"iMessage;" + (style == GROUP_STYLE ? '+' : '-') + ';' + identifier, style, 3, identifier, "iMessage",
				style == GROUP_STYLE ? identifier : null, name);
	}

	private void message(Database db, int id, int group) throws SQLException {
		Cast.Person person = cast.anyone();
		boolean mine = cast.number(2) == 0;
		long date = Cast.cocoaNanos(cast.within(1500));
		String text = cast.sentence();
		boolean bodyOnly = id % 3 == 0;
		boolean reaction = id % 40 == 0;
		String guid = "00000000-0000-4000-8000-%012X".formatted(id);
		db.insert("message(ROWID, guid, text, attributedBody, handle_id, service, date, date_read, is_from_me, is_read,"
				+ " is_sent, is_delivered, associated_message_guid, associated_message_type, date_edited)", id, guid,
				bodyOnly ? null : text, typedStream(text), mine ? 0 : person.id(), id % 9 == 0 ? "SMS" : "iMessage",
				date, date + 60_000_000_000L, mine ? 1 : 0, 1, mine ? 1 : 0, 1,
				reaction ? "p:0/00000000-0000-4000-8000-%012X".formatted(id - 1) : null, reaction ? LOVED : 0,
				id % 55 == 0 ? date + 30_000_000_000L : 0);
		int chat = id % 6 == 0 ? group : person.id();
		db.insert(id % 90 == 0 ? "chat_recoverable_message_join(chat_id, message_id, delete_date)"
				: "chat_message_join(chat_id, message_id, message_date)", chat, id, date);
	}

	private void attachment(Database db, int id) throws SQLException, IOException {
		Instant made = cast.within(1000);
		String name = "IMG_%04d.JPG".formatted(id);
		String folder = "Library/SMS/Attachments/%02x/%02d/%s".formatted(id % 256, id % 16, cast.uuid());
		byte[] picture = Jpeg.picture(1000 + id, 320, 240, made, null);
		shelf.file("MediaDomain", folder + '/' + name, picture, made, Shelf.AFTER_FIRST_UNLOCK);
		db.insert("attachment(ROWID, guid, created_date, filename, uti, mime_type, transfer_state, transfer_name,"
				+ " total_bytes)", id, "at_0_" + cast.uuid().toUpperCase(Locale.ROOT), (long) Cast.cocoa(made),
				"~/" + folder + '/' + name, "public.jpeg", "image/jpeg", 5, name, picture.length);
		int message = 1 + cast.number(scale.messages());
		db.insert("message_attachment_join(message_id, attachment_id)", message, id);
		db.run("UPDATE message SET cache_has_attachments = 1 WHERE ROWID = " + message);
	}

	/** An NSAttributedString of plain text as NSArchiver writes it. */
	static byte[] typedStream(String text) {
		byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
		ByteArrayOutputStream out = new ByteArrayOutputStream();
		out.writeBytes(new byte[] { 0x04, 0x0b });
		out.writeBytes("streamtyped".getBytes(StandardCharsets.US_ASCII));
		out.writeBytes(new byte[] { (byte) 0x81, (byte) 0xe8, 0x03, (byte) 0x84, 0x01, 0x40, (byte) 0x84, (byte) 0x84,
				(byte) 0x84, 0x12 });
		out.writeBytes("NSAttributedString".getBytes(StandardCharsets.US_ASCII));
		out.writeBytes(new byte[] { 0, (byte) 0x84, (byte) 0x84, 0x08 });
		out.writeBytes("NSObject".getBytes(StandardCharsets.US_ASCII));
		out.writeBytes(new byte[] { 0, (byte) 0x85, (byte) 0x92, (byte) 0x84, (byte) 0x84, (byte) 0x84, 0x08 });
		out.writeBytes("NSString".getBytes(StandardCharsets.US_ASCII));
		out.writeBytes(new byte[] { 0x01, (byte) 0x94, (byte) 0x84, 0x01, 0x2b });
		if (utf8.length < 0x80) {
			out.write(utf8.length);
		} else {
			out.write(0x81);
			out.write(utf8.length & 0xff);
			out.write(utf8.length >> 8);
		}
		out.writeBytes(utf8);
		out.writeBytes(new byte[] { (byte) 0x86, (byte) 0x84, 0x02, 0x69, 0x49, 0x01 });
		out.write(text.length());
		out.writeBytes(new byte[] { (byte) 0x92, (byte) 0x84, (byte) 0x84, (byte) 0x84, 0x0c });
		out.writeBytes("NSDictionary".getBytes(StandardCharsets.US_ASCII));
		out.writeBytes(new byte[] { 0, (byte) 0x94, (byte) 0x84, 0x01, 0x69, 0x00, (byte) 0x86, (byte) 0x86 });
		return out.toByteArray();
	}
}
