// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.virtual.internal.content;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

import org.keepsake.virtual.internal.content.AppleContent.Scale;

/** Applications a person installed, with documents, preferences, a shared group and a database each. */
final class AppsContent {

	/** The bundle ids, which the installation proxy lists too. */
	static final List<String> BUNDLE_IDS = List.of("org.example.diary", "org.example.recipes", "org.example.scanner");

	private AppsContent() {
	}

	static void fill(Shelf shelf, Cast cast, Scale scale) throws IOException {
		for (String bundle : BUNDLE_IDS) {
			String domain = "AppDomain-" + bundle;
			shelf.directory(domain, "Documents", cast.now());
			shelf.file(domain, "Library/Preferences/" + bundle + ".plist", """
					<?xml version="1.0" encoding="UTF-8"?>
					<plist version="1.0"><dict><key>launches</key><integer>7</integer></dict></plist>
					""".getBytes(StandardCharsets.UTF_8), cast.now(), Shelf.AFTER_FIRST_UNLOCK);
			for (int i = 1; i <= scale.documents(); i++) {
				String text = ("Seite " + i + ": " + cast.sentence() + '\n').repeat(1 + cast.number(200));
				shelf.file(domain, "Documents/Übersicht %03d – 日記.txt".formatted(i),
						text.getBytes(StandardCharsets.UTF_8),
						cast.within(700), i % 4 == 0 ? Shelf.WHILE_UNLOCKED : Shelf.AFTER_FIRST_UNLOCK);
			}
			shelf.database(domain, "Library/Application Support/store.sqlite", cast.now(), db -> {
				db.run("CREATE TABLE entry (id INTEGER PRIMARY KEY, title TEXT, body TEXT)");
				for (int i = 0; i < scale.documents(); i++) {
					db.insert("entry(title, body)", "Entry " + i, cast.sentence());
				}
			});
			shelf.file("AppDomainGroup-group." + bundle, "shared.json",
					"{\"sync\":true}\n".getBytes(StandardCharsets.UTF_8),
					cast.now(), Shelf.AFTER_FIRST_UNLOCK);
		}
	}
}
