// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.dataset.messages.internal;

import java.io.IOException;
import java.sql.SQLException;

import org.keepsake.dataset.base.Row;

/**
 * What the Messages app tells between messages. Numbers as ReagentX/imessage-exporter
 * ({@code imessage-database/src/tables/messages/models/group_action.rs}) has found them.
 */
final class Announcements {

	private static final int PARTICIPANT = 1;
	private static final int NAME = 2;
	private static final int GROUP = 3;
	private static final int LOCATION = 4;
	private static final int AUDIO_KEPT = 5;
	private static final int SHAREPLAY = 6;

	private Announcements() {
	}

	/** Whether the row tells something rather than being written by somebody. */
	static boolean is(Row row) throws SQLException {
		long type = row.integer("item_type");
		return type >= PARTICIPANT && type <= SHAREPLAY || type == 0 && !row.textOrEmpty("group_title").isEmpty();
	}

	/** The sentence. @param sender who did it */
	static String text(Row row, String sender, Handles handles) throws IOException, SQLException {
		String who = sender.isBlank() ? Texts.text("chat.unknown") : sender;
		long other = row.integer("other_handle");
		String whom = handles.name(other);
		String title = row.textOrEmpty("group_title").strip();
		long action = row.integer("group_action_type");
		return switch ((int) row.integer("item_type")) {
			case PARTICIPANT -> {
				if (action == 0 && other != 0 && other == row.integer("handle_id") && !row.flag("is_from_me")) {
					yield Texts.text("announce.number", who);
				}
				yield Texts.text(action == 1 ? "announce.removed" : "announce.added", who,
						whom.isEmpty() ? Texts.text("chat.unknown") : whom);
			}
			case 0, NAME ->
				title.isEmpty() ? Texts.text("announce.unnamed", who) : Texts.text("announce.renamed", who, title);
			case GROUP -> Texts.text(switch ((int) action) {
				case 0 -> "announce.left";
				case 1 -> "announce.photo";
				case 2 -> "announce.photo-removed";
				case 4 -> "announce.background";
				case 6 -> "announce.background-removed";
				default -> "announce.other";
			}, who);
			case LOCATION ->
				Texts.text(row.flag("share_status") ? "announce.location-stopped" : "announce.location-started",
						who);
			case AUDIO_KEPT -> Texts.text("announce.audio-kept", who);
			default -> Texts.text("announce.shareplay", who);
		};
	}
}
