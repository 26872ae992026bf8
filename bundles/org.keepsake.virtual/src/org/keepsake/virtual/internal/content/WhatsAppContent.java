// SPDX-FileCopyrightText: The Keepsake contributors
// SPDX-License-Identifier: EPL-2.0
package org.keepsake.virtual.internal.content;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

import org.eclipse.jdt.annotation.Nullable;
import org.keepsake.virtual.internal.content.AppleContent.Scale;

/**
 * WhatsApp: {@code ChatStorage.sqlite} with single chats and a group, its media, and beside it the contacts, the pairs of
 * hidden identifiers and numbers, and the calls. Members of the group are known by hidden identifiers, as in new versions.
 */
final class WhatsAppContent {

	private static final String DOMAIN = "AppDomainGroup-group.net.whatsapp.WhatsApp.shared";
	private static final String SCHEMA = """
			CREATE TABLE ZWACHATSESSION (Z_PK INTEGER PRIMARY KEY, Z_ENT INTEGER, Z_OPT INTEGER, ZARCHIVED INTEGER,
				ZCONTACTABID INTEGER, ZFLAGS INTEGER, ZHIDDEN INTEGER, ZIDENTITYVERIFICATIONEPOCH INTEGER,
				ZIDENTITYVERIFICATIONSTATE INTEGER, ZMESSAGECOUNTER INTEGER, ZREMOVED INTEGER, ZSESSIONTYPE INTEGER,
				ZSPOTLIGHTSTATUS INTEGER, ZUNREADCOUNT INTEGER, ZGROUPINFO INTEGER, ZLASTMESSAGE INTEGER, ZPROPERTIES INTEGER,
				ZLASTMESSAGEDATE TIMESTAMP, ZLOCATIONSHARINGENDDATE TIMESTAMP, ZCONTACTIDENTIFIER VARCHAR, ZCONTACTJID VARCHAR,
				ZETAG VARCHAR, ZLASTMESSAGETEXT VARCHAR, ZPARTNERNAME VARCHAR, ZSAVEDINPUT VARCHAR);
			CREATE TABLE ZWAGROUPINFO (Z_PK INTEGER PRIMARY KEY, Z_ENT INTEGER, Z_OPT INTEGER, ZSTATE INTEGER,
				ZCHATSESSION INTEGER, ZLASTMESSAGEOWNER INTEGER, ZCREATIONDATE TIMESTAMP, ZSUBJECTTIMESTAMP TIMESTAMP,
				ZCREATORJID VARCHAR, ZOWNERJID VARCHAR, ZPICTUREID VARCHAR, ZPICTUREPATH VARCHAR, ZSOURCEJID VARCHAR,
				ZSUBJECTOWNERJID VARCHAR);
			CREATE TABLE ZWAGROUPMEMBER (Z_PK INTEGER PRIMARY KEY, Z_ENT INTEGER, Z_OPT INTEGER, ZCONTACTABID INTEGER,
				ZISACTIVE INTEGER, ZISADMIN INTEGER, ZSENDERKEYSENT INTEGER, ZCHATSESSION INTEGER, ZRECENTGROUPCHAT INTEGER,
				ZCONTACTIDENTIFIER VARCHAR, ZCONTACTNAME VARCHAR, ZFIRSTNAME VARCHAR, ZMEMBERJID VARCHAR);
			CREATE TABLE ZWAMEDIAITEM (Z_PK INTEGER PRIMARY KEY, Z_ENT INTEGER, Z_OPT INTEGER, ZCLOUDSTATUS INTEGER,
				ZFILESIZE INTEGER, ZMEDIAORIGIN INTEGER, ZMOVIEDURATION INTEGER, ZMESSAGE INTEGER, ZASPECTRATIO FLOAT,
				ZHACCURACY FLOAT, ZLATITUDE FLOAT, ZLONGITUDE FLOAT, ZMEDIAURLDATE TIMESTAMP, ZAUTHORNAME VARCHAR,
				ZCOLLECTIONNAME VARCHAR, ZMEDIALOCALPATH VARCHAR, ZMEDIAURL VARCHAR, ZTHUMBNAILLOCALPATH VARCHAR, ZTITLE VARCHAR,
				ZVCARDNAME VARCHAR, ZVCARDSTRING VARCHAR, ZXMPPTHUMBPATH VARCHAR, ZMEDIAKEY BLOB, ZMETADATA BLOB);
			CREATE TABLE ZWAMESSAGE (Z_PK INTEGER PRIMARY KEY, Z_ENT INTEGER, Z_OPT INTEGER,
				ZCHILDMESSAGESDELIVEREDCOUNT INTEGER, ZCHILDMESSAGESPLAYEDCOUNT INTEGER, ZCHILDMESSAGESREADCOUNT INTEGER,
				ZDATAITEMVERSION INTEGER, ZDOCID INTEGER, ZENCRETRYCOUNT INTEGER, ZFILTEREDRECIPIENTCOUNT INTEGER, ZFLAGS INTEGER,
				ZGROUPEVENTTYPE INTEGER, ZISFROMME INTEGER, ZMESSAGEERRORSTATUS INTEGER, ZMESSAGESTATUS INTEGER,
				ZMESSAGETYPE INTEGER, ZSORT INTEGER, ZSPOTLIGHTSTATUS INTEGER, ZSTARRED INTEGER, ZCHATSESSION INTEGER,
				ZGROUPMEMBER INTEGER, ZLASTSESSION INTEGER, ZMEDIAITEM INTEGER, ZMESSAGEINFO INTEGER, ZPARENTMESSAGE INTEGER,
				ZMESSAGEDATE TIMESTAMP, ZSENTDATE TIMESTAMP, ZFROMJID VARCHAR, ZMEDIASECTIONID VARCHAR, ZPHASH VARCHAR,
				ZPUSHNAME VARCHAR, ZSTANZAID VARCHAR, ZTEXT VARCHAR, ZTOJID VARCHAR);
			CREATE TABLE ZWAMESSAGEINFO (Z_PK INTEGER PRIMARY KEY, Z_ENT INTEGER, Z_OPT INTEGER, ZMESSAGE INTEGER,
				ZRECEIPTINFO BLOB);
			CREATE TABLE ZWAPROFILEPUSHNAME (Z_PK INTEGER PRIMARY KEY, Z_ENT INTEGER, Z_OPT INTEGER, ZJID VARCHAR,
				ZPUSHNAME VARCHAR);
			CREATE INDEX ZWAMESSAGE_ZCHATSESSION_INDEX ON ZWAMESSAGE (ZCHATSESSION);
			CREATE INDEX ZWAMESSAGE_ZSTANZAID_INDEX ON ZWAMESSAGE (ZSTANZAID)
			""";
	private static final String GROUP_JID = "120363041234567890@g.us";
	private static final String SESSION = "ZWACHATSESSION(Z_PK, Z_ENT, Z_OPT, ZARCHIVED, ZFLAGS, ZHIDDEN, ZREMOVED,"
			+ " ZSESSIONTYPE, ZMESSAGECOUNTER, ZUNREADCOUNT, ZGROUPINFO, ZLASTMESSAGEDATE, ZCONTACTJID, ZPARTNERNAME)";
	private static final int FIRST_DAYS = 400;
	private static final int MOST_CHATS = 40;
	private static final int MEMBERS = 5;

	/** What kinds of messages are numbered. */
	private static final int TEXT = 0;
	private static final int IMAGE = 1;
	private static final int AUDIO = 3;
	private static final int CONTACT = 4;
	private static final int LOCATION = 5;
	private static final int GROUP_EVENT = 6;
	private static final int DOCUMENT = 8;
	private static final int DELETED = 14;

	private final Shelf shelf;
	private final Cast cast;
	private final Scale scale;
	private final List<Cast.Person> people;
	private int media;
	private int infos;

	private WhatsAppContent(Shelf shelf, Cast cast, Scale scale) {
		this.shelf = shelf;
		this.cast = cast;
		this.scale = scale;
		people = cast.people().subList(0, Math.min(MOST_CHATS, cast.people().size()));
	}

	static void fill(Shelf shelf, Cast cast, Scale scale) throws IOException {
		WhatsAppContent content = new WhatsAppContent(shelf, cast, scale);
		content.chats();
		content.contacts();
		content.calls();
	}

	private static String jid(Cast.Person person) {
		return person.phone().substring(1) + "@s.whatsapp.net";
	}

	/** What a group shows of somebody instead of the number. */
	private static String hidden(Cast.Person person) {
		return (10_000_000_000_000L + 7_919L * person.id()) + "@lid";
	}

	private void chats() throws IOException {
		shelf.database(DOMAIN, "ChatStorage.sqlite", cast.now(), db -> {
			db.coreData("WABlacklistItem", "WAChatProperties", "WAChatPushConfig", "WAChatSession", "WAGroupInfo",
					"WAGroupMember", "WAGroupMembersChange", "WAMediaItem", "WAMessage", "WAMessageDataItem",
					"WAMessageInfo", "WAProfilePictureItem", "WAProfilePushName");
			db.run(SCHEMA);
			for (Cast.Person person : people) {
				db.insert(SESSION, person.id(), 4, 1, person.id() % 9 == 0 ? 1 : 0, 0, 0, 0, 0, 0, 0, null,
						Cast.cocoa(cast.now()), jid(person), person.full());
				db.insert("ZWAPROFILEPUSHNAME(Z_PK, Z_ENT, Z_OPT, ZJID, ZPUSHNAME)", person.id(), 13, 1, jid(person),
						person.first());
			}
			group(db);
			List<Instant> moments = Stream.generate(() -> cast.within(FIRST_DAYS)).limit(scale.chats()).sorted()
					.toList();
			for (int i = 0; i < moments.size(); i++) {
				message(db, i + 1, moments.get(i));
			}
		});
	}

	private int group() {
		return people.size() + 1;
	}

	private void group(Database db) throws SQLException {
		double made = Cast.cocoa(cast.now()) - FIRST_DAYS * 86_400.0;
		db.insert(SESSION, group(), 4, 1, 0, 0, 0, 0, 1, 0, 0, 1, Cast.cocoa(cast.now()), GROUP_JID, "Chor 🎶");
		db.insert("ZWAGROUPINFO(Z_PK, Z_ENT, Z_OPT, ZSTATE, ZCHATSESSION, ZCREATIONDATE, ZCREATORJID)", 1, 5, 1, 0,
				group(), made, jid(people.getFirst()));
		for (Cast.Person person : people.subList(0, Math.min(MEMBERS, people.size()))) {
			db.insert("ZWAGROUPMEMBER(Z_PK, Z_ENT, Z_OPT, ZISACTIVE, ZISADMIN, ZCHATSESSION, ZMEMBERJID)",
					person.id(), 6, 1, 1, person.id() == 1 ? 1 : 0, group(), hidden(person));
		}
	}

	private static String stanza(int message) {
		return "3A%018X".formatted(message * 0x9E3779B97F4AL);
	}

	private static int kind(int number, boolean inGroup) {
		return switch (number % 24) {
			case 4, 15 -> IMAGE;
			case 7 -> AUDIO;
			case 10 -> CONTACT;
			case 13 -> LOCATION;
			case 18 -> inGroup ? GROUP_EVENT : TEXT;
			case 20 -> DOCUMENT;
			case 22 -> DELETED;
			default -> TEXT;
		};
	}

	private void message(Database db, int number, Instant sent) throws SQLException, IOException {
		boolean inGroup = number % 3 == 0;
		Cast.Person person = people.get(cast.number(inGroup ? Math.min(MEMBERS, people.size()) : people.size()));
		int kind = kind(number, inGroup);
		boolean mine = kind != GROUP_EVENT && cast.number(2) == 0;
		String chat = inGroup ? GROUP_JID : jid(person);
		String text = switch (kind) {
			case TEXT -> number % 30 == 0 ? "https://example.org/" + number : cast.sentence();
			case GROUP_EVENT -> "Chor 🎶";
			default -> null;
		};
		boolean reply = kind == TEXT && number > 1 && number % 14 == 0;
		Integer item = kind == TEXT && !reply || kind == GROUP_EVENT || kind == DELETED ? null
				: media(db, number, kind, chat, sent, reply);
		Integer info = number % 16 == 0 ? info(db, number, person, sent) : null;
		db.insert(
				"ZWAMESSAGE(Z_PK, Z_ENT, Z_OPT, ZDATAITEMVERSION, ZDOCID, ZFLAGS, ZGROUPEVENTTYPE, ZISFROMME,"
						+ " ZMESSAGEERRORSTATUS, ZMESSAGESTATUS, ZMESSAGETYPE, ZSORT, ZSPOTLIGHTSTATUS, ZSTARRED, ZCHATSESSION,"
						+ " ZGROUPMEMBER, ZMEDIAITEM, ZMESSAGEINFO, ZMESSAGEDATE, ZSENTDATE, ZFROMJID, ZTOJID, ZPUSHNAME,"
						+ " ZSTANZAID, ZTEXT)",
				number, 9, 3, 3, number, 0, 0, mine ? 1 : 0, 0, mine ? 8 : 6, kind, number, -32_768,
				number % 25 == 0 ? 1 : 0, inGroup ? group() : person.id(),
				inGroup && !mine && kind != GROUP_EVENT ? person.id() : null, item, info,
				Cast.cocoa(sent), Cast.cocoa(sent), mine ? null : chat, mine ? chat : null,
				mine ? null : person.first(), stanza(number), text);
	}

	private int media(Database db, int message, int kind, String chat, Instant sent, boolean reply)
			throws SQLException, IOException {
		media++;
		byte @Nullable [] quoted = reply ? new Protobuf().text(5, stanza(message - 1)).toBytes() : null;
		byte @Nullable [] content = null;
		String type = null;
		String title = null;
		String name = null;
		int seconds = 0;
		switch (kind) {
			case IMAGE -> {
				content = Jpeg.picture(3000 + message, 480, 360, sent, null);
				type = "image/jpeg";
				title = message % 2 == 0 ? cast.sentence() : null;
			}
			case AUDIO -> {
				seconds = 2 + message % 20;
				content = M4a.silence(seconds, sent, null);
				type = "audio/mp4";
			}
			case DOCUMENT -> {
				content = (cast.sentence() + '\n').repeat(40).getBytes(StandardCharsets.UTF_8);
				type = "text/plain";
				title = "Noten " + message + ".txt";
			}
			case CONTACT -> {
				Cast.Person card = cast.anyone();
				name = card.full();
				type = "BEGIN:VCARD\nVERSION:3.0\nFN:" + name + "\nTEL:" + card.phone() + "\nEND:VCARD\n";
			}
			case LOCATION -> name = "Seebühne";
			default -> {
			}
		}
		String path = content == null ? null : file(kind, chat, sent, content);
		db.insert(
				"ZWAMEDIAITEM(Z_PK, Z_ENT, Z_OPT, ZCLOUDSTATUS, ZFILESIZE, ZMEDIAORIGIN, ZMOVIEDURATION, ZMESSAGE,"
						+ " ZLATITUDE, ZLONGITUDE, ZMEDIALOCALPATH, ZTITLE, ZVCARDNAME, ZVCARDSTRING, ZMETADATA)",
				media, 8, 2, 4, content == null ? 0 : content.length, 0, seconds, message,
				kind == LOCATION ? 47.505 : 0.0, kind == LOCATION ? 9.738 : 0.0, path, title, name, type, quoted);
		return media;
	}

	private String file(int kind, String chat, Instant sent, byte[] content) throws IOException {
		String id = cast.uuid().toLowerCase(java.util.Locale.ROOT);
		String extension = kind == IMAGE ? ".jpg" : kind == AUDIO ? ".m4a" : ".txt";
		String path = "Media/" + chat + '/' + id.charAt(0) + '/' + id.charAt(1) + '/' + id + extension;
		shelf.file(DOMAIN, "Message/" + path, content, sent, Shelf.AFTER_FIRST_UNLOCK);
		return path;
	}

	/** A receipt with a reaction. */
	private int info(Database db, int message, Cast.Person person, Instant sent) throws SQLException {
		infos++;
		byte[] reaction = new Protobuf().text(1, stanza(message)).text(2, jid(person)).text(3, "❤️")
				.number(4, sent.plusSeconds(90).toEpochMilli()).toBytes();
		db.insert("ZWAMESSAGEINFO(Z_PK, Z_ENT, Z_OPT, ZMESSAGE, ZRECEIPTINFO)", infos, 11, 1, message,
				new Protobuf().bytes(7, new Protobuf().bytes(1, reaction).toBytes()).toBytes());
		return infos;
	}

	private void contacts() throws IOException {
		shelf.database(DOMAIN, "ContactsV2.sqlite", cast.now(), db -> {
			db.coreData("WAAddressBookContact");
			db.run("CREATE TABLE ZWAADDRESSBOOKCONTACT (Z_PK INTEGER PRIMARY KEY, Z_ENT INTEGER, Z_OPT INTEGER,"
					+ " ZFULLNAME VARCHAR, ZGIVENNAME VARCHAR, ZPHONENUMBER VARCHAR, ZWHATSAPPID VARCHAR, ZLID VARCHAR,"
					+ " ZABOUTTEXT VARCHAR)");
			for (Cast.Person person : people) {
				db.insert("ZWAADDRESSBOOKCONTACT(Z_PK, Z_ENT, Z_OPT, ZFULLNAME, ZGIVENNAME, ZPHONENUMBER,"
						+ " ZWHATSAPPID, ZABOUTTEXT)", person.id(), 1, 1, person.full(), person.first(),
						person.phone(), jid(person), "Hey there!");
			}
		});
		shelf.database(DOMAIN, "LID.sqlite", cast.now(), db -> {
			db.coreData("WAZAccount");
			db.run("CREATE TABLE ZWAZACCOUNT (Z_PK INTEGER PRIMARY KEY, Z_ENT INTEGER, Z_OPT INTEGER,"
					+ " ZCREATEDAT TIMESTAMP, ZIDENTIFIER VARCHAR, ZPHONENUMBER VARCHAR, ZDISPLAYNAME VARCHAR)");
			for (Cast.Person person : people) {
				db.insert("ZWAZACCOUNT(Z_PK, Z_ENT, Z_OPT, ZIDENTIFIER, ZPHONENUMBER)", person.id(), 1, 1,
						hidden(person), person.phone().substring(1));
			}
		});
	}

	private void calls() throws IOException {
		shelf.database(DOMAIN, "CallHistory.sqlite", cast.now(), db -> {
			db.coreData("WAAggregateCallEvent", "WACDCallEvent", "WACDCallEventParticipant");
			db.run("""
					CREATE TABLE ZWAAGGREGATECALLEVENT (Z_PK INTEGER PRIMARY KEY, Z_ENT INTEGER, Z_OPT INTEGER,
						ZINCOMING INTEGER, ZMISSED INTEGER, ZMISSEDREASON INTEGER, ZVIDEO INTEGER, ZFIRSTDATE TIMESTAMP);
					CREATE TABLE ZWACDCALLEVENT (Z_PK INTEGER PRIMARY KEY, Z_ENT INTEGER, Z_OPT INTEGER,
						ZBYTESRECEIVED INTEGER, ZBYTESSENT INTEGER, ZOUTCOME INTEGER, Z1CALLEVENTS INTEGER, ZDATE TIMESTAMP,
						ZDURATION FLOAT, ZCALLIDSTRING VARCHAR, ZGROUPCALLCREATORUSERJIDSTRING VARCHAR, ZGROUPJIDSTRING VARCHAR);
					CREATE TABLE ZWACDCALLEVENTPARTICIPANT (Z_PK INTEGER PRIMARY KEY, Z_ENT INTEGER, Z_OPT INTEGER,
						ZOUTCOME INTEGER, Z1PARTICIPANTS INTEGER, ZJIDSTRING VARCHAR)
					""");
			for (int i = 1; i <= scale.chats() / 10; i++) {
				call(db, i);
			}
		});
	}

	private void call(Database db, int number) throws SQLException {
		Cast.Person person = people.get(cast.number(people.size()));
		boolean incoming = cast.number(2) == 0;
		boolean missed = incoming && cast.number(3) == 0;
		double date = Cast.cocoa(cast.within(FIRST_DAYS));
		db.insert("ZWAAGGREGATECALLEVENT(Z_PK, Z_ENT, Z_OPT, ZINCOMING, ZMISSED, ZVIDEO, ZFIRSTDATE)", number, 1, 1,
				incoming ? 1 : 0, missed ? 1 : 0, number % 3 == 0 ? 1 : 0, date);
		db.insert(
				"ZWACDCALLEVENT(Z_PK, Z_ENT, Z_OPT, ZBYTESRECEIVED, ZBYTESSENT, ZOUTCOME, Z1CALLEVENTS, ZDATE,"
						+ " ZDURATION, ZCALLIDSTRING)",
				number, 2, 1, 1000, 1000, missed ? 1 : 0, number, date, missed ? 0.0 : 5 + cast.number(1200),
				cast.uuid().replace("-", ""));
		db.insert("ZWACDCALLEVENTPARTICIPANT(Z_PK, Z_ENT, Z_OPT, ZOUTCOME, Z1PARTICIPANTS, ZJIDSTRING)", number, 3, 1,
				missed ? 1 : 0, number, jid(person));
	}
}
