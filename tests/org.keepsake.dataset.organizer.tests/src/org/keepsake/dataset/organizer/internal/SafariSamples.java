// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.dataset.organizer.internal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

import org.keepsake.testing.FolderContent;

/** What Safari keeps, in the forms of several iOS. */
final class SafariSamples {

	static final String APP = "AppDomain-com.apple.mobilesafari";
	static final String HOME = "HomeDomain";
	static final String PROFILE = "7C3F4B6E-0000-4000-8000-0123456789AB";

	private static final String HISTORY = """
			CREATE TABLE history_items (id INTEGER PRIMARY KEY AUTOINCREMENT, url TEXT NOT NULL UNIQUE, domain_expansion TEXT, visit_count INTEGER NOT NULL);
			CREATE TABLE history_visits (id INTEGER PRIMARY KEY AUTOINCREMENT, history_item INTEGER NOT NULL, visit_time REAL NOT NULL, title TEXT,
			 load_successful BOOLEAN DEFAULT 1, redirect_source INTEGER, redirect_destination INTEGER, origin INTEGER DEFAULT 0);
			""";
	private static final String BOOKMARKS = """
			CREATE TABLE bookmarks (id INTEGER PRIMARY KEY, special_id INTEGER DEFAULT 0, parent INTEGER, type INTEGER, title TEXT, url TEXT,
			 num_children INTEGER DEFAULT 0, hidden INTEGER DEFAULT 0, order_index INTEGER NOT NULL, external_uuid TEXT, deleted INTEGER DEFAULT 0,
			 extra_attributes BLOB DEFAULT NULL, local_attributes BLOB DEFAULT NULL, subtype INTEGER DEFAULT 0);
			""";

	private SafariSamples() {
	}

	private static String blob(String xml) {
		return "X'" + HexFormat.of().formatHex(("<?xml version=\"1.0\"?><plist version=\"1.0\">" + xml + "</plist>")
				.getBytes(StandardCharsets.UTF_8)) + '\'';
	}

	/** iOS 5: property lists; bookmarks without most columns. One visit, one tab, two bookmarks. */
	static void lists5(FolderContent content) throws IOException {
		content.put(HOME, "Library/Safari/History.plist", """
				<?xml version="1.0" encoding="UTF-8"?>
				<plist version="1.0"><dict><key>WebHistoryDates</key><array>
				<dict><key></key><string>http://www.example.org/</string><key>title</key><string>Example</string>
				<key>lastVisitedDate</key><string>345600000.5</string><key>visitCount</key><integer>7</integer></dict>
				</array><key>WebHistoryFileVersion</key><integer>1</integer></dict></plist>
				""");
		content.put(HOME, "Library/Safari/SuspendState.plist",
				"""
						<?xml version="1.0" encoding="UTF-8"?>
						<plist version="1.0"><dict><key>SafariStateDocuments</key><array>
						<dict><key>SafariStateDocumentTitle</key><string>Open</string><key>SafariStateDocumentURL</key><string>http://open.example.org/</string>
						<key>SafariStateDocumentLastViewedTime</key><real>345500000</real></dict></array></dict></plist>
						""");
		content.sql(HOME, "Library/Safari/Bookmarks.db",
				"""
						CREATE TABLE bookmarks (id INTEGER PRIMARY KEY, special_id INTEGER DEFAULT 0, parent INTEGER, type INTEGER, title TEXT, url TEXT,
						 num_children INTEGER DEFAULT 0, editable INTEGER DEFAULT 1, order_index INTEGER NOT NULL, external_uuid TEXT UNIQUE);
						INSERT INTO bookmarks (id, parent, type, title, order_index) VALUES (0, NULL, 1, 'Root', 0);
						INSERT INTO bookmarks (id, special_id, parent, type, title, order_index) VALUES (1, 1, 0, 1, 'BookmarksBar', 0);
						INSERT INTO bookmarks (id, parent, type, title, url, order_index, external_uuid) VALUES (3, 1, 0, 'Apple', 'http://www.apple.com/', 0, 'B3');
						INSERT INTO bookmarks (id, parent, type, title, url, order_index, external_uuid) VALUES (4, 0, 0, 'Top', 'http://top.example.org/', 1, 'B4');
						""");
	}

	/** iOS 12: databases in the home folder. Three visits, four bookmarks, two tabs, one tab elsewhere. */
	static void home12(FolderContent content) throws IOException {
		content.sql(HOME, "Library/Safari/History.db",
				HISTORY + """
						INSERT INTO history_items VALUES (1, 'https://a.example.org/', 'a', 2), (2, 'https://b.example.org/', 'b', 1);
						INSERT INTO history_visits (history_item, visit_time, title, origin) VALUES (1, 560000000.25, 'A', 0), (1, 560000100.5, 'A', 1);
						INSERT INTO history_visits (history_item, visit_time, title, origin) VALUES (2, 560000200.0, NULL, 0);
						""");
		content.sql(HOME, "Library/Safari/Bookmarks.db", BOOKMARKS
				+ """
						INSERT INTO bookmarks (id, parent, type, title, order_index) VALUES (0, NULL, 1, 'Root', 0), (2, 0, 1, 'BookmarksMenu', 1);
						INSERT INTO bookmarks (id, special_id, parent, type, title, order_index) VALUES (1, 1, 0, 1, 'BookmarksBar', 0),
						 (3, 3, 0, 1, 'com.apple.ReadingList', 2), (4, 4, 0, 1, 'com.apple.WebFilterWhiteList', 3);
						INSERT INTO bookmarks (id, parent, type, title, order_index) VALUES (5, 2, 1, 'Cooking <b>', 0), (6, 5, 1, 'Soups', 0), (7, 2, 1, 'Music', 1);
						INSERT INTO bookmarks (id, parent, type, title, url, order_index) VALUES (10, 6, 0, 'Minestrone & more', 'https://soup.example.org/?a=1&b=2', 0),
						 (11, 1, 0, 'News', 'https://news.example.org/', 0), (12, 4, 0, 'For children', 'https://kids.example.org/', 0),
						 (13, 7, 0, 'Trick', 'javascript:alert(1)', 0);
						INSERT INTO bookmarks (id, parent, type, title, url, order_index, deleted) VALUES (14, 7, 0, 'Gone', 'https://gone.example.org/', 1, 1);
						INSERT INTO bookmarks (id, parent, type, title, url, order_index, extra_attributes) VALUES (15, 3, 0, 'Long read', 'https://read.example.org/', 0, %s);
						"""
						.formatted(blob(
								"<dict><key>com.apple.ReadingList</key><dict><key>DateAdded</key><date>2018-10-01T08:00:00Z</date>"
										+ "<key>PreviewText</key><string>Once upon a time</string></dict></dict>")));
		content.sql(HOME, "Library/Safari/BrowserState.db",
				"""
						CREATE TABLE tabs (id INTEGER PRIMARY KEY, uuid TEXT, title TEXT, url TEXT, user_visible_url TEXT, order_index INTEGER,
						 last_viewed_time REAL, opened_from_link BOOL, private_browsing INTEGER);
						INSERT INTO tabs VALUES (1, 'U1', 'Tab', 'https://tab.example.org/', NULL, 1, 560000300.0, 0, 0);
						INSERT INTO tabs VALUES (2, 'U2', 'Secret', NULL, 'https://private.example.org/', 0, 1538400000.0, 0, 1);
						""");
		content.sql(HOME, "Library/Safari/CloudTabs.db",
				"""
						CREATE TABLE cloud_tabs (tab_uuid TEXT PRIMARY KEY NOT NULL, system_fields BLOB NOT NULL, device_uuid TEXT NOT NULL, position BLOB NOT NULL,
						 title TEXT, url TEXT NOT NULL, is_showing_reader BOOLEAN DEFAULT 0);
						CREATE TABLE cloud_tab_devices (device_uuid TEXT PRIMARY KEY NOT NULL, system_fields BLOB NOT NULL, device_name TEXT);
						INSERT INTO cloud_tab_devices VALUES ('D1', X'00', 'Ada''s Mac');
						INSERT INTO cloud_tabs VALUES ('C1', X'00', 'D1', X'00', 'Elsewhere', 'https://cloud.example.org/', 0);
						""");
	}

	/** iOS 17: in the app's domain, with profiles. Two visits, one of them in a profile, and three tabs. */
	static void app17(FolderContent content) throws IOException {
		content.sql(APP, "Library/Safari/History.db", HISTORY + """
				INSERT INTO history_items VALUES (1, 'https://a.example.org/', 'a', 1);
				INSERT INTO history_visits (history_item, visit_time, title) VALUES (1, 720000000.0, 'A');
				""");
		content.sql(APP, "Library/Safari/Profiles/" + PROFILE + "/History.db", HISTORY + """
				INSERT INTO history_items VALUES (1, 'https://work.example.org/', 'work', 1);
				INSERT INTO history_visits (history_item, visit_time, title) VALUES (1, 720000500.0, 'Work page');
				""");
		content.sql(APP, "Library/Safari/SafariTabs.db", BOOKMARKS
				+ """
						INSERT INTO bookmarks (id, parent, type, title, order_index, subtype, external_uuid) VALUES (0, NULL, 1, 'Root', 0, 0, 'Root'),
						 (1, 0, 1, 'Work', 0, 2, '%s'), (2, 1, 1, 'Project', 0, 0, 'G1'), (3, 0, 1, 'private', 1, 0, 'G2');
						INSERT INTO bookmarks (id, parent, type, title, url, order_index, external_uuid, local_attributes) VALUES
						 (4, 2, 0, 'Plan', 'https://plan.example.org/', 0, 'T1', %s);
						INSERT INTO bookmarks (id, parent, type, title, url, order_index, external_uuid) VALUES (5, 3, 0, 'Hush', 'https://hush.example.org/', 0, 'T2');
						"""
						.formatted(PROFILE, blob("<dict><key>LastVisitTime</key><real>720000600</real></dict>")));
		content.sql(APP, "Library/Safari/BrowserState.db",
				"""
						CREATE TABLE tabs (id INTEGER PRIMARY KEY, uuid TEXT, title TEXT, url TEXT, last_viewed_time REAL);
						INSERT INTO tabs VALUES (1, 'T1', 'Plan', 'https://plan.example.org/', 720000600.0), (2, 'T9', 'Only here', 'https://nine.example.org/', 720000700.0);
						""");
	}
}
