// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.virtual.internal.content;

import java.io.IOException;

import org.keepsake.virtual.internal.content.AppleContent.Scale;

/** Calls: {@code CallHistory.storedata}, a Core Data store. */
final class CallsContent {

	private static final int[] TYPES = { 1, 8, 16 };

	private CallsContent() {
	}

	static void fill(Shelf shelf, Cast cast, Scale scale) throws IOException {
		shelf.database("HomeDomain", "Library/CallHistoryDB/CallHistory.storedata", cast.now(), db -> {
			db.coreData("CallDBProperties", "CallRecord", "EmergencyMedia", "Handle");
			db.run("""
					CREATE TABLE ZCALLRECORD (Z_PK INTEGER PRIMARY KEY, Z_ENT INTEGER, Z_OPT INTEGER, ZANSWERED INTEGER,
						ZCALLTYPE INTEGER, ZDISCONNECTED_CAUSE INTEGER, ZFACE_TIME_DATA INTEGER, ZORIGINATED INTEGER,
						ZREAD INTEGER, ZJUNKCONFIDENCE INTEGER, ZDATE TIMESTAMP, ZDURATION FLOAT, ZADDRESS VARCHAR,
						ZISO_COUNTRY_CODE VARCHAR, ZLOCATION VARCHAR, ZNAME VARCHAR, ZSERVICE_PROVIDER VARCHAR,
						ZUNIQUE_ID VARCHAR);
					CREATE TABLE ZHANDLE (Z_PK INTEGER PRIMARY KEY, Z_ENT INTEGER, Z_OPT INTEGER, ZTYPE INTEGER,
						ZNORMALIZEDVALUE VARCHAR, ZVALUE VARCHAR);
					CREATE TABLE Z_2REMOTEPARTICIPANTHANDLES (Z_2REMOTEPARTICIPANTCALLS INTEGER,
						Z_4REMOTEPARTICIPANTHANDLES INTEGER)
					""");
			for (int i = 1; i <= scale.calls(); i++) {
				Cast.Person person = cast.anyone();
				int type = TYPES[cast.number(TYPES.length)];
				boolean out = cast.number(2) == 0;
				boolean answered = !out && cast.number(3) > 0;
				db.insert(
						"ZCALLRECORD(Z_PK, Z_ENT, Z_OPT, ZANSWERED, ZCALLTYPE, ZDISCONNECTED_CAUSE, ZORIGINATED, ZREAD,"
								+ " ZDATE, ZDURATION, ZADDRESS, ZISO_COUNTRY_CODE, ZSERVICE_PROVIDER, ZUNIQUE_ID)",
						i, 2, 1,
						answered ? 1 : 0, type, out || answered ? 0 : 6, out ? 1 : 0, 1,
						Cast.cocoa(cast.within(180)), out || answered ? cast.number(1800) : 0, person.phone(), "de",
						type == 1 ? "com.apple.Telephony" : "com.apple.FaceTime", cast.uuid());
			}
		});
	}
}
