// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.virtual.internal.content;

import java.io.IOException;

import org.keepsake.virtual.internal.content.AppleContent.Scale;

/** Safari: history, bookmarks with the reading list, and open tabs. */
final class SafariContent {

	private SafariContent() {
	}

	static void fill(Shelf shelf, Cast cast, Scale scale) throws IOException {
		shelf.database("AppDomain-com.apple.mobilesafari", "Library/Safari/History.db", cast.now(), db -> {
			db.run("""
					CREATE TABLE history_items (id INTEGER PRIMARY KEY AUTOINCREMENT, url TEXT NOT NULL UNIQUE,
						domain_expansion TEXT, visit_count INTEGER NOT NULL);
					CREATE TABLE history_visits (id INTEGER PRIMARY KEY AUTOINCREMENT, history_item INTEGER NOT NULL,
						visit_time REAL NOT NULL, title TEXT, load_successful BOOLEAN DEFAULT 1, origin INTEGER DEFAULT 0,
						redirect_source INTEGER, redirect_destination INTEGER)
					""");
			int pages = Math.max(1, scale.visits() / 3);
			for (int i = 1; i <= pages; i++) {
				db.insert("history_items(id, url, domain_expansion, visit_count)", i,
						"https://www.example.org/article/" + i, "example", 3);
			}
			for (int i = 1; i <= scale.visits(); i++) {
				db.insert("history_visits(history_item, visit_time, title, origin)", 1 + i % pages,
						Cast.cocoa(cast.within(365)), cast.sentence(), i % 5 == 0 ? 1 : 0);
			}
		});
		shelf.database("HomeDomain", "Library/Safari/Bookmarks.db", cast.now(), db -> {
			db.run("CREATE TABLE bookmarks (id INTEGER PRIMARY KEY, special_id INTEGER DEFAULT 0, parent INTEGER,"
					+ " type INTEGER, title TEXT, url TEXT, num_children INTEGER DEFAULT 0, hidden INTEGER DEFAULT 0,"
					+ " order_index INTEGER, deleted INTEGER DEFAULT 0, extra_attributes BLOB)");
			String columns = "bookmarks(id, special_id, parent, type, title, url, order_index)";
			db.insert(columns, 0, 0, null, 1, "Root", null, 0);
			db.insert(columns, 1, 1, 0, 1, "BookmarksBar", null, 0);
			db.insert(columns, 2, 3, 0, 1, "com.apple.ReadingList", null, 1);
			for (int i = 3; i < 13; i++) {
				db.insert(columns, i, 0, i % 3 == 0 ? 2 : 1, 0, "Page " + i, "https://www.example.com/" + i, i);
			}
		});
		shelf.database("HomeDomain", "Library/Safari/BrowserState.db", cast.now(), db -> {
			db.run("CREATE TABLE tabs (id INTEGER PRIMARY KEY, uuid TEXT, title TEXT, url TEXT, user_visible_url TEXT,"
					+ " order_index INTEGER, last_viewed_time REAL, private_browsing INTEGER)");
			for (int i = 0; i < 4; i++) {
				db.insert("tabs(uuid, title, url, order_index, last_viewed_time, private_browsing)", cast.uuid(),
						"Tab " + i,
						"https://www.example.net/" + i, i, Cast.cocoa(cast.within(5)), 0);
			}
		});
	}
}
