// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.dataset.messages.internal;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import org.keepsake.dataset.base.Tables;
import org.keepsake.dataset.messages.Message.Chat;

/** The conversations, by the numbers of the table {@code chat}. */
final class Chats {

	private static final int GROUP = 43;
	private static final int NAMED = 4;
	private static final int MOST_PARTICIPANTS = 1_000;
	private static final int LONGEST_NAME = 500;

	private final Tables tables;
	private final Handles handles;

	Chats(Tables tables, Handles handles) {
		this.tables = tables;
		this.handles = handles;
	}

	/** The conversation; one without a row has a name all the same. */
	Chat chat(long id) throws IOException {
		List<String> others = participants(id);
		Chat[] found = { new Chat("chat-" + id, names(others), others.size() > 1, others) };
		if (tables.has("chat")) {
			tables.query("SELECT "
					+ tables.columns("chat", "c", "guid", "chat_identifier", "display_name", "room_name", "style")
					+ " FROM chat c WHERE c.ROWID = ?", List.of(id), row -> {
						String identifier = row.textOrEmpty("chat_identifier").strip();
						String given = row.textOrEmpty("display_name").strip();
						boolean group = row.integer("style") == GROUP || others.size() > 1;
						String guid = row.textOrEmpty("guid");
						found[0] = new Chat(guid.isEmpty() ? "chat-" + id : guid,
								name(given, identifier, group, others),
								group, others);
						return false;
					});
		}
		return found[0];
	}

	/** Where messages are that belong to no conversation: one for each address. */
	Chat without(long handle) throws IOException {
		String address = handles.address(handle);
		String name = handles.name(address);
		return new Chat("address-" + address, name.isEmpty() ? Texts.text("chat.unknown") : cut(name), false,
				name.isEmpty() ? List.of() : List.of(name));
	}

	private String name(String given, String identifier, boolean group, List<String> others) {
		if (!given.isEmpty()) {
			return cut(given);
		}
		if (!group && !identifier.isEmpty()) {
			return cut(handles.name(identifier));
		}
		return others.isEmpty() && !identifier.isEmpty() ? cut(identifier) : names(others);
	}

	private static String names(List<String> others) {
		if (others.isEmpty()) {
			return Texts.text("chat.unknown");
		}
		if (others.size() <= NAMED + 1) {
			return cut(String.join(", ", others));
		}
		return cut(Texts.text("chat.others", String.join(", ", others.subList(0, NAMED)), others.size() - NAMED));
	}

	private static String cut(String name) {
		return name.length() <= LONGEST_NAME ? name : name.substring(0, name.offsetByCodePoints(0, LONGEST_NAME / 2));
	}

	private List<String> participants(long id) throws IOException {
		List<Long> numbers = new ArrayList<>();
		if (tables.has("chat_handle_join", "handle_id")) {
			tables.query("SELECT handle_id FROM chat_handle_join WHERE chat_id = ? LIMIT " + MOST_PARTICIPANTS,
					List.of(id),
					row -> numbers.add(row.integer("handle_id")));
		}
		List<String> names = new ArrayList<>();
		for (long number : numbers) {
			String name = handles.name(number);
			if (!name.isEmpty() && !names.contains(name)) {
				names.add(name);
			}
		}
		return names;
	}
}
