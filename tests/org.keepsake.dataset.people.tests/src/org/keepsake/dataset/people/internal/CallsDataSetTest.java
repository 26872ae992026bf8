// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.dataset.people.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.keepsake.core.IosVersion;
import org.keepsake.core.JobMonitor;
import org.keepsake.core.dataset.DataSet;
import org.keepsake.core.dataset.Selection;
import org.keepsake.core.dataset.Survey;
import org.keepsake.dataset.people.Call;
import org.keepsake.dataset.people.Call.Direction;
import org.keepsake.dataset.people.Call.Kind;
import org.keepsake.testing.DataSetContract;
import org.keepsake.testing.FolderContent;

class CallsDataSetTest extends DataSetContract {

	private static final String STORE = "Library/CallHistoryDB/CallHistory.storedata";

	@Override
	protected DataSet dataSet() {
		return new CallsDataSet();
	}

	@Override
	protected List<Generation> generations() {
		return List.of(new Generation("6.1", 3, CallsDataSetTest::ios6),
				new Generation("9.3", 2, CallsDataSetTest::ios9),
				new Generation("17.5", 6, CallsDataSetTest::ios17));
	}

	private static void ios6(FolderContent content) throws IOException {
		AddressBooks.ios6(content);
		content.sql("WirelessDomain", "Library/CallHistory/call_history.db",
				"""
						CREATE TABLE call (ROWID INTEGER PRIMARY KEY AUTOINCREMENT, address TEXT, date INTEGER, duration INTEGER,
							flags INTEGER, id INTEGER, name TEXT, country_code TEXT, network_code TEXT, read INTEGER, assisted INTEGER,
							face_time_data BLOB, originalAddress TEXT);
						INSERT INTO call(ROWID, address, date, duration, flags, country_code) VALUES
							(1, '01705551234', 1360000000, 65, 5, '262'), (2, '+14155550199', 1360000100, 0, 4, '262'),
							(3, 'anna@example.org', 1360000200, 600, 16, '262')
						""");
	}

	private static void ios9(FolderContent content) throws IOException {
		content.sql("HomeDomain", STORE,
				"""
						CREATE TABLE ZCALLRECORD (Z_PK INTEGER PRIMARY KEY, Z_ENT INTEGER, Z_OPT INTEGER, ZANSWERED INTEGER,
							ZCALLTYPE INTEGER, ZDISCONNECTED_CAUSE INTEGER, ZFACE_TIME_DATA INTEGER, ZNUMBER_AVAILABILITY INTEGER,
							ZORIGINATED INTEGER, ZREAD INTEGER, ZDATE TIMESTAMP, ZDURATION FLOAT, ZDEVICE_ID VARCHAR,
							ZISO_COUNTRY_CODE VARCHAR, ZNAME VARCHAR, ZUNIQUE_ID VARCHAR, ZADDRESS BLOB);
						INSERT INTO ZCALLRECORD(Z_PK, ZANSWERED, ZCALLTYPE, ZORIGINATED, ZDATE, ZDURATION, ZADDRESS, ZNAME, ZUNIQUE_ID)
							VALUES (1, 1, 1, 0, 480000000.25, 12.5, CAST('+14155550123' AS BLOB), NULL, 'A'),
							(2, 0, 16, 0, 480000001.5, 0, CAST('+390655501234' AS BLOB), 'Noted Name', 'B')
						""");
	}

	private static void ios17(FolderContent content) throws IOException {
		AddressBooks.ios17(content);
		String table = """
				CREATE TABLE ZCALLRECORD (Z_PK INTEGER PRIMARY KEY, Z_ENT INTEGER, Z_OPT INTEGER, ZANSWERED INTEGER,
					ZCALLTYPE INTEGER, ZDISCONNECTED_CAUSE INTEGER, ZFACE_TIME_DATA INTEGER, ZFILTERED_OUT_REASON INTEGER,
					ZHANDLE_TYPE INTEGER, ZNUMBER_AVAILABILITY INTEGER, ZORIGINATED INTEGER, ZREAD INTEGER,
					ZVERIFICATIONSTATUS INTEGER, ZJUNKCONFIDENCE INTEGER, ZDATE TIMESTAMP, ZDURATION FLOAT, ZADDRESS VARCHAR,
					ZISO_COUNTRY_CODE VARCHAR, ZLOCATION VARCHAR, ZNAME VARCHAR, ZSERVICE_PROVIDER VARCHAR, ZUNIQUE_ID VARCHAR);
				CREATE TABLE ZHANDLE (Z_PK INTEGER PRIMARY KEY, Z_ENT INTEGER, Z_OPT INTEGER, ZTYPE INTEGER,
					ZNORMALIZEDVALUE VARCHAR, ZVALUE VARCHAR);
				CREATE TABLE Z_2REMOTEPARTICIPANTHANDLES (Z_2REMOTEPARTICIPANTCALLS INTEGER,
					Z_4REMOTEPARTICIPANTHANDLES INTEGER);
				""";
		content.sql("HomeDomain", STORE, table + """
				INSERT INTO ZHANDLE(Z_PK, ZVALUE, ZNORMALIZEDVALUE) VALUES (1, '0170 5551234', '+491705551234'),
					(2, 'zoe@example.org', NULL);
				INSERT INTO Z_2REMOTEPARTICIPANTHANDLES VALUES (1, 1), (3, 1), (3, 2);
				INSERT INTO ZCALLRECORD(Z_PK, ZANSWERED, ZCALLTYPE, ZORIGINATED, ZDATE, ZDURATION, ZADDRESS, ZLOCATION,
					ZISO_COUNTRY_CODE, ZSERVICE_PROVIDER, ZUNIQUE_ID) VALUES
					(1, 1, 1, 0, 730000000.5, 3725.0, '+491705551234', 'Germany', 'de', 'com.apple.Telephony', 'U1'),
					(2, 0, 1, 0, 730000100, 0, NULL, NULL, 'de', 'com.apple.Telephony', 'U2'),
					(3, 1, 8, 1, 730000200, 60, NULL, NULL, 'de', 'com.apple.FaceTime', 'U3'),
					(4, 0, 0, 0, 730000300, 0, '+491705551234', NULL, 'de', 'net.whatsapp.WhatsApp', 'U4'),
					(5, 1, 16, 1, 730000400, -5, 'zoe@example.org', NULL, 'de', 'com.apple.FaceTime', 'U5')
				""");
		content.sql("HomeDomain", "Library/CallHistoryDB/CallHistoryTemp.storedata", table
				+ "INSERT INTO ZCALLRECORD(Z_PK, ZANSWERED, ZCALLTYPE, ZORIGINATED, ZDATE, ZUNIQUE_ID) VALUES"
				+ " (1, 0, 1, 0, 730000500, 'U1')");
	}

	private List<Call> calls(Filler filler) throws Exception {
		FolderContent content = new FolderContent(folder().resolve("own"), new IosVersion("17.5"), true);
		filler.fill(content);
		List<Call> calls = new ArrayList<>();
		dataSet().read(content, Selection.ALL, entry -> calls.add((Call) entry), JobMonitor.NONE);
		return calls;
	}

	@Test
	void tellsWhoCalledWhomByWhat() throws Exception {
		List<Call> calls = calls(CallsDataSetTest::ios17);
		Call answered = calls.get(0);
		assertEquals("Anna Maria Müller", answered.name());
		assertEquals(Kind.PHONE, answered.kind());
		assertEquals(Direction.INCOMING, answered.direction());
		assertEquals(Duration.ofSeconds(3725), answered.duration());
		assertEquals(Instant.parse("2024-02-19T01:46:40.500Z"), answered.date());
		assertEquals("call from Anna Maria Müller, 1:02:05", answered.headline());
		assertEquals(List.of(), answered.others(), "a call of two");
		Call withheld = calls.get(1);
		assertTrue(withheld.missed());
		assertEquals("Missed call from an unknown caller", withheld.headline());
		Call group = calls.get(2);
		assertEquals(Kind.FACETIME_VIDEO, group.kind());
		assertEquals(List.of("Anna Maria Müller", "zoe@example.org"), group.others());
		Call app = calls.get(3);
		assertEquals(Kind.APP, app.kind());
		assertEquals("net.whatsapp.WhatsApp", app.app());
		assertEquals(Kind.FACETIME_AUDIO, calls.get(4).kind());
		assertEquals(Duration.ZERO, calls.get(4).duration(), "damage is no duration");
		assertEquals("temp-U1", calls.get(5).key(), "noted before the first unlock");
	}

	@Test
	void readsAddressesThatAreBytesAndNamesThatWereNoted() throws Exception {
		List<Call> calls = calls(CallsDataSetTest::ios9);
		assertEquals("+14155550123", calls.get(0).address());
		assertEquals(Duration.ofMillis(12_500), calls.get(0).duration());
		assertEquals("Noted Name", calls.get(1).name());
		assertEquals(Kind.FACETIME_AUDIO, calls.get(1).kind());
		assertTrue(calls.get(1).missed());
	}

	@Test
	void readsTheFlagsOfOldSystems() throws Exception {
		List<Call> calls = calls(CallsDataSetTest::ios6);
		assertEquals(Direction.OUTGOING, calls.get(0).direction());
		assertEquals("Anna Müller", calls.get(0).name());
		assertEquals(Instant.ofEpochSecond(1_360_000_000), calls.get(0).date());
		assertTrue(calls.get(1).missed());
		assertEquals(Kind.FACETIME_VIDEO, calls.get(2).kind());
		assertFalse(calls.get(2).missed());
	}

	@Test
	void countsByKind() throws Exception {
		FolderContent content = new FolderContent(folder().resolve("own"), new IosVersion("17.5"), true);
		ios17(content);
		Survey survey = dataSet().survey(content, JobMonitor.NONE);
		assertEquals(Map.of("outgoing", 2L, "answered", 1L, "missed", 3L), survey.parts());
	}

	@Test
	void saysWhyCallsAreMissingInAnUnencryptedBackup() throws Exception {
		FolderContent content = new FolderContent(folder().resolve("own"), new IosVersion("17.5"), false);
		Survey survey = dataSet().survey(content, JobMonitor.NONE);
		assertEquals(Survey.Presence.ABSENT, survey.presence());
		assertEquals(1, survey.remarks().size());
	}
}
