// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.dataset.organizer.internal;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.dataset.base.Tables;
import org.keepsake.dataset.organizer.SafariPage.Kind;

/**
 * The folders of a table {@code bookmarks}, which Safari uses for bookmarks and for tabs alike; in an order in which each
 * is followed by those within it. Schema: {@code mikewaters/safari-raindrop-tabgroups}
 * {@code SAFARI_TABS_DB_SCHEMA.md}, and databases' own.
 */
final class BookmarkTree {

	private static final int MOST = 100_000;
	private static final int DEEPEST = 64;
	private static final int FOLDER = 1;
	private static final int BAR = 1;
	private static final int READING_LIST = 3;
	private static final int WEB_FILTER = 4;
	private static final int PROFILE = 2;

	private final Map<Long, Folder> folders = new LinkedHashMap<>();

	/**
	 * A folder.
	 *
	 * @param path    the names a person sees, from the outermost, its own the last
	 * @param kind    of the bookmarks within it; null if they are none of a person's
	 * @param profile the name of the profile it belongs to; empty if it is the first
	 * @param hidden  whether it belongs to private browsing
	 */
	record Folder(List<String> path, @Nullable Kind kind, String profile, boolean hidden) {
	}

	private record Raw(long id, long parent, long special, long subtype, String title, String uuid) {
	}

	static final Folder NONE = new Folder(List.of(), Kind.BOOKMARK, "", false);

	private final Map<String, String> profiles = new HashMap<>();

	BookmarkTree(Tables tables) throws IOException {
		Map<Long, List<Raw>> children = new HashMap<>();
		Map<Long, Raw> all = new LinkedHashMap<>();
		tables.query("SELECT " + tables.columns("bookmarks", "b", "id", "parent", "special_id", "subtype", "title",
				"external_uuid", "order_index") + " FROM bookmarks b WHERE b.type = " + FOLDER
				+ (tables.has("bookmarks", "deleted") ? " AND COALESCE(b.deleted, 0) = 0" : "")
				+ " ORDER BY order_index, id LIMIT " + MOST, List.of(), row -> {
					Raw raw = new Raw(row.integer("id"), row.number("parent") == null ? -1 : row.integer("parent"),
							row.integer("special_id"), row.integer("subtype"), row.textOrEmpty("title"),
							row.textOrEmpty("external_uuid"));
					all.put(raw.id(), raw);
					children.computeIfAbsent(raw.parent(), _ -> new ArrayList<>()).add(raw);
					return true;
				});
		for (Raw raw : all.values()) {
			if (raw.parent() == raw.id() || !all.containsKey(raw.parent())) {
				walk(raw, children);
			}
		}
	}

	private void walk(Raw root, Map<Long, List<Raw>> children) {
		Deque<Raw> next = new ArrayDeque<>();
		next.push(root);
		while (!next.isEmpty()) {
			Raw raw = next.pop();
			Folder outer = folders.get(raw.parent());
			if (folders.containsKey(raw.id()) || outer != null && outer.path().size() > DEEPEST) {
				continue;
			}
			folders.put(raw.id(), folder(raw, outer == null ? NONE : outer, raw == root));
			List<Raw> inner = children.getOrDefault(raw.id(), List.of());
			for (int i = inner.size() - 1; i >= 0; i--) {
				next.push(inner.get(i));
			}
		}
	}

	private Folder folder(Raw raw, Folder outer, boolean root) {
		Kind kind = outer.kind();
		if (raw.special() == WEB_FILTER || raw.title().equals("com.apple.WebFilterWhiteList")) {
			kind = null;
		} else if (raw.special() == READING_LIST || raw.title().equals("com.apple.ReadingList")) {
			kind = Kind.READING_LIST;
		} else if (raw.special() == BAR || raw.title().equals("BookmarksBar")) {
			kind = Kind.FAVORITE;
		}
		String profile = outer.profile();
		if (raw.subtype() == PROFILE && !raw.title().isEmpty()) {
			profile = raw.title().equals("DefaultProfile") ? "" : raw.title();
			profiles.put(raw.uuid(), profile);
		}
		boolean hidden = outer.hidden() || raw.title().equalsIgnoreCase("private")
				|| raw.title().equalsIgnoreCase("privatePinned");
		List<String> path = new ArrayList<>(outer.path());
		if (!root) {
			path.add(name(raw.title()));
		}
		return new Folder(List.copyOf(path), kind, profile, hidden);
	}

	private static String name(String title) {
		return switch (title) {
			case "BookmarksBar" -> Texts.text("safari.folder.favorites");
			case "BookmarksMenu" -> Texts.text("safari.folder.menu");
			case "com.apple.ReadingList" -> Texts.text("safari.folder.reading-list");
			case "com.apple.FrequentlyVisitedSites" -> Texts.text("safari.folder.frequent");
			default -> title;
		};
	}

	/** The folder; {@link #NONE} if there is none of that number. */
	Folder folder(long id) {
		return folders.getOrDefault(id, NONE);
	}

	/** The names of the profiles by their identifiers. */
	Map<String, String> profiles() {
		return profiles;
	}

	/** The numbers of the folders in their order, as an array of JSON. */
	String order() {
		return folders.keySet().toString();
	}
}
