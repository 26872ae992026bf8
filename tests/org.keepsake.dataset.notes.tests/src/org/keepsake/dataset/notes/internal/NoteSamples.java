// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.dataset.notes.internal;

import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.testing.FolderContent;

/** Databases of notes in the schemas of several generations, written by hand after the published descriptions. */
final class NoteSamples {

	static final String DOMAIN = "AppDomainGroup-group.com.apple.notes";
	static final String DATABASE = "NoteStore.sqlite";
	static final long CREATED = 700_000_000;
	/** How many notes {@link #fill} makes. */
	static final int COUNT = 5;

	/**
	 * What differs from version to version.
	 *
	 * @param account     the column in which notes name their account
	 * @param created     the column of the date
	 * @param mergeable   the column of tables
	 * @param joined      whether a table of its own says which note is in which folder
	 * @param generations whether files lie in folders of generations
	 */
	record Schema(String account, String created, String mergeable, boolean joined, boolean generations) {
	}

	static final Schema IOS11 = new Schema("ZACCOUNT2", "ZCREATIONDATE1", "ZMERGEABLEDATA", true, false);
	static final Schema IOS13 = new Schema("ZACCOUNT3", "ZCREATIONDATE1", "ZMERGEABLEDATA1", false, false);
	static final Schema IOS15 = new Schema("ZACCOUNT4", "ZCREATIONDATE3", "ZMERGEABLEDATA1", false, false);
	static final Schema IOS26 = new Schema("ZACCOUNT7", "ZCREATIONDATE3", "ZMERGEABLEDATA1", false, true);

	private NoteSamples() {
	}

	static void fill(FolderContent content, Schema schema) throws IOException, SQLException {
		content.sql(DOMAIN, DATABASE,
				"""
						CREATE TABLE ZICCLOUDSYNCINGOBJECT (Z_PK INTEGER PRIMARY KEY, Z_ENT INTEGER, ZACCOUNT2 INTEGER,
							ZACCOUNT3 INTEGER, ZACCOUNT4 INTEGER, ZACCOUNT7 INTEGER, ZFOLDER INTEGER, ZPARENT INTEGER,
							ZFOLDERTYPE INTEGER, ZISPASSWORDPROTECTED INTEGER, ZISPINNED INTEGER, ZMARKEDFORDELETION INTEGER,
							ZMEDIA INTEGER, ZATTACHMENT1 INTEGER, ZCREATIONDATE1 TIMESTAMP, ZCREATIONDATE3 TIMESTAMP,
							ZMODIFICATIONDATE1 TIMESTAMP, ZTITLE VARCHAR, ZTITLE1 VARCHAR, ZTITLE2 VARCHAR, ZNAME VARCHAR,
							ZIDENTIFIER VARCHAR, ZTYPEUTI VARCHAR, ZTYPEUTI1 VARCHAR, ZPASSWORDHINT VARCHAR, ZFILENAME VARCHAR,
							ZURLSTRING VARCHAR, ZALTTEXT VARCHAR, ZOCRSUMMARY VARCHAR, ZGENERATION1 VARCHAR,
							ZFALLBACKIMAGEGENERATION VARCHAR, %s BLOB);
						CREATE TABLE ZICNOTEDATA (Z_PK INTEGER PRIMARY KEY, ZNOTE INTEGER, ZDATA BLOB);
						CREATE TABLE Z_11NOTES (Z_8NOTES INTEGER, Z_11FOLDERS INTEGER);
						INSERT INTO ZICCLOUDSYNCINGOBJECT (Z_PK, ZNAME, ZIDENTIFIER) VALUES (1, 'iCloud', 'ACCOUNT-1');
						INSERT INTO ZICCLOUDSYNCINGOBJECT (Z_PK, ZNAME, ZIDENTIFIER) VALUES (2, 'Auf meinem iPhone', 'LocalAccount');
						INSERT INTO ZICCLOUDSYNCINGOBJECT (Z_PK, ZTITLE2, ZIDENTIFIER) VALUES (3, 'Reisen', 'F3');
						INSERT INTO ZICCLOUDSYNCINGOBJECT (Z_PK, ZTITLE2, ZPARENT, ZIDENTIFIER) VALUES (4, 'Italien', 3, 'F4');
						INSERT INTO ZICCLOUDSYNCINGOBJECT (Z_PK, ZTITLE2, ZFOLDERTYPE, ZIDENTIFIER)
							VALUES (5, 'Zuletzt gelöscht', 1, 'TrashFolder-LocalAccount')
						"""
						.formatted(schema.mergeable));
		note(content, schema, 10, "Rom & <b>mehr</b>", 1, 4, "ZISPINNED = 1", rich());
		note(content, schema, 11, "Geheim", 1, 3, "ZISPASSWORDPROTECTED = 1, ZPASSWORDHINT = 'Katze'",
				new byte[] { 1, 2, 3 });
		note(content, schema, 12, "Weg", 2, 5, "ZISPINNED = 0", Proto.body(new Proto.Text().run("Weg").toProto()));
		note(content, schema, 13, "Bald weg", 2, 3, "ZMARKEDFORDELETION = 1",
				Proto.body(new Proto.Text().run("Bald weg").toProto()));
		note(content, schema, 14, "Nur in iCloud", 1, 3, "ZISPINNED = 0", null);
		attachments(content, schema);
	}

	private static byte[] rich() {
		Proto check = new Proto().number(1, 103).message(5, new Proto().bytes(1, new byte[16]).number(2, 1));
		return Proto.body(new Proto.Text().styled("Rom & <b>mehr</b>\n", 0)
				.run("Pantheon", new Proto().number(5, 1)).run(" um 9 ")
				.run("Karte", new Proto().text(9, "https://example.org/?a=1&b=2"))
				.run("böse", new Proto().text(9, "javascript:alert(1)")).run("\n")
				.run("Eis\n", new Proto().message(2, check)).attachment("TABLE", "com.apple.notes.table").run("\n")
				.attachment("PHOTO", "public.jpeg").attachment("GONE", "public.pdf")
				.attachment("DRAWING", "com.apple.drawing.2").attachment("URL", "public.url")
				.attachment("TAG", "com.apple.notes.inlinetextattachment.hashtag")
				.attachment("SCAN", "com.apple.notes.gallery").attachment("PHOTO", "public.jpeg").toProto());
	}

	private static void note(FolderContent content, Schema schema, int number, String title, int account, int folder,
			String more, byte @Nullable [] data) throws IOException, SQLException {
		content.sql(DOMAIN, DATABASE, """
				INSERT INTO ZICCLOUDSYNCINGOBJECT (Z_PK, ZTITLE1, ZIDENTIFIER, %1$s, %2$s, ZMODIFICATIONDATE1)
					VALUES (%3$d, '%4$s', 'NOTE-%3$d', %5$d, %6$d, %7$d);
				UPDATE ZICCLOUDSYNCINGOBJECT SET %8$s WHERE Z_PK = %3$d
				""".formatted(schema.account, schema.created, number, title, account, CREATED + number,
				CREATED + 1000 + number, more));
		content.sql(DOMAIN, DATABASE, schema.joined
				? "INSERT INTO Z_11NOTES VALUES (" + number + ", " + folder + ')'
				: "UPDATE ZICCLOUDSYNCINGOBJECT SET ZFOLDER = " + folder + " WHERE Z_PK = " + number);
		content.sql(DOMAIN, DATABASE, "INSERT INTO ZICNOTEDATA (ZNOTE) VALUES (" + number + ')');
		blob(content, "UPDATE ZICNOTEDATA SET ZDATA = ? WHERE ZNOTE = " + number, data);
	}

	private static void blob(FolderContent content, String sql, byte @Nullable [] data)
			throws IOException, SQLException {
		try (Connection connection = content.writable(DOMAIN, DATABASE);
				PreparedStatement statement = connection.prepareStatement(sql)) {
			statement.setBytes(1, data);
			statement.executeUpdate();
		}
	}

	private static void attachments(FolderContent content, Schema schema) throws IOException, SQLException {
		content.sql(DOMAIN, DATABASE,
				"""
						INSERT INTO ZICCLOUDSYNCINGOBJECT (Z_PK, ZIDENTIFIER, ZTYPEUTI) VALUES (20, 'TABLE', 'com.apple.notes.table');
						INSERT INTO ZICCLOUDSYNCINGOBJECT (Z_PK, ZIDENTIFIER, ZTYPEUTI, ZMEDIA, ZOCRSUMMARY)
							VALUES (21, 'PHOTO', 'public.jpeg', 31, 'Piazza');
						INSERT INTO ZICCLOUDSYNCINGOBJECT (Z_PK, ZIDENTIFIER, ZTYPEUTI) VALUES (22, 'GONE', 'com.adobe.pdf');
						INSERT INTO ZICCLOUDSYNCINGOBJECT (Z_PK, ZIDENTIFIER, ZTYPEUTI, ZFALLBACKIMAGEGENERATION)
							VALUES (23, 'DRAWING', 'com.apple.drawing.2', 'G2');
						INSERT INTO ZICCLOUDSYNCINGOBJECT (Z_PK, ZIDENTIFIER, ZTYPEUTI, ZURLSTRING, ZTITLE)
							VALUES (24, 'URL', 'public.url', 'https://example.org/rom', 'Rom im Netz');
						INSERT INTO ZICCLOUDSYNCINGOBJECT (Z_PK, ZIDENTIFIER, ZTYPEUTI1, ZALTTEXT)
							VALUES (25, 'TAG', 'com.apple.notes.inlinetextattachment.hashtag', '#urlaub');
						INSERT INTO ZICCLOUDSYNCINGOBJECT (Z_PK, ZIDENTIFIER, ZTYPEUTI) VALUES (26, 'SCAN', 'com.apple.notes.gallery');
						INSERT INTO ZICCLOUDSYNCINGOBJECT (Z_PK, ZIDENTIFIER, ZTYPEUTI, ZMEDIA) VALUES (27, 'PAGE-1', 'public.jpeg', 33);
						INSERT INTO ZICCLOUDSYNCINGOBJECT (Z_PK, ZIDENTIFIER, ZTYPEUTI, ZMEDIA) VALUES (28, 'PAGE-2', 'public.jpeg', 34);
						INSERT INTO ZICCLOUDSYNCINGOBJECT (Z_PK, ZIDENTIFIER, ZFILENAME, ZGENERATION1)
							VALUES (31, 'MEDIA-1', 'Foto (1) "x".jpg', 'G1');
						INSERT INTO ZICCLOUDSYNCINGOBJECT (Z_PK, ZIDENTIFIER, ZFILENAME, ZATTACHMENT1)
							VALUES (32, 'MEDIA-2', 'weg.pdf', 22);
						INSERT INTO ZICCLOUDSYNCINGOBJECT (Z_PK, ZIDENTIFIER, ZFILENAME) VALUES (33, 'MEDIA-3', 'Scan.jpg');
						INSERT INTO ZICCLOUDSYNCINGOBJECT (Z_PK, ZIDENTIFIER, ZFILENAME) VALUES (34, 'MEDIA-4', 'Scan.jpg')
						""");
		blob(content, "UPDATE ZICCLOUDSYNCINGOBJECT SET " + schema.mergeable + " = ? WHERE Z_PK = 20",
				Proto.gzip(Proto.table(false, new String[] { "Tag", "Ziel" }, new String[] { "Mo|Di", "Forum" })));
		blob(content, "UPDATE ZICCLOUDSYNCINGOBJECT SET " + schema.mergeable + " = ? WHERE Z_PK = 26",
				Proto.gzip(gallery()));
		String generation = schema.generations ? "G1/" : "";
		content.put(DOMAIN, "Accounts/ACCOUNT-1/Media/MEDIA-1/" + generation + "Foto (1) \"x\".jpg", "photo");
		content.put(DOMAIN, schema.generations ? "Accounts/ACCOUNT-1/FallbackImages/DRAWING/G2/FallbackImage.png"
				: "Accounts/ACCOUNT-1/FallbackImages/DRAWING.jpg", "drawing");
		content.put(DOMAIN, "Accounts/ACCOUNT-1/Media/MEDIA-3/Scan.jpg", "page 1");
		content.put(DOMAIN, "Accounts/ACCOUNT-1/Media/MEDIA-4/Scan.jpg", "page 2");
	}

	/** The second page stands first in the list, but says that its place is behind the other. */
	private static byte[] gallery() {
		Proto data = new Proto();
		for (int page = 2; page >= 1; page--) {
			data.message(3, new Proto().message(13,
					new Proto().message(3, new Proto().message(2, new Proto().text(4, "PAGE-" + page)))));
			data.message(3, new Proto().message(9, new Proto().message(1, new Proto().number(2, page))));
		}
		return new Proto().message(2, new Proto().message(3, data)).toBytes();
	}

	/** As iOS 8 has it: two notes, of which one is deleted. */
	static void fillOld(FolderContent content) throws IOException {
		content.sql("HomeDomain", "Library/Notes/notes.sqlite",
				"""
						CREATE TABLE ZACCOUNT (Z_PK INTEGER PRIMARY KEY, ZNAME VARCHAR);
						CREATE TABLE ZSTORE (Z_PK INTEGER PRIMARY KEY, ZACCOUNT INTEGER, ZNAME VARCHAR);
						CREATE TABLE ZNOTE (Z_PK INTEGER PRIMARY KEY, ZSTORE INTEGER, ZBODY INTEGER, ZDELETEDFLAG INTEGER,
							ZCREATIONDATE TIMESTAMP, ZMODIFICATIONDATE TIMESTAMP, ZTITLE VARCHAR, ZSUMMARY VARCHAR, ZGUID VARCHAR);
						CREATE TABLE ZNOTEBODY (Z_PK INTEGER PRIMARY KEY, ZOWNER INTEGER, ZCONTENT VARCHAR);
						INSERT INTO ZACCOUNT VALUES (1, 'LOCAL_NOTES_ACCOUNT');
						INSERT INTO ZSTORE VALUES (1, 1, 'LOCAL_NOTES_STORE');
						INSERT INTO ZNOTEBODY VALUES (1, 1, 'Einkauf<script>alert(1)</script><div>Milch &amp; <b>Brot</b></div>');
						INSERT INTO ZNOTE VALUES (1, 1, 1, 0, 400000000, 400000100, 'Einkauf', 'Milch', 'OLD-1');
						INSERT INTO ZNOTE VALUES (2, 1, 9, 1, 400000000, 400000100, 'Ohne Text', NULL, NULL)
						""");
	}
}
