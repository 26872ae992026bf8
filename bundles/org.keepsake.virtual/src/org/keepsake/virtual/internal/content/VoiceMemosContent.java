// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.virtual.internal.content;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.virtual.internal.content.AppleContent.Scale;

/**
 * Voice memos: {@code CloudRecordings.db} where it lies since iOS 17, with its columns, a sound file for each recording,
 * what the app understood in some of them, and the side file of one that was trimmed.
 */
final class VoiceMemosContent {

	private static final String DOMAIN = "AppDomainGroup-group.com.apple.VoiceMemos.shared";
	private static final String FOLDER = "Recordings/";
	private static final DateTimeFormatter NAME = DateTimeFormatter.ofPattern("yyyyMMdd HHmmss")
			.withZone(ZoneOffset.UTC);
	private static final String SCHEMA = """
			CREATE TABLE ZCLOUDRECORDING (Z_PK INTEGER PRIMARY KEY, Z_ENT INTEGER, Z_OPT INTEGER, ZAUDIOFUTUREFLAGS INTEGER,
				ZFLAGS INTEGER, ZSHAREDFLAGS INTEGER, ZSILENCEREMOVERENABLED INTEGER, ZSKIPSILENCEENABLED INTEGER,
				ZSTUDIOMIXENABLED INTEGER, ZFOLDER INTEGER, ZDATE TIMESTAMP, ZDURATION FLOAT, ZEVICTIONDATE TIMESTAMP,
				ZLOCALDURATION FLOAT, ZMTLAYERMIX FLOAT, ZPLAYBACKPOSITION FLOAT, ZPLAYBACKRATE FLOAT, ZPLAYBACKSPEED FLOAT,
				ZSTUDIOMIXLEVEL FLOAT, ZCUSTOMLABEL VARCHAR, ZCUSTOMLABELFORSORTING VARCHAR, ZENCRYPTEDTITLE VARCHAR,
				ZPATH VARCHAR, ZUNIQUEID VARCHAR, ZAUDIOFUTUREUUIDS BLOB, ZAUDIODIGEST BLOB, ZAUDIOFUTURE BLOB,
				ZMTAUDIOFUTURE BLOB, ZVERSIONEDAUDIOFUTURE BLOB);
			CREATE TABLE ZFOLDER (Z_PK INTEGER PRIMARY KEY, Z_ENT INTEGER, Z_OPT INTEGER, ZCOUNTOFRECORDINGS INTEGER,
				ZRANK INTEGER, ZENCRYPTEDNAME VARCHAR, ZUUID VARCHAR)
			""";
	private static final String[] TITLES = { "Neue Aufnahme", "Lecture 4 – 鯨", "Idea for the song", "Oma erzählt",
			"Interview" };

	private VoiceMemosContent() {
	}

	static void fill(Shelf shelf, Cast cast, Scale scale) throws IOException {
		shelf.database(DOMAIN, FOLDER + "CloudRecordings.db", cast.now(), db -> {
			db.coreData("CloudRecording", "DatabaseProperty", "Folder");
			db.run(SCHEMA);
			db.insert("ZFOLDER(Z_PK, Z_ENT, Z_OPT, ZCOUNTOFRECORDINGS, ZRANK, ZENCRYPTEDNAME, ZUUID)", 1, 3, 1,
					scale.memos() / 3, 0, "Universität", cast.uuid());
			for (int i = 1; i <= scale.memos(); i++) {
				recording(shelf, cast, db, i);
			}
		});
	}

	private static void recording(Shelf shelf, Cast cast, Database db, int number) throws SQLException, IOException {
		Instant made = cast.within(600);
		int seconds = 4 + cast.number(90);
		String id = cast.uuid();
		String file = NAME.format(made) + '-' + id.substring(0, 8) + ".m4a";
		String title = number <= TITLES.length ? TITLES[number - 1] : TITLES[number % TITLES.length] + ' ' + number;
		boolean deleted = number % 5 == 3;
		shelf.file(DOMAIN, FOLDER + file, M4a.silence(seconds, made, number % 2 == 0 ? transcript(cast) : null), made,
				Shelf.AFTER_FIRST_UNLOCK);
		if (number % 4 == 1) {
			manifest(shelf, file, title, id, made);
		}
		@Nullable
		Object gone = deleted ? Cast.cocoa(cast.within(20)) : null;
		@Nullable
		Object folder = number % 3 == 2 ? 1 : null;
		db.insert(
				"ZCLOUDRECORDING(Z_PK, Z_ENT, Z_OPT, ZFLAGS, ZSHAREDFLAGS, ZFOLDER, ZDATE, ZDURATION, ZLOCALDURATION,"
						+ " ZEVICTIONDATE, ZPLAYBACKRATE, ZCUSTOMLABEL, ZCUSTOMLABELFORSORTING, ZENCRYPTEDTITLE, ZPATH,"
						+ " ZUNIQUEID, ZAUDIODIGEST)",
				number, 1, 2, 0, 0, folder, Cast.cocoa(made), seconds + 0.25, seconds + 0.25, gone, 1.0,
				made.toString(), title, title, file, id, cast.bytes(32));
	}

	/** As the app keeps it: words and the numbers of their times, in turn. */
	private static String transcript(Cast cast) {
		String first = cast.sentence();
		String second = cast.sentence();
		return """
				{"attributedString":{"attributeTable":[{"timeRange":[0,1.5]},{"timeRange":[1.5,3.25]}],\
				"runs":["%s ",0,"%s",1]},"locale":{"identifier":"de_DE","current":0}}""".formatted(first, second);
	}

	/** What the app keeps beside a recording that was edited. */
	private static void manifest(Shelf shelf, String file, String title, String id, Instant made) throws IOException {
		shelf.file(DOMAIN, FOLDER + file.replace(".m4a", ".composition/manifest.plist"), """
				<?xml version="1.0" encoding="UTF-8"?>
				<plist version="1.0"><dict><key>RCSavedRecordingTitle</key><string>%s</string>\
				<key>RCSavedRecordingUUID</key><string>%s</string></dict></plist>
				""".formatted(title, id).getBytes(StandardCharsets.UTF_8), made, Shelf.AFTER_FIRST_UNLOCK);
	}
}
