// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.dataset.whatsapp.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.keepsake.core.IosVersion;
import org.keepsake.core.JobMonitor;
import org.keepsake.core.dataset.DataRecord.Attachment;
import org.keepsake.core.dataset.DataSet;
import org.keepsake.core.dataset.Selection;
import org.keepsake.dataset.whatsapp.ChatEntry;
import org.keepsake.dataset.whatsapp.ChatEntry.Kind;
import org.keepsake.dataset.whatsapp.ChatEntry.Reaction;
import org.keepsake.testing.DataSetContract;
import org.keepsake.testing.FolderContent;

class WhatsAppDataSetTest extends DataSetContract {

	private static final String DOMAIN = "AppDomainGroup-group.net.whatsapp.WhatsApp.shared";
	private static final String BUSINESS = "AppDomainGroup-group.net.whatsapp.WhatsAppSMB.shared";
	private static final Instant START = Instant.parse("2023-03-08T20:26:40Z");
	private static final String CHATS = """
			CREATE TABLE ZWACHATSESSION (Z_PK INTEGER PRIMARY KEY, Z_ENT INTEGER, ZSESSIONTYPE INTEGER, ZGROUPINFO INTEGER,
				ZLASTMESSAGEDATE TIMESTAMP, ZCONTACTJID VARCHAR, ZPARTNERNAME VARCHAR);
			CREATE TABLE ZWAGROUPMEMBER (Z_PK INTEGER PRIMARY KEY, ZCHATSESSION INTEGER, ZMEMBERJID VARCHAR,
				ZCONTACTNAME VARCHAR);
			CREATE TABLE ZWAMEDIAITEM (Z_PK INTEGER PRIMARY KEY, ZMESSAGE INTEGER, ZFILESIZE INTEGER, ZMOVIEDURATION INTEGER,
				ZLATITUDE FLOAT, ZLONGITUDE FLOAT, ZMEDIALOCALPATH VARCHAR, ZTITLE VARCHAR, ZVCARDNAME VARCHAR,
				ZVCARDSTRING VARCHAR, ZMETADATA BLOB);
			INSERT INTO ZWACHATSESSION(Z_PK, ZSESSIONTYPE, ZCONTACTJID, ZPARTNERNAME) VALUES
				(1, 0, '491705551234@s.whatsapp.net', 'Anna in chat'), (2, 1, '1234-5678@g.us', 'Choir <b>');
			INSERT INTO ZWAGROUPMEMBER VALUES (1, 2, '14155550123@s.whatsapp.net', NULL), (2, 2, '777@lid', NULL);
			""";

	@Override
	protected DataSet dataSet() {
		return new WhatsAppDataSet();
	}

	@Override
	protected List<Generation> generations() {
		return List.of(new Generation("9.3", 2, WhatsAppDataSetTest::old),
				new Generation("14.8", 4, WhatsAppDataSetTest::calls),
				new Generation("18.0", 9, WhatsAppDataSetTest::now));
	}

	/** Before reactions and calls were kept. */
	private static void old(FolderContent content) throws Exception {
		content.sql(DOMAIN, "ChatStorage.sqlite",
				CHATS + """
						CREATE TABLE ZWAMESSAGE (Z_PK INTEGER PRIMARY KEY, ZISFROMME INTEGER, ZMESSAGETYPE INTEGER,
							ZCHATSESSION INTEGER, ZGROUPMEMBER INTEGER, ZMEDIAITEM INTEGER, ZMESSAGEDATE TIMESTAMP, ZFROMJID VARCHAR,
							ZPUSHNAME VARCHAR, ZSTANZAID VARCHAR, ZTEXT VARCHAR, ZTOJID VARCHAR);
						INSERT INTO ZWAMESSAGE(Z_PK, ZISFROMME, ZMESSAGETYPE, ZCHATSESSION, ZMESSAGEDATE, ZFROMJID, ZSTANZAID, ZTEXT)
							VALUES (2, 1, 0, 1, 480000060, NULL, 'S2', 'An answer'),
							(1, 0, 0, 1, 480000000.5, '491705551234@s.whatsapp.net', 'S1', 'Hello')
						""");
	}

	private static void calls(FolderContent content) throws Exception {
		old(content);
		content.sql(DOMAIN, "CallHistory.sqlite",
				"""
						CREATE TABLE ZWAAGGREGATECALLEVENT (Z_PK INTEGER PRIMARY KEY, ZINCOMING INTEGER, ZMISSED INTEGER, ZVIDEO INTEGER);
						CREATE TABLE ZWACDCALLEVENT (Z_PK INTEGER PRIMARY KEY, ZOUTCOME INTEGER, Z1CALLEVENTS INTEGER,
							ZDATE TIMESTAMP, ZDURATION FLOAT, ZCALLIDSTRING VARCHAR);
						CREATE TABLE ZWACDCALLEVENTPARTICIPANT (Z_PK INTEGER PRIMARY KEY, Z1PARTICIPANTS INTEGER, ZJIDSTRING VARCHAR);
						INSERT INTO ZWAAGGREGATECALLEVENT VALUES (10, 1, 1, 0), (11, 0, 0, 1);
						INSERT INTO ZWACDCALLEVENT VALUES (1, 1, 10, 490000000, 0, 'C1'), (2, 0, 11, 490000100, 65.5, 'C2');
						INSERT INTO ZWACDCALLEVENTPARTICIPANT VALUES (1, 1, '491705551234@s.whatsapp.net'),
							(2, 2, '14155550123@s.whatsapp.net')
						""");
	}

	private static void now(FolderContent content) throws Exception {
		content.sql(DOMAIN, "ChatStorage.sqlite",
				CHATS + """
						CREATE TABLE ZWAPROFILEPUSHNAME (Z_PK INTEGER PRIMARY KEY, ZJID VARCHAR, ZPUSHNAME VARCHAR);
						INSERT INTO ZWAPROFILEPUSHNAME VALUES (1, '14155550123@s.whatsapp.net', 'Bobby');
						CREATE TABLE ZWAMESSAGEINFO (Z_PK INTEGER PRIMARY KEY, ZMESSAGE INTEGER, ZRECEIPTINFO BLOB);
						CREATE TABLE ZWAMESSAGE (Z_PK INTEGER PRIMARY KEY, ZISFROMME INTEGER, ZMESSAGETYPE INTEGER, ZSTARRED INTEGER,
							ZCHATSESSION INTEGER, ZGROUPMEMBER INTEGER, ZMEDIAITEM INTEGER, ZMESSAGEINFO INTEGER, ZSORT FLOAT,
							ZMESSAGEDATE TIMESTAMP, ZFROMJID VARCHAR, ZPUSHNAME VARCHAR, ZSTANZAID VARCHAR, ZTEXT VARCHAR,
							ZTOJID VARCHAR);
						INSERT INTO ZWAMEDIAITEM(Z_PK, ZMEDIALOCALPATH, ZVCARDSTRING, ZTITLE, ZMOVIEDURATION, ZLATITUDE, ZLONGITUDE,
							ZVCARDNAME, ZMETADATA) VALUES
							(1, 'Media/491705551234@s.whatsapp.net/a/b/x.jpg', 'image/jpeg', 'The lake', 0, 0, 0, NULL, NULL),
							(2, '/Media/1234-5678@g.us/c/d/voice.opus', 'audio/ogg; codecs=opus', NULL, 12, 0, 0, NULL, NULL),
							(3, NULL, NULL, NULL, 0, 48.1, 11.5, 'A place', NULL),
							(4, NULL, NULL, NULL, 0, 0, 0, NULL, x'2a143341303130323033303430353036303730383039');
						INSERT INTO ZWAMESSAGE(Z_PK, ZISFROMME, ZMESSAGETYPE, ZSTARRED, ZCHATSESSION, ZGROUPMEMBER, ZMEDIAITEM,
							ZMESSAGEINFO, ZMESSAGEDATE, ZFROMJID, ZSTANZAID, ZTEXT) VALUES
							(1, 0, 1, 1, 1, NULL, 1, 1, 700000000, '491705551234@s.whatsapp.net', 'S1', NULL),
							(2, 1, 0, 0, 1, NULL, 4, NULL, 700000060, NULL, 'S2', 'Beautiful'),
							(3, 0, 3, 0, 2, 1, 2, NULL, 700000000, '1234-5678@g.us', 'S3', NULL),
							(4, 0, 0, 0, 2, 2, NULL, NULL, 700000060, '1234-5678@g.us', 'S4', 'From somebody hidden'),
							(5, 0, 5, 0, 2, 1, 3, NULL, 700000120, '1234-5678@g.us', 'S5', NULL),
							(6, 0, 6, 0, 2, NULL, NULL, NULL, 700000180, '1234-5678@g.us', 'S6', 'New name'),
							(7, 0, 14, 0, 2, 1, NULL, NULL, 700000240, '1234-5678@g.us', 'S7', NULL),
							(8, 0, 99, 0, 2, 1, NULL, NULL, 700000300, '1234-5678@g.us', 'S8', 'From the future')
						""");
		byte[] first = entry("0a0253311207", "777@lid", "1a04", "👍", "2080c8afa0bc30");
		content.sql(DOMAIN, "ChatStorage.sqlite",
				"INSERT INTO ZWAMESSAGEINFO VALUES (1, 1, x'" + HexFormat.of().formatHex(first) + "')");
		content.sql(DOMAIN, "ContactsV2.sqlite", """
				CREATE TABLE ZWAADDRESSBOOKCONTACT (Z_PK INTEGER PRIMARY KEY, ZFULLNAME VARCHAR, ZGIVENNAME VARCHAR,
					ZPHONENUMBER VARCHAR, ZWHATSAPPID VARCHAR, ZLID VARCHAR, ZABOUTTEXT VARCHAR);
				INSERT INTO ZWAADDRESSBOOKCONTACT(ZFULLNAME, ZWHATSAPPID, ZPHONENUMBER) VALUES
					('Anna Müller', '491705551234@s.whatsapp.net', '+49 170 5551234'),
					('Zoë Hidden', '4915155500001@s.whatsapp.net', '+49 151 55500001')
				""");
		content.sql(DOMAIN, "LID.sqlite",
				"""
						CREATE TABLE ZWALIDPAIR (Z_PK INTEGER PRIMARY KEY, Z_ENT INTEGER, ZLID VARCHAR, ZPHONENUMBERJID VARCHAR);
						INSERT INTO ZWALIDPAIR(ZLID, ZPHONENUMBERJID) VALUES ('777@lid', '4915155500001@s.whatsapp.net')
						""");
		content.sql(BUSINESS, "ChatStorage.sqlite", """
				CREATE TABLE ZWAMESSAGE (Z_PK INTEGER PRIMARY KEY, ZISFROMME INTEGER, ZMESSAGETYPE INTEGER,
					ZMESSAGEDATE TIMESTAMP, ZTEXT VARCHAR);
				INSERT INTO ZWAMESSAGE VALUES (1, 1, 0, 700000000, 'An offer')
				""");
		content.put(DOMAIN, "Message/Media/491705551234@s.whatsapp.net/a/b/x.jpg", "jpeg");
	}

	/** A receipt with a reaction in its field 7.1. */
	private static byte[] entry(String head, String jid, String emojiHead, String emoji, String tail) {
		byte[] inner = join(HexFormat.of().parseHex(head), jid.getBytes(StandardCharsets.UTF_8),
				HexFormat.of().parseHex(emojiHead), emoji.getBytes(StandardCharsets.UTF_8),
				HexFormat.of().parseHex(tail));
		byte[] one = join(new byte[] { 0x0A, (byte) inner.length }, inner);
		return join(new byte[] { 0x3A, (byte) one.length }, one);
	}

	private static byte[] join(byte[]... parts) {
		java.io.ByteArrayOutputStream out = new java.io.ByteArrayOutputStream();
		for (byte[] part : parts) {
			out.writeBytes(part);
		}
		return out.toByteArray();
	}

	private List<ChatEntry> entries(Filler filler) throws Exception {
		FolderContent content = new FolderContent(folder().resolve("own"), new IosVersion("18.0"), true);
		filler.fill(content);
		List<ChatEntry> entries = new ArrayList<>();
		dataSet().read(content, Selection.ALL, entry -> entries.add((ChatEntry) entry), JobMonitor.NONE);
		return entries;
	}

	@Test
	void readsChatsInOrderOfTime() throws Exception {
		List<ChatEntry> entries = entries(WhatsAppDataSetTest::old);
		assertEquals(List.of("Hello", "An answer"), entries.stream().map(ChatEntry::text).toList());
		assertEquals("Anna in chat", entries.getFirst().chat());
		assertEquals(Instant.parse("2016-03-18T13:20:00.500Z"), entries.getFirst().date());
		assertTrue(entries.get(1).fromMe());
	}

	@Test
	void findsMediaAndCaptions() throws Exception {
		ChatEntry picture = entries(WhatsAppDataSetTest::now).getFirst();
		assertEquals(Kind.IMAGE, picture.kind());
		assertEquals("The lake", picture.text());
		assertEquals(List.of(new Attachment("x.jpg", "image/jpeg", DOMAIN,
				"Message/Media/491705551234@s.whatsapp.net/a/b/x.jpg", true)), picture.attachments());
		assertEquals("Anna Müller", picture.chat());
		assertTrue(picture.starred());
		assertEquals(START, picture.date());
		assertEquals("Anna Müller: The lake", picture.headline());
	}

	@Test
	void readsReactionsAndReplies() throws Exception {
		List<ChatEntry> entries = entries(WhatsAppDataSetTest::now);
		assertEquals(List.of(new Reaction("👍", "Zoë Hidden", Instant.ofEpochMilli(1_665_441_457_152L))),
				entries.getFirst().reactions());
		assertEquals("3A010203040506070809", entries.get(1).replyTo());
	}

	@Test
	void namesMembersOfGroups() throws Exception {
		List<ChatEntry> entries = entries(WhatsAppDataSetTest::now);
		ChatEntry voice = entries.get(2);
		assertEquals("Choir <b>", voice.chat());
		assertTrue(voice.group());
		assertEquals("Bobby", voice.sender(), "as they call themselves");
		assertEquals(Duration.ofSeconds(12), voice.duration());
		assertFalse(voice.attachments().getFirst().present());
		assertEquals("audio/ogg; codecs=opus", voice.attachments().getFirst().mimeType());
		assertEquals("Zoë Hidden", entries.get(3).sender(), "by the number behind the hidden identifier");
	}

	@Test
	void namesHiddenMembersByThePairsOfEveryVersion() throws Exception {
		for (String pairs : new String[] { """
				CREATE TABLE ZWAPHONENUMBERLIDPAIR (Z_PK INTEGER PRIMARY KEY, ZLID VARCHAR, ZPHONENUMBER VARCHAR);
				INSERT INTO ZWAPHONENUMBERLIDPAIR(ZLID, ZPHONENUMBER) VALUES ('777@lid', '4915155500001')
				""",
				"""
						CREATE TABLE ZWAZACCOUNT (Z_PK INTEGER PRIMARY KEY, ZIDENTIFIER VARCHAR, ZPHONENUMBER VARCHAR,
							ZCREATEDAT TIMESTAMP);
						INSERT INTO ZWAZACCOUNT(ZIDENTIFIER, ZPHONENUMBER) VALUES ('778@lid', NULL), ('777@lid', '4915155500001')
						""" }) {
			FolderContent content = new FolderContent(folder().resolve("pairs" + pairs.hashCode()),
					new IosVersion("18.0"), true);
			now(content);
			content.sql(DOMAIN, "LID.sqlite", "DROP TABLE ZWALIDPAIR;" + pairs);
			List<ChatEntry> entries = new ArrayList<>();
			dataSet().read(content, Selection.ALL, entry -> entries.add((ChatEntry) entry), JobMonitor.NONE);
			assertEquals("Zoë Hidden", entries.get(3).sender(), pairs);
		}
	}

	@Test
	void tellsPlacesEventsAndWhatWasDeleted() throws Exception {
		List<ChatEntry> entries = entries(WhatsAppDataSetTest::now);
		assertEquals(48.1, entries.get(4).latitude());
		assertEquals("The group was named “New name”.", entries.get(5).text());
		assertEquals(Kind.DELETED, entries.get(6).kind());
		assertEquals("Bobby: Deleted message", entries.get(6).headline());
		assertEquals(Kind.OTHER, entries.get(7).kind());
		assertEquals("From the future", entries.get(7).text());
	}

	@Test
	void readsTheBusinessAppToo() throws Exception {
		ChatEntry last = entries(WhatsAppDataSetTest::now).getLast();
		assertEquals("WhatsApp Business", last.app());
		assertEquals("Me: An offer", last.headline());
	}

	@Test
	void readsCalls() throws Exception {
		List<ChatEntry> entries = entries(WhatsAppDataSetTest::calls);
		ChatEntry missed = entries.get(2);
		assertEquals(Kind.CALL, missed.kind());
		assertEquals("Missed voice call from +491705551234", missed.headline());
		ChatEntry video = entries.get(3);
		assertEquals("Video call to +14155550123", video.text());
		assertEquals(Duration.ofMillis(65_500), video.duration());
		assertTrue(video.fromMe());
	}

	@Test
	void countsMessagesAndCalls() throws Exception {
		FolderContent content = new FolderContent(folder().resolve("own"), new IosVersion("18.0"), true);
		calls(content);
		assertEquals(Map.of("messages", 2L, "calls", 2L), dataSet().survey(content, JobMonitor.NONE).parts());
	}

	@Test
	void namesNobodyByADamagedList() throws Exception {
		List<ChatEntry> entries = entries(content -> {
			now(content);
			content.put(DOMAIN, "ContactsV2.sqlite", "not a database, and longer than a header of one".repeat(40));
		});
		assertEquals(9, entries.size());
		assertEquals("Anna in chat", entries.getFirst().chat());
	}
}
