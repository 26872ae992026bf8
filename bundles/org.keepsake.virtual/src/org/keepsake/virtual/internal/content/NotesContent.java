// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.virtual.internal.content;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.zip.GZIPOutputStream;

import org.keepsake.virtual.internal.content.AppleContent.Scale;

/** Notes: {@code NoteStore.sqlite}, whose bodies are gzipped protocol buffers. */
final class NotesContent {

	private static final int TITLE_STYLE = 0;
	private static final int CHECKLIST_STYLE = 103;
	private static final int NO_STYLE = -1;

	private NotesContent() {
	}

	static void fill(Shelf shelf, Cast cast, Scale scale) throws IOException {
		shelf.database("AppDomainGroup-group.com.apple.notes", "NoteStore.sqlite", cast.now(), db -> {
			db.coreData("ICCloudState", "ICLocation", "ICNoteData", "ICCloudSyncingObject", "ICAccount", "ICFolder",
					"ICNote");
			db.run("""
					CREATE TABLE ZICCLOUDSYNCINGOBJECT (Z_PK INTEGER PRIMARY KEY, Z_ENT INTEGER, Z_OPT INTEGER,
						ZACCOUNT7 INTEGER, ZFOLDER INTEGER, ZPARENT INTEGER, ZNOTEDATA INTEGER, ZFOLDERTYPE INTEGER,
						ZISPASSWORDPROTECTED INTEGER, ZISPINNED INTEGER, ZMARKEDFORDELETION INTEGER, ZMEDIA INTEGER,
						ZCREATIONDATE1 TIMESTAMP, ZCREATIONDATE3 TIMESTAMP, ZMODIFICATIONDATE1 TIMESTAMP, ZTITLE1 VARCHAR,
						ZTITLE2 VARCHAR, ZNAME VARCHAR, ZSNIPPET VARCHAR, ZIDENTIFIER VARCHAR, ZTYPEUTI VARCHAR,
						ZPASSWORDHINT VARCHAR);
					CREATE TABLE ZICNOTEDATA (Z_PK INTEGER PRIMARY KEY, Z_ENT INTEGER, Z_OPT INTEGER, ZNOTE INTEGER,
						ZCRYPTOINITIALIZATIONVECTOR BLOB, ZCRYPTOTAG BLOB, ZDATA BLOB)
					""");
			db.insert("ZICCLOUDSYNCINGOBJECT(Z_PK, Z_ENT, ZNAME, ZIDENTIFIER)", 1, 5, "On My iPhone", "LocalAccount");
			String folder = "ZICCLOUDSYNCINGOBJECT(Z_PK, Z_ENT, ZTITLE2, ZFOLDERTYPE, ZACCOUNT7, ZIDENTIFIER)";
			db.insert(folder, 2, 6, "Notes", 0, 1, "DefaultFolder-LocalAccount");
			db.insert(folder, 3, 6, "Recently Deleted", 1, 1, "TrashFolder-LocalAccount");
			for (int i = 0; i < scale.notes(); i++) {
				Instant made = cast.within(1500);
				int key = 10 + i;
				String title = "Note " + (i + 1) + " – " + cast.sentence();
				String item = cast.sentence();
				db.insert(
						"ZICCLOUDSYNCINGOBJECT(Z_PK, Z_ENT, ZACCOUNT7, ZFOLDER, ZNOTEDATA, ZISPASSWORDPROTECTED, ZISPINNED,"
								+ " ZMARKEDFORDELETION, ZCREATIONDATE3, ZMODIFICATIONDATE1, ZTITLE1, ZSNIPPET, ZIDENTIFIER)",
						key, 7, 1,
						i % 12 == 11 ? 3 : 2, key, 0, i % 6 == 0 ? 1 : 0, 0, Cast.cocoa(made), Cast.cocoa(made) + 60,
						title,
						item, cast.uuid());
				db.insert("ZICNOTEDATA(Z_PK, Z_ENT, Z_OPT, ZNOTE, ZDATA)", key, 3, 1, key,
						body(title, item, i % 3 == 0 ? CHECKLIST_STYLE : NO_STYLE));
			}
		});
	}

	/** Document (2) → note (3) → text (2) and attribute runs (5), compressed. */
	private static byte[] body(String title, String item, int style) throws IOException {
		String text = title + '\n' + item;
		Protobuf note = new Protobuf().bytes(2, text.getBytes(StandardCharsets.UTF_8));
		note.bytes(5, run(title.length() + 1, TITLE_STYLE));
		note.bytes(5, run(item.length(), style));
		byte[] document = new Protobuf().number(1, 0)
				.bytes(2, new Protobuf().number(1, 0).number(2, 0).bytes(3, note.toBytes()).toBytes()).toBytes();
		ByteArrayOutputStream out = new ByteArrayOutputStream();
		try (GZIPOutputStream zip = new GZIPOutputStream(out)) {
			zip.write(document);
		}
		return out.toByteArray();
	}

	private static byte[] run(int utf16Units, int style) {
		Protobuf paragraph = new Protobuf().number(1, style);
		if (style == CHECKLIST_STYLE) {
			paragraph.bytes(5, new Protobuf().bytes(1, new byte[16]).number(2, 1).toBytes());
		}
		return new Protobuf().number(1, utf16Units).bytes(2, paragraph.toBytes()).toBytes();
	}
}
