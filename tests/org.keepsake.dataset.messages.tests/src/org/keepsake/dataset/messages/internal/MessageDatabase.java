// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.dataset.messages.internal;

import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.testing.FolderContent;
import org.keepsake.testing.TypedStreams;

/** Fills an {@code sms.db} in the schemas of iOS. */
final class MessageDatabase implements AutoCloseable {

	static final String DOMAIN = "HomeDomain";
	static final String PATH = "Library/SMS/sms.db";

	private static final String BASE = """
			CREATE TABLE _SqliteDatabaseProperties (key TEXT, value TEXT, UNIQUE(key));
			CREATE TABLE handle (ROWID INTEGER PRIMARY KEY AUTOINCREMENT UNIQUE, id TEXT NOT NULL, country TEXT,
				service TEXT NOT NULL, uncanonicalized_id TEXT, UNIQUE (id, service));
			CREATE TABLE chat (ROWID INTEGER PRIMARY KEY AUTOINCREMENT, guid TEXT UNIQUE NOT NULL, style INTEGER, state INTEGER,
				account_id TEXT, properties BLOB, chat_identifier TEXT, service_name TEXT, room_name TEXT,
				account_login TEXT%1$s);
			CREATE TABLE message (ROWID INTEGER PRIMARY KEY AUTOINCREMENT, guid TEXT UNIQUE NOT NULL, text TEXT,
				replace INTEGER DEFAULT 0, service_center TEXT, handle_id INTEGER DEFAULT 0, subject TEXT, country TEXT,
				attributedBody BLOB, version INTEGER DEFAULT 0, type INTEGER DEFAULT 0, service TEXT, account TEXT,
				account_guid TEXT, error INTEGER DEFAULT 0, date INTEGER, date_read INTEGER, date_delivered INTEGER,
				is_delivered INTEGER DEFAULT 0, is_finished INTEGER DEFAULT 0, is_from_me INTEGER DEFAULT 0,
				is_read INTEGER DEFAULT 0, is_sent INTEGER DEFAULT 0, cache_has_attachments INTEGER DEFAULT 0%2$s);
			CREATE TABLE attachment (ROWID INTEGER PRIMARY KEY AUTOINCREMENT, guid TEXT UNIQUE NOT NULL,
				created_date INTEGER DEFAULT 0, start_date INTEGER DEFAULT 0, filename TEXT, uti TEXT, mime_type TEXT,
				transfer_state INTEGER DEFAULT 0, is_outgoing INTEGER DEFAULT 0%3$s);
			CREATE TABLE chat_handle_join (chat_id INTEGER, handle_id INTEGER, UNIQUE(chat_id, handle_id));
			CREATE TABLE message_attachment_join (message_id INTEGER, attachment_id INTEGER,
				UNIQUE(message_id, attachment_id));
			CREATE TABLE chat_message_join (chat_id INTEGER, message_id INTEGER%4$s, PRIMARY KEY (chat_id, message_id));
			""";
	private static final String SINCE_8 = ", item_type INTEGER DEFAULT 0, other_handle INTEGER DEFAULT -1,"
			+ " group_title TEXT, group_action_type INTEGER DEFAULT 0, share_status INTEGER, share_direction INTEGER,"
			+ " is_audio_message INTEGER DEFAULT 0";
	private static final String SINCE_10 = ", associated_message_guid TEXT, associated_message_type INTEGER DEFAULT 0,"
			+ " balloon_bundle_id TEXT, payload_data BLOB, expressive_send_style_id TEXT, message_summary_info BLOB";
	private static final String SINCE_14 = ", thread_originator_guid TEXT, thread_originator_part TEXT";
	private static final String SINCE_16 = ", date_retracted INTEGER DEFAULT 0, date_edited INTEGER DEFAULT 0,"
			+ " was_detonated INTEGER DEFAULT 0, part_count INTEGER";
	private static final String SINCE_18 = ", associated_message_emoji TEXT, is_pending_satellite_send INTEGER DEFAULT 0";
	private static final String SINCE_26 = ", filter_action INTEGER, filter_sub_action INTEGER";

	private final Connection connection;
	private final int ios;
	private final Map<String, Long> made = new LinkedHashMap<>();

	private MessageDatabase(Connection connection, int ios) {
		this.connection = connection;
		this.ios = ios;
	}

	/** Makes the tables as the major version of iOS has them. */
	static MessageDatabase create(FolderContent content, int ios) throws IOException, SQLException {
		String message = (ios >= 8 ? SINCE_8 : "") + (ios >= 10 ? SINCE_10 : "") + (ios >= 14 ? SINCE_14 : "")
				+ (ios >= 16 ? SINCE_16 : "") + (ios >= 18 ? SINCE_18 : "") + (ios >= 26 ? SINCE_26 : "");
		content.sql(DOMAIN, PATH, BASE.formatted(
				ios >= 7 ? ", is_archived INTEGER DEFAULT 0, last_addressed_handle TEXT, display_name TEXT" : "",
				message,
				ios >= 7 ? ", transfer_name TEXT, total_bytes INTEGER DEFAULT 0, is_sticker INTEGER DEFAULT 0, hide_attachment"
						+ " INTEGER DEFAULT 0" : "",
				ios >= 11 ? ", message_date INTEGER DEFAULT 0" : ""));
		if (ios >= 16) {
			content.sql(DOMAIN, PATH,
					"""
							CREATE TABLE chat_recoverable_message_join (chat_id INTEGER, message_id INTEGER, delete_date INTEGER,
								ck_sync_state INTEGER DEFAULT 0, PRIMARY KEY (chat_id, message_id), CHECK (delete_date != 0));
							""");
		}
		return open(content, ios);
	}

	static MessageDatabase open(FolderContent content, int ios) throws IOException, SQLException {
		return new MessageDatabase(content.writable(DOMAIN, PATH), ios);
	}

	/** Inserts a row. @param values names and values in turns */
	long insert(String table, @Nullable Object... values) throws SQLException {
		StringBuilder names = new StringBuilder();
		for (int i = 0; i < values.length; i += 2) {
			names.append(i == 0 ? "" : ", ").append(values[i]);
		}
		try (PreparedStatement statement = connection
				.prepareStatement("INSERT INTO " + table + '(' + names + ") VALUES ("
						+ "?, ".repeat(values.length / 2 - 1) + "?)")) {
			for (int i = 1; i < values.length; i += 2) {
				statement.setObject(i / 2 + 1, values[i]);
			}
			statement.executeUpdate();
		}
		return connection.createStatement().executeQuery("SELECT last_insert_rowid()").getLong(1);
	}

	long handle(String address) throws SQLException {
		Long known = made.get(address);
		if (known == null) {
			known = insert("handle", "id", address, "service", "iMessage");
			made.put(address, known);
		}
		return known;
	}

	long chat(String identifier, @Nullable String name, String... others) throws SQLException {
		boolean group = others.length > 1;
		boolean named = name != null;
		long chat = named
				? insert("chat", "guid", "iMessage;" + (group ? '+' : '-') + ';' + identifier, "style", group ? 43 : 45,
						"chat_identifier", identifier, "display_name", name)
				: insert("chat", "guid", "iMessage;" + (group ? '+' : '-') + ';' + identifier, "style", group ? 43 : 45,
						"chat_identifier", identifier);
		for (String other : others) {
			insert("chat_handle_join", "chat_id", chat, "handle_id", handle(other));
		}
		return chat;
	}

	/** Inserts a message into the conversation. @param more names and values in turns */
	long message(long chat, @Nullable String from, long date, @Nullable String text, @Nullable Object... more)
			throws SQLException {
		Map<String, @Nullable Object> values = new LinkedHashMap<>();
		values.put("guid", guid(made.merge("messages", 1L, Long::sum)));
		values.put("handle_id", from == null ? 0 : handle(from));
		values.put("is_from_me", from == null ? 1 : 0);
		values.put("date", date);
		values.put("text", text);
		values.put("attributedBody", text == null ? null : TypedStreams.plain(text));
		values.put("service", "iMessage");
		for (int i = 0; i < more.length; i += 2) {
			values.put(String.valueOf(more[i]), more[i + 1]);
		}
		List<@Nullable Object> row = new ArrayList<>();
		values.forEach((name, value) -> {
			row.add(name);
			row.add(value);
		});
		long id = insert("message", row.toArray());
		if (chat > 0) {
			insert("chat_message_join", "chat_id", chat, "message_id", id);
			if (ios >= 17) {
				run("UPDATE chat_message_join SET message_date = " + date + " WHERE message_id = " + id);
			}
		}
		return id;
	}

	/** The GUID of the message that was inserted as the first, second, … */
	static String guid(long number) {
		return "00000000-0000-4000-8000-%012X".formatted(number);
	}

	void attach(long message, String filename, String mime) throws SQLException {
		long attachment = insert("attachment", "guid", "at_0_" + filename, "filename", filename, "mime_type", mime);
		insert("message_attachment_join", "message_id", message, "attachment_id", attachment);
	}

	void run(String sql) throws SQLException {
		connection.createStatement().executeUpdate(sql);
	}

	@Override
	public void close() throws SQLException {
		connection.close();
	}
}
