// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.virtual.internal.content;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Instant;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.virtual.internal.content.AppleContent.Scale;

/**
 * The camera roll: JPEG files with EXIF, HEIC files of which some have a thumbnail, edited renders, and
 * {@code Photos.sqlite} as iOS 18 keeps it.
 */
final class PhotosContent {

	private static final String DOMAIN = "CameraRollDomain";
	private static final String SCHEMA = """
			CREATE TABLE ZASSET (Z_PK INTEGER PRIMARY KEY, Z_ENT INTEGER, Z_OPT INTEGER, ZUUID VARCHAR, ZDIRECTORY VARCHAR,
				ZFILENAME VARCHAR, ZDATECREATED TIMESTAMP, ZADDEDDATE TIMESTAMP, ZMODIFICATIONDATE TIMESTAMP,
				ZTRASHEDSTATE INTEGER, ZTRASHEDDATE TIMESTAMP, ZKIND INTEGER, ZKINDSUBTYPE INTEGER, ZPLAYBACKSTYLE INTEGER,
				ZDURATION FLOAT, ZWIDTH INTEGER, ZHEIGHT INTEGER, ZORIENTATION INTEGER, ZLATITUDE FLOAT, ZLONGITUDE FLOAT,
				ZFAVORITE INTEGER, ZHIDDEN INTEGER, ZADJUSTMENTSSTATE INTEGER, ZUNIFORMTYPEIDENTIFIER VARCHAR,
				ZSAVEDASSETTYPE INTEGER, ZVISIBILITYSTATE INTEGER, ZCLOUDLOCALSTATE INTEGER, ZAVALANCHEUUID VARCHAR,
				ZADDITIONALATTRIBUTES INTEGER, ZMASTER INTEGER, ZCOMPLETE INTEGER);
			CREATE TABLE ZADDITIONALASSETATTRIBUTES (Z_PK INTEGER PRIMARY KEY, Z_ENT INTEGER, Z_OPT INTEGER, ZASSET INTEGER,
				ZORIGINALFILENAME VARCHAR, ZEXIFTIMESTAMPSTRING VARCHAR, ZTIMEZONENAME VARCHAR, ZTIMEZONEOFFSET INTEGER,
				ZORIGINALFILESIZE INTEGER, ZIMPORTEDBYBUNDLEIDENTIFIER VARCHAR, ZTITLE VARCHAR);
			CREATE TABLE ZGENERICALBUM (Z_PK INTEGER PRIMARY KEY, Z_ENT INTEGER, Z_OPT INTEGER, ZKIND INTEGER,
				ZCACHEDCOUNT INTEGER, ZTRASHEDSTATE INTEGER, ZPARENTFOLDER INTEGER, ZTITLE VARCHAR, ZUUID VARCHAR);
			CREATE TABLE Z_30ASSETS (Z_30ALBUMS INTEGER, Z_3ASSETS INTEGER, Z_FOK_3ASSETS INTEGER,
				PRIMARY KEY (Z_30ALBUMS, Z_3ASSETS));
			CREATE INDEX ZASSET_ZDATECREATED_INDEX ON ZASSET (ZDATECREATED)
			""";
	private static final int USER_ALBUM = 2;
	private static final int ROOT_FOLDER = 3999;

	private PhotosContent() {
	}

	static void fill(Shelf shelf, Cast cast, Scale scale) throws IOException {
		shelf.database(DOMAIN, "Media/PhotoData/Photos.sqlite", cast.now(), db -> {
			entities(db);
			db.run(SCHEMA);
			String album = "ZGENERICALBUM(Z_PK, Z_ENT, Z_OPT, ZKIND, ZCACHEDCOUNT, ZTRASHEDSTATE, ZPARENTFOLDER, ZTITLE, ZUUID)";
			db.insert(album, 1, 30, 1, ROOT_FOLDER, 0, 0, null, null, cast.uuid());
			db.insert(album, 2, 30, 1, USER_ALBUM, 0, 0, 1, "Sommer am See ☀️", cast.uuid());
			db.insert(album, 3, 30, 1, USER_ALBUM, 0, 0, 1, "Family", cast.uuid());
			for (int i = 1; i <= scale.photos(); i++) {
				photo(shelf, cast, db, i);
			}
		});
	}

	private static void entities(Database db) throws SQLException {
		String[] names = new String[30];
		for (int i = 0; i < names.length; i++) {
			names[i] = "Entity" + (i + 1);
		}
		names[0] = "AdditionalAssetAttributes";
		names[2] = "Asset";
		names[29] = "GenericAlbum";
		db.coreData(names);
	}

	private static void photo(Shelf shelf, Cast cast, Database db, int number) throws SQLException, IOException {
		Instant taken = cast.within(2500);
		boolean cloudOnly = number % 25 == 0;
		boolean edited = number % 11 == 0;
		boolean trashed = number % 20 == 0;
		double @Nullable [] place = number % 3 == 0 ? new double[] { 47.5 + number % 10 / 10.0, 11.2 } : null;
		String directory = "DCIM/%dAPPLE".formatted(100 + number / 1000);
		String base = "IMG_%04d".formatted(number % 10_000);
		boolean heic = number % 6 == 1;
		String name = base + (heic ? ".HEIC" : ".JPG");
		byte[] picture = heic ? Heic.picture(number) : Jpeg.picture(number, 640, 480, taken, place);
		if (!cloudOnly) {
			shelf.file(DOMAIN, "Media/" + directory + '/' + name, picture, taken, Shelf.AFTER_FIRST_UNLOCK);
		}
		if (heic && number % 12 == 1) {
			shelf.file(DOMAIN, "Media/PhotoData/Thumbnails/V2/" + directory + '/' + name + "/5005.JPG",
					Jpeg.picture(number, 342, 256, taken, null), taken, Shelf.AFTER_FIRST_UNLOCK);
		}
		if (edited) {
			String edits = "Media/PhotoData/Mutations/" + directory + '/' + base + "/Adjustments/";
			shelf.file(DOMAIN, edits + "FullSizeRender.jpg", Jpeg.picture(number + 5000, 640, 480, taken, place), taken,
					Shelf.AFTER_FIRST_UNLOCK);
			shelf.file(DOMAIN, edits + "Adjustments.plist",
					"""
							<?xml version="1.0" encoding="UTF-8"?>
							<plist version="1.0"><dict><key>adjustmentFormatIdentifier</key><string>com.apple.photo</string></dict></plist>
							"""
							.getBytes(StandardCharsets.UTF_8),
					taken, Shelf.AFTER_FIRST_UNLOCK);
		}
		db.insert(
				"ZASSET(Z_PK, Z_ENT, Z_OPT, ZUUID, ZDIRECTORY, ZFILENAME, ZDATECREATED, ZADDEDDATE, ZMODIFICATIONDATE,"
						+ " ZTRASHEDSTATE, ZTRASHEDDATE, ZKIND, ZKINDSUBTYPE, ZPLAYBACKSTYLE, ZWIDTH, ZHEIGHT, ZORIENTATION, ZLATITUDE,"
						+ " ZLONGITUDE, ZFAVORITE, ZHIDDEN, ZADJUSTMENTSSTATE, ZUNIFORMTYPEIDENTIFIER, ZSAVEDASSETTYPE,"
						+ " ZVISIBILITYSTATE, ZCLOUDLOCALSTATE, ZADDITIONALATTRIBUTES, ZCOMPLETE)",
				number, 3, 1, cast.uuid(),
				directory, name, Cast.cocoa(taken), Cast.cocoa(taken), Cast.cocoa(taken), trashed ? 1 : 0,
				trashed ? Cast.cocoa(cast.within(20)) : null, 0, 0, 1, heic ? 480 : 640, heic ? 360 : 480, 1,
				place == null ? -180.0 : place[0],
				place == null ? -180.0 : place[1], number % 7 == 0 ? 1 : 0, number % 30 == 0 ? 1 : 0, edited ? 2 : 0,
				heic ? "public.heic" : "public.jpeg", cloudOnly ? 6 : 3, 0, cloudOnly ? 1 : 0, number, 1);
		db.insert("ZADDITIONALASSETATTRIBUTES(Z_PK, Z_ENT, Z_OPT, ZASSET, ZORIGINALFILENAME, ZTIMEZONENAME,"
				+ " ZTIMEZONEOFFSET, ZORIGINALFILESIZE)", number, 1, 1, number, name, "Europe/Berlin", 7200,
				picture.length);
		if (number % 4 == 0) {
			db.insert("Z_30ASSETS(Z_30ALBUMS, Z_3ASSETS, Z_FOK_3ASSETS)", 2 + number % 8 / 4, number, number);
		}
	}
}
