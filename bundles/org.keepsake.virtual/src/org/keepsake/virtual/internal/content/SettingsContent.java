// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.virtual.internal.content;

import java.io.IOException;
import java.time.Instant;
import java.util.Date;

import org.keepsake.virtual.internal.phone.Phone;

import com.dd.plist.BinaryPropertyListWriter;
import com.dd.plist.NSArray;
import com.dd.plist.NSDate;
import com.dd.plist.NSDictionary;
import com.dd.plist.NSObject;

/** The system's own settings: Wi-Fi networks, accounts, home screen, privacy permissions, preferences. */
final class SettingsContent {

	private SettingsContent() {
	}

	static void fill(Shelf shelf, Cast cast, Phone phone) throws IOException {
		Instant now = cast.now();
		shelf.file("SystemPreferencesDomain", "com.apple.wifi.known-networks.plist", networks(now), now,
				Shelf.AFTER_FIRST_UNLOCK);
		NSDictionary name = new NSDictionary();
		name.put("ComputerName", phone.name());
		NSDictionary system = new NSDictionary();
		system.put("System", name);
		NSDictionary preferences = new NSDictionary();
		preferences.put("System", system);
		shelf.file("SystemPreferencesDomain", "SystemConfiguration/preferences.plist", binary(preferences), now,
				Shelf.AFTER_FIRST_UNLOCK);
		NSDictionary language = new NSDictionary();
		language.put("AppleLanguages", new NSArray(NSObject.fromJavaObject("de-DE"), NSObject.fromJavaObject("en-DE")));
		language.put("AppleLocale", "de_DE");
		shelf.file("HomeDomain", "Library/Preferences/.GlobalPreferences.plist", binary(language), now,
				Shelf.AFTER_FIRST_UNLOCK);
		NSDictionary icons = new NSDictionary();
		icons.put("buttonBar", new NSArray(NSObject.fromJavaObject("com.apple.mobilephone"),
				NSObject.fromJavaObject("com.apple.MobileSMS")));
		shelf.file("HomeDomain", "Library/SpringBoard/IconState.plist", binary(icons), now, Shelf.AFTER_FIRST_UNLOCK);
		shelf.link("HomeDomain", "Library/Preferences/com.apple.current.plist", ".GlobalPreferences.plist", now);
		shelf.file("HomeDomain", "Library/SpringBoard/.empty", new byte[0], now, Shelf.AFTER_FIRST_UNLOCK);
		shelf.directory("HomeDomain", "Library/Caches", now);
		databases(shelf, cast);
	}

	private static byte[] networks(Instant now) throws IOException {
		NSDictionary networks = new NSDictionary();
		for (String ssid : new String[] { "Zuhause", "Café Central", "Office" }) {
			NSDictionary network = new NSDictionary();
			network.put("SSID", NSObject.fromJavaObject(ssid.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
			network.put("AddReason", "WiFi Settings");
			network.put("AddedAt", new NSDate(Date.from(now)));
			network.put("JoinedByUserAt", new NSDate(Date.from(now)));
			network.put("SupportedSecurityTypes", "WPA2/WPA3 Personal");
			network.put("Hidden", false);
			networks.put("wifi.network.ssid." + ssid, network);
		}
		return binary(networks);
	}

	private static void databases(Shelf shelf, Cast cast) throws IOException {
		shelf.database("HomeDomain", "Library/Accounts/Accounts3.sqlite", cast.now(), db -> {
			db.coreData("AccessOptionsKey", "Account", "AccountProperty", "AccountType");
			db.run("CREATE TABLE ZACCOUNT (Z_PK INTEGER PRIMARY KEY, Z_ENT INTEGER, Z_OPT INTEGER, ZACTIVE INTEGER,"
					+ " ZACCOUNTTYPE INTEGER, ZPARENTACCOUNT INTEGER, ZDATE TIMESTAMP, ZACCOUNTDESCRIPTION VARCHAR,"
					+ " ZIDENTIFIER VARCHAR, ZOWNINGBUNDLEID VARCHAR, ZUSERNAME VARCHAR);"
					+ "CREATE TABLE ZACCOUNTTYPE (Z_PK INTEGER PRIMARY KEY, Z_ENT INTEGER, Z_OPT INTEGER,"
					+ " ZACCOUNTTYPEDESCRIPTION VARCHAR, ZIDENTIFIER VARCHAR)");
			db.insert("ZACCOUNTTYPE(Z_PK, Z_ENT, ZACCOUNTTYPEDESCRIPTION, ZIDENTIFIER)", 1, 4, "IMAP",
					"com.apple.account.IMAP");
			db.insert(
					"ZACCOUNT(Z_PK, Z_ENT, ZACTIVE, ZACCOUNTTYPE, ZDATE, ZACCOUNTDESCRIPTION, ZIDENTIFIER, ZUSERNAME)",
					1, 2,
					1, 1, Cast.cocoa(cast.within(800)), "Mail", cast.uuid(), "me@example.org");
		});
		shelf.database("HomeDomain", "Library/TCC/TCC.db", cast.now(), db -> {
			db.run("CREATE TABLE access (service TEXT NOT NULL, client TEXT NOT NULL, client_type INTEGER NOT NULL,"
					+ " auth_value INTEGER NOT NULL, auth_reason INTEGER NOT NULL, auth_version INTEGER NOT NULL,"
					+ " last_modified INTEGER NOT NULL, PRIMARY KEY (service, client, client_type))");
			db.insert("access(service, client, client_type, auth_value, auth_reason, auth_version, last_modified)",
					"kTCCServicePhotos", "org.example.diary", 0, 2, 2, 1, cast.within(100).getEpochSecond());
		});
	}

	private static byte[] binary(NSDictionary dictionary) throws IOException {
		return BinaryPropertyListWriter.writeToArray(dictionary);
	}
}
