// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.dataset.media.internal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

import org.keepsake.testing.FolderContent;

/** Libraries in the schemas of several generations, written by hand after the published descriptions. */
final class PhotoSamples {

	static final String DOMAIN = "CameraRollDomain";
	static final String DATABASE = "Media/PhotoData/Photos.sqlite";

	/** The parts of the schema that differ. */
	record Schema(String assets, int albumEntity, int assetEntity, String adjustments) {

		String membership() {
			return "Z_" + albumEntity + "ASSETS";
		}
	}

	static final Schema IOS11 = new Schema("ZGENERICASSET", 20, 27, "ZHASADJUSTMENTS");
	static final Schema IOS13 = new Schema("ZGENERICASSET", 26, 34, "ZHASADJUSTMENTS");
	static final Schema IOS15 = new Schema("ZASSET", 27, 3, "ZADJUSTMENTSSTATE");
	static final Schema IOS18 = new Schema("ZASSET", 30, 3, "ZADJUSTMENTSSTATE");
	static final Schema IOS26 = new Schema("ZASSET", 33, 3, "ZADJUSTMENTSSTATE");

	/** How many photos {@link #fill} makes. */
	static final int COUNT = 8;

	private PhotoSamples() {
	}

	static void fill(FolderContent content, Schema schema) throws IOException {
		content.sql(DOMAIN, DATABASE, """
				CREATE TABLE Z_PRIMARYKEY (Z_ENT INTEGER PRIMARY KEY, Z_NAME VARCHAR, Z_SUPER INTEGER, Z_MAX INTEGER);
				CREATE TABLE %1$s (Z_PK INTEGER PRIMARY KEY, Z_ENT INTEGER, Z_OPT INTEGER, ZUUID VARCHAR,
					ZDIRECTORY VARCHAR, ZFILENAME VARCHAR, ZDATECREATED TIMESTAMP, ZADDEDDATE TIMESTAMP,
					ZTRASHEDSTATE INTEGER, ZTRASHEDDATE TIMESTAMP, ZKIND INTEGER, ZKINDSUBTYPE INTEGER,
					ZPLAYBACKSTYLE INTEGER, ZDURATION FLOAT, ZWIDTH INTEGER, ZHEIGHT INTEGER, ZLATITUDE FLOAT,
					ZLONGITUDE FLOAT, ZFAVORITE INTEGER, ZHIDDEN INTEGER, %2$s INTEGER, ZSAVEDASSETTYPE INTEGER,
					ZCLOUDLOCALSTATE INTEGER, ZAVALANCHEUUID VARCHAR, ZADDITIONALATTRIBUTES INTEGER);
				CREATE TABLE ZADDITIONALASSETATTRIBUTES (Z_PK INTEGER PRIMARY KEY, ZASSET INTEGER,
					ZASSETDESCRIPTION INTEGER, ZORIGINALFILENAME VARCHAR, ZTIMEZONENAME VARCHAR,
					ZTIMEZONEOFFSET INTEGER, ZTITLE VARCHAR);
				CREATE TABLE ZASSETDESCRIPTION (Z_PK INTEGER PRIMARY KEY, ZLONGDESCRIPTION VARCHAR);
				CREATE TABLE ZGENERICALBUM (Z_PK INTEGER PRIMARY KEY, ZKIND INTEGER, ZTITLE VARCHAR,
					ZPARENTFOLDER INTEGER, ZTRASHEDSTATE INTEGER);
				CREATE TABLE Z_%3$dASSETS (Z_%3$dALBUMS INTEGER, Z_%4$dASSETS INTEGER, Z_FOK_%4$dASSETS INTEGER);
				CREATE TABLE Z_19ASSETS (Z_19MOMENTS INTEGER, Z_%4$dASSETS INTEGER);
				INSERT INTO Z_PRIMARYKEY VALUES (%3$d, 'GenericAlbum', 0, 9);
				INSERT INTO ZGENERICALBUM VALUES (1, 3999, NULL, NULL, 0);
				INSERT INTO ZGENERICALBUM VALUES (2, 4000, 'Trips', 1, 0);
				INSERT INTO ZGENERICALBUM VALUES (3, 2, 'Sommer/See ☀️', 2, 0);
				INSERT INTO ZGENERICALBUM VALUES (4, 2, 'Family', 1, 0);
				INSERT INTO ZGENERICALBUM VALUES (5, 2, 'Thrown away', 1, 1);
				INSERT INTO ZGENERICALBUM VALUES (6, 1510, 'Duplicates', 1, 0)
				""".formatted(schema.assets, schema.adjustments, schema.albumEntity, schema.assetEntity));
		// A Live Photo with place, caption, in two albums; edited.
		asset(content, schema, 1, "IMG_0001.HEIC", 0, 2, 3, 700_000_000, "ZLATITUDE = 47.5, ZLONGITUDE = 11.25,"
				+ " ZFAVORITE = 1, ZADDITIONALATTRIBUTES = 1, " + schema.adjustments + " = 2");
		content.sql(DOMAIN, DATABASE, """
				INSERT INTO ZASSETDESCRIPTION VALUES (7, 'Ben & Anna am Steg');
				INSERT INTO ZADDITIONALASSETATTRIBUTES VALUES (1, 1, 7, 'Urlaub.HEIC', 'Europe/Berlin', 7200, NULL);
				INSERT INTO %1$s VALUES (4, 1, 0);
				INSERT INTO %1$s VALUES (3, 1, 0);
				INSERT INTO %1$s VALUES (5, 1, 0);
				INSERT INTO %1$s VALUES (6, 1, 0)
				""".formatted(schema.membership()));
		file(content, "Media/DCIM/100APPLE/IMG_0001.HEIC");
		file(content, "Media/DCIM/100APPLE/IMG_0001.MOV");
		file(content, "Media/DCIM/100APPLE/IMG_0001.AAE");
		file(content, "Media/PhotoData/Mutations/DCIM/100APPLE/IMG_0001/Adjustments/FullSizeRender.jpg");
		file(content, "Media/PhotoData/Mutations/DCIM/100APPLE/IMG_0001/Adjustments/FullSizeRender.mov");
		asset(content, schema, 2, "IMG_0002.JPG", 0, 0, 1, 700_000_100, "ZHIDDEN = 1");
		file(content, "Media/DCIM/100APPLE/IMG_0002.JPG");
		asset(content, schema, 3, "IMG_0003.PNG", 0, 10, 1, 700_000_200, "ZTRASHEDSTATE = 1, ZTRASHEDDATE = 710000000");
		file(content, "Media/DCIM/100APPLE/IMG_0003.PNG");
		asset(content, schema, 4, "IMG_0004.MOV", 1, 101, 4, 700_000_300, "ZDURATION = 12.5");
		file(content, "Media/DCIM/100APPLE/IMG_0004.MOV");
		asset(content, schema, 5, "IMG_0005.JPG", 0, 1, 1, 700_000_400, "ZSAVEDASSETTYPE = 6, ZCLOUDLOCALSTATE = 1");
		asset(content, schema, 6, "IMG_0006.JPG", 0, 0, 1, 700_000_500, "ZAVALANCHEUUID = 'burst-1'");
		// Another directory with the same name as the first: only its back reference points at its attributes.
		asset(content, schema, 7, "IMG_0002.JPG", 0, 0, 1, 700_000_600, "ZDIRECTORY = 'DCIM/101APPLE'");
		file(content, "Media/DCIM/101APPLE/IMG_0002.JPG");
		content.sql(DOMAIN, DATABASE,
				"INSERT INTO ZADDITIONALASSETATTRIBUTES VALUES (9, 7, NULL, 'IMG_0002.JPG', NULL, NULL, 'Titel')");
		asset(content, schema, 8, "IMG_0008.GIF", 0, 0, 2, 0, "ZDATECREATED = NULL");
		file(content, "Media/DCIM/100APPLE/IMG_0008.GIF");
	}

	private static void asset(FolderContent content, Schema schema, int number, String name, int kind, int subtype,
			int style, long date, String more) throws IOException {
		content.sql(DOMAIN, DATABASE,
				"""
						INSERT INTO %1$s (Z_PK, ZUUID, ZDIRECTORY, ZFILENAME, ZDATECREATED, ZADDEDDATE, ZKIND, ZKINDSUBTYPE,
							ZPLAYBACKSTYLE, ZWIDTH, ZHEIGHT, ZLATITUDE, ZLONGITUDE, ZFAVORITE, ZHIDDEN, ZTRASHEDSTATE,
							ZSAVEDASSETTYPE, ZCLOUDLOCALSTATE) VALUES (%2$d, 'UUID-%2$d', 'DCIM/100APPLE', '%3$s', %7$d.5, %7$d,
							%4$d, %5$d, %6$d, 4032, 3024, -180.0, -180.0, 0, 0, 0, 3, 0);
						UPDATE %1$s SET %8$s WHERE Z_PK = %2$d
						"""
						.formatted(schema.assets, number, name, kind, subtype, style, date, more));
	}

	/** Its content is its path, so that a test knows it again. */
	static void file(FolderContent content, String path) throws IOException {
		content.put(DOMAIN, path, path.getBytes(StandardCharsets.UTF_8));
	}
}
