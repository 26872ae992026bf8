// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.dataset.messages.internal;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.dataset.base.Row;
import org.keepsake.dataset.base.Tables;
import org.keepsake.dataset.messages.Message;
import org.keepsake.dataset.messages.Message.App;
import org.keepsake.dataset.messages.Message.Chat;
import org.keepsake.dataset.messages.Message.Kind;
import org.keepsake.dataset.messages.Message.Reply;
import org.keepsake.dataset.messages.internal.Bodies.Body;
import org.keepsake.dataset.messages.internal.Bodies.Changes;

/** Makes messages of rows of the table {@code message}. */
final class MessageRows {

	private static final String EXPRESSIVE = "com.apple.MobileSMS.expressivesend.";
	private static final String SCREEN = "com.apple.messages.effect.";
	private static final int LONGEST_QUOTE = 200;
	private static final int POLL_VOTE = 4000;
	/** More than a message can say; a column that holds more is left closed. */
	private static final int MOST_BYTES = 16 << 20;

	private final Tables tables;
	private final Handles handles;
	private final Reactions reactions;
	private final Files files;
	private final Map<Long, Instant> deleted;
	private final boolean quotes;

	/** @param deleted the rows that were deleted recently, and when */
	MessageRows(Tables tables, Handles handles, Reactions reactions, Files files, Map<Long, Instant> deleted)
			throws IOException {
		this.tables = tables;
		this.handles = handles;
		this.reactions = reactions;
		this.files = files;
		this.deleted = deleted;
		quotes = tables.has("message", "guid") && indexed();
	}

	/** Quoting looks messages up by their GUID; without an index that would be a search through all, each time. */
	private boolean indexed() throws IOException {
		return tables.count("SELECT count(*) FROM pragma_index_list('message') l JOIN pragma_index_info(l.name) i"
				+ " WHERE i.seqno = 0 AND lower(i.name) = 'guid'") > 0;
	}

	/** The list of a SELECT from {@code message m}. */
	String columns() throws IOException {
		String edited = tables.firstOf("message", "date_edited", "date_retracted");
		boolean balloon = tables.has("message", "balloon_bundle_id") && tables.has("message", "payload_data");
		return "m.ROWID AS id, "
				+ tables.columns("message", "m", "guid", "subject", "handle_id", "service", "date", "date_read",
						"date_delivered", "is_from_me", "item_type", "group_title", "group_action_type", "other_handle",
						"share_status", "associated_message_guid", "associated_message_type",
						"associated_message_emoji",
						"balloon_bundle_id", "expressive_send_style_id", "thread_originator_guid",
						"thread_originator_part")
				+ ", " + bodies() + ", "
				+ (balloon ? bounded("payload_data", "m.balloon_bundle_id IS NOT NULL") : "NULL")
				+ " AS payload_data, "
				+ (edited != null && tables.has("message", "message_summary_info")
						? bounded("message_summary_info", "COALESCE(m." + edited + ", 0) <> 0")
						: "NULL")
				+ " AS message_summary_info";
	}

	private String bodies() throws IOException {
		return (tables.has("message", "text") ? "substr(m.text, 1, 1000000)" : "NULL") + " AS text, "
				+ (tables.has("message", "attributedBody") ? bounded("attributedBody", "1") : "NULL")
				+ " AS attributedBody";
	}

	private static String bounded(String column, String condition) {
		return "CASE WHEN " + condition + " AND length(m." + column + ") <= " + MOST_BYTES + " THEN m." + column
				+ " END";
	}

	/** Whether the row is given with another: a reaction to a message that is there. */
	boolean belongsToAnother(Row row) throws SQLException {
		return reactions.isAttached(row);
	}

	Message message(Row row, Chat chat) throws IOException, SQLException {
		long id = row.integer("id");
		String guid = row.textOrEmpty("guid");
		boolean mine = row.flag("is_from_me");
		String address = mine ? "" : handles.address(row.integer("handle_id"));
		String sender = mine ? "" : handles.name(address);
		Kind kind = Announcements.is(row) ? Kind.ANNOUNCEMENT
				: Reactions.is(row.integer("associated_message_type")) ? Kind.REACTION : Kind.MESSAGE;
		Body body = kind == Kind.MESSAGE ? Bodies.body(row) : told(kind, row, mine ? Texts.text("me") : sender);
		Changes changes = Bodies.changes(row.bytes("message_summary_info"));
		String service = row.textOrEmpty("service");
		return new Message(guid.isEmpty() ? "message-" + id : guid, row.cocoa("date"), kind, chat,
				service.isEmpty() ? "SMS" : service, mine, sender, address, row.textOrEmpty("subject"), body.text(),
				effect(row.textOrEmpty("expressive_send_style_id")), row.cocoa("date_delivered"),
				row.cocoa("date_read"),
				deleted.get(id), changes.unsent(), reactions.to(guid), reply(row), changes.edits(), body.mentions(),
				app(row), files.of(id));
	}

	private Body told(Kind kind, Row row, String who) throws IOException, SQLException {
		if (kind == Kind.ANNOUNCEMENT) {
			return new Body(Announcements.text(row, who, handles), List.of());
		}
		if (Reactions.removes(row.integer("associated_message_type"))) {
			return new Body(Texts.text("reaction.removed", who), List.of());
		}
		String emoji = Reactions.emoji(row);
		return new Body(Texts.text("reaction.added", who, emoji.isEmpty() ? Texts.text("reaction.sticker") : emoji),
				List.of());
	}

	private static String effect(String style) {
		if (style.isEmpty()) {
			return "";
		}
		String name = style.startsWith(EXPRESSIVE) ? style.substring(EXPRESSIVE.length())
				: style.startsWith(SCREEN) ? style.substring(SCREEN.length()) : "";
		return switch (name) {
			case "gentle", "impact", "invisibleink", "loud", "CKConfettiEffect", "CKEchoEffect", "CKFireworksEffect",
					"CKHappyBirthdayEffect", "CKHeartEffect", "CKLasersEffect", "CKShootingStarEffect",
					"CKSparklesEffect", "CKSpotlightEffect" ->
				Texts.text("effect." + name);
			default -> style.substring(style.lastIndexOf('.') + 1);
		};
	}

	private static @Nullable App app(Row row) throws SQLException {
		String balloon = row.textOrEmpty("balloon_bundle_id").strip();
		if (row.integer("associated_message_type") == POLL_VOTE) {
			return new App("com.apple.messages.Polls", Texts.text("app.vote"), "", "", "");
		}
		return balloon.isEmpty() ? null : Apps.app(balloon, row.bytes("payload_data"));
	}

	private @Nullable Reply reply(Row row) throws IOException, SQLException {
		String guid = row.textOrEmpty("thread_originator_guid");
		if (guid.isEmpty()) {
			return null;
		}
		String parts = row.textOrEmpty("thread_originator_part");
		String first = parts.substring(0, Math.max(0, parts.indexOf(':')));
		int part = first.matches("\\d{1,6}") ? Integer.parseInt(first) : 0;
		Reply[] reply = { new Reply(guid, part, "", "") };
		if (quotes) {
			tables.query("SELECT " + tables.columns("message", "m", "handle_id", "is_from_me") + ", " + bodies()
					+ " FROM message m WHERE m.guid = ?", List.of(guid), original -> {
						String text = Bodies.body(original).text().strip();
						boolean mine = original.flag("is_from_me");
						reply[0] = new Reply(guid, part, mine ? "" : handles.name(original.integer("handle_id")),
								text.length() <= LONGEST_QUOTE ? text
										: text.substring(0, text.offsetByCodePoints(0, LONGEST_QUOTE / 2)) + '…');
						return false;
					});
		}
		return reply[0];
	}
}
