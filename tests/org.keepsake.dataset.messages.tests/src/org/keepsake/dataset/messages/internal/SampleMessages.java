// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.dataset.messages.internal;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

import org.keepsake.testing.FolderContent;
import org.keepsake.testing.Plists;
import org.keepsake.testing.TypedStreams;
import org.keepsake.testing.TypedStreams.Stretch;

/** Conversations in the schemas of several generations of iOS. */
final class SampleMessages {

	static final String ANNA = "+491705551234";
	static final String BOB = "bob@example.org";
	/** A picture of one dot. */
	static final byte[] GIF = HexFormat.of()
			.parseHex("47494638396101000100800000ffffff00000021f90400000000002c00000000010001000002024401003b");
	private static final long SECONDS = 700_000_000L;
	private static final long NANOS = SECONDS * 1_000_000_000L;
	private static final long MINUTE = 60_000_000_000L;

	private SampleMessages() {
	}

	static void people(FolderContent content) throws Exception {
		content.sql("HomeDomain", "Library/AddressBook/AddressBook.sqlitedb",
				"""
						CREATE TABLE ABPerson (ROWID INTEGER PRIMARY KEY, First TEXT, Last TEXT);
						CREATE TABLE ABMultiValue (UID INTEGER PRIMARY KEY, record_id INTEGER, property INTEGER, value TEXT);
						INSERT INTO ABPerson VALUES (1, 'Anna', 'Müller'), (2, 'Bob', '<b>Smith</b>');
						INSERT INTO ABMultiValue(record_id, property, value) VALUES (1, 3, '0170 5551234'), (2, 4, 'Bob@example.org')
						""");
	}

	/** iOS 5: before there were conversations. */
	static void ios5(FolderContent content) throws Exception {
		people(content);
		content.sql(MessageDatabase.DOMAIN, MessageDatabase.PATH,
				"""
						CREATE TABLE message (ROWID INTEGER PRIMARY KEY AUTOINCREMENT, address TEXT, date INTEGER, text TEXT,
							flags INTEGER, replace INTEGER, svc_center TEXT, group_id INTEGER, association_id INTEGER, height INTEGER,
							UIFlags INTEGER, version INTEGER, subject TEXT, country TEXT, headers BLOB, recipients BLOB, read INTEGER,
							madrid_attributedBody BLOB, madrid_handle TEXT, madrid_version INTEGER, madrid_guid TEXT, madrid_type
							INTEGER, madrid_roomname TEXT, madrid_service TEXT, madrid_account TEXT, madrid_flags INTEGER,
							madrid_error INTEGER, is_madrid INTEGER, madrid_date_read INTEGER, madrid_date_delivered INTEGER);
						CREATE TABLE group_member (ROWID INTEGER PRIMARY KEY AUTOINCREMENT, group_id INTEGER, address TEXT, country TEXT);
						INSERT INTO group_member(group_id, address) VALUES (1, '+491705551234'), (2, 'bob@example.org');
						INSERT INTO message(ROWID, address, date, text, flags, group_id) VALUES
							(1, '+491705551234', 1320000000, 'An SMS', 2, 1), (2, '+491705551234', 1320000060, 'An answer', 3, 1);
						INSERT INTO message(ROWID, date, text, group_id, madrid_handle, madrid_guid, madrid_flags, is_madrid,
							madrid_date_read) VALUES (3, 341692800, 'An iMessage', 2, 'bob@example.org', 'G-3', 12289, 1, 341692900),
							(4, 341692860, 'Mine', 2, 'bob@example.org', 'G-4', 36869, 1, 0)
						""");
	}

	/** iOS 6: seconds, no reactions. */
	static void ios6(FolderContent content) throws Exception {
		people(content);
		try (MessageDatabase db = MessageDatabase.create(content, 6)) {
			long chat = db.chat(ANNA, null, ANNA);
			db.message(chat, ANNA, 380_000_000, "First", "date_read", 380_000_100);
			long picture = db.message(chat, null, 380_000_060, "\uFFFC");
			db.attach(picture, "/var/mobile/Library/SMS/Attachments/ab/11/X/IMG_0001.GIF", "image/gif");
			db.message(0, BOB, 380_000_120, "In no conversation", "service", "SMS");
		}
		content.put("MediaDomain", "Library/SMS/Attachments/ab/11/X/IMG_0001.GIF", GIF);
	}

	/** iOS 11: old rows in seconds, new ones in nanoseconds. */
	static void ios11(FolderContent content) throws Exception {
		people(content);
		try (MessageDatabase db = MessageDatabase.create(content, 11)) {
			long group = db.chat("chat4711", "Lake & Co", ANNA, BOB);
			db.message(group, ANNA, NANOS, "Later, in nanoseconds");
			db.message(group, ANNA, SECONDS - 100, "Earlier, in seconds");
			db.message(group, BOB, NANOS + MINUTE, "<script>alert('x')</script> & \"quotes\"");
			db.message(group, null, NANOS + 2 * MINUTE, null, "attributedBody",
					TypedStreams.plain("Only in attributedBody"));
			db.message(group, ANNA, NANOS + 3 * MINUTE, "Liked “Later”", "associated_message_guid",
					"p:0/" + MessageDatabase.guid(1), "associated_message_type", 2001);
			db.message(group, BOB, NANOS + 4 * MINUTE, null, "item_type", 1, "group_action_type", 0, "other_handle",
					db.handle("+14155550123"));
			db.message(group, null, NANOS + 5 * MINUTE, null, "item_type", 2, "group_title", "Lake & Co");
			db.message(group, null, NANOS + 6 * MINUTE, "Boom", "expressive_send_style_id",
					"com.apple.MobileSMS.expressivesend.impact");
		}
	}

	/** iOS 17: replies, edits, what was unsent and what was deleted. */
	static void ios17(FolderContent content) throws Exception {
		people(content);
		fill(content, 17);
	}

	/** iOS 26: reactions of any emoji besides. */
	static void ios26(FolderContent content) throws Exception {
		people(content);
		fill(content, 26);
		try (MessageDatabase db = MessageDatabase.open(content, 26)) {
			db.insert("message", "guid", "EMOJI", "handle_id", 1, "date", NANOS + 20 * MINUTE,
					"associated_message_guid",
					"p:0/" + MessageDatabase.guid(1), "associated_message_type", 2006, "associated_message_emoji",
					"🦆");
			long sticker = db.insert("message", "guid", "STICKER", "is_from_me", 1, "date", NANOS + 21 * MINUTE,
					"associated_message_guid", "bp:" + MessageDatabase.guid(1), "associated_message_type", 2007);
			db.attach(sticker, "~/Library/SMS/Attachments/st/01/S/sticker.gif", "image/gif");
		}
		content.put("MediaDomain", "Library/SMS/Attachments/st/01/S/sticker.gif", GIF);
	}

	private static void fill(FolderContent content, int ios) throws Exception {
		try (MessageDatabase db = MessageDatabase.create(content, ios)) {
			long chat = db.chat(ANNA, null, ANNA);
			long group = db.chat("chat815", null, ANNA, BOB, "+14155550123");
			db.message(chat, ANNA, NANOS, "Hello 👋", "date_read", NANOS + MINUTE);
			db.message(chat, null, NANOS + MINUTE, "Hi Anna", "date_delivered", NANOS + MINUTE, "date_read",
					NANOS + 2 * MINUTE, "thread_originator_guid", MessageDatabase.guid(1), "thread_originator_part",
					"0:0:7");
			db.message(chat, ANNA, NANOS + 2 * MINUTE, "Loved “Hi Anna”", "associated_message_guid",
					"p:0/" + MessageDatabase.guid(2), "associated_message_type", 2000);
			db.message(chat, ANNA, NANOS + 3 * MINUTE, "Laughed", "associated_message_guid",
					"p:0/" + MessageDatabase.guid(2), "associated_message_type", 2003);
			db.message(chat, ANNA, NANOS + 4 * MINUTE, "Removed", "associated_message_guid",
					"p:0/" + MessageDatabase.guid(2), "associated_message_type", 3003);
			db.message(chat, BOB, NANOS + 5 * MINUTE, "Liked something gone", "associated_message_guid",
					"p:0/FFFFFFFF-0000-4000-8000-000000000000", "associated_message_type", 2001);
			db.message(chat, null, NANOS + 6 * MINUTE, "Seven o’clock", "date_edited", NANOS + 7 * MINUTE,
					"message_summary_info", Plists.binary(Map.of("otr", Map.of("0", Map.of("lo", 0, "le", 13)), "ec",
							Map.of("0", List.of(edit(SECONDS + 360, "Six o’clock"),
									edit(SECONDS + 420, "Seven o’clock"))))));
			db.message(chat, null, NANOS + 8 * MINUTE, null, "date_edited", NANOS + 9 * MINUTE, "message_summary_info",
					Plists.binary(Map.of("otr", Map.of("0", Map.of("lo", 0, "le", 3)), "rp", List.of(0))));
			db.message(chat, ANNA, NANOS + 10 * MINUTE, "https://example.org/a", "balloon_bundle_id",
					"com.apple.messages.URLBalloonProvider", "payload_data",
					Plists.keyed(Map.of("richLinkMetadata", Map.of("title", "A <page>", "summary", "About lakes", "URL",
							URI.create("https://example.org/a")))));
			long deleted = db.message(0, ANNA, NANOS + 11 * MINUTE, "Deleted yesterday");
			db.insert("chat_recoverable_message_join", "chat_id", chat, "message_id", deleted, "delete_date",
					NANOS + 1_000 * MINUTE);
			long pictures = db.message(group, BOB, NANOS + 12 * MINUTE, "\uFFFC\uFFFCTwo pictures");
			db.attach(pictures, "~/Library/SMS/Attachments/aa/01/P/IMG_1.gif", "image/gif");
			db.attach(pictures, "~/Library/SMS/Attachments/aa/02/P/IMG_2.heic", "image/heic");
			long page = db.message(group, ANNA, NANOS + 13 * MINUTE, "Open this", "attributedBody",
					TypedStreams.attributed(List.of(new Stretch("Open ", Map.of("__kIMMessagePartAttributeName", 0)),
							new Stretch("this",
									Map.of("__kIMMessagePartAttributeName", 0, "__kIMMentionConfirmedMention",
											"bob@example.org")))));
			db.attach(page, "~/Library/SMS/Attachments/aa/03/P/page.html", "text/html");
			db.insert("chat_message_join", "chat_id", chat, "message_id", page, "message_date", NANOS + 13 * MINUTE);
			db.message(group, null, NANOS + 14 * MINUTE, null, "item_type", 3, "group_action_type", 1);
			db.message(group, BOB, NANOS + 15 * MINUTE, "Card", "balloon_bundle_id",
					"com.apple.messages.MSMessageExtensionBalloonPlugin:0000000000:com.example.game.ext",
					"payload_data",
					Plists.keyed(Map.of("an", "The Game", "userInfo", Map.of("caption", "Your turn"))));
		}
		content.put("MediaDomain", "Library/SMS/Attachments/aa/01/P/IMG_1.gif", GIF);
		content.put("MediaDomain", "Library/SMS/Attachments/aa/03/P/page.html",
				"<script>alert(1)</script>".getBytes(StandardCharsets.UTF_8));
	}

	private static Map<String, Object> edit(long seconds, String text) {
		return Map.of("d", seconds, "t", TypedStreams.plain(text));
	}
}
